package io.eventrouter.routing;

import io.eventrouter.event.EventLimits;
import io.eventrouter.event.EventOrigin;
import io.eventrouter.event.RoutedEvent;
import io.eventrouter.metering.DataOperations;
import io.eventrouter.ownership.DeviceTable;
import io.eventrouter.ownership.ScopeTable;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The event at hand: its bytes, in the ring or copied from it, and what the routing thread has found out about it so
 * far.
 */
final class CurrentEvent implements RoutedEvent {
    /** Bytes that the longest copy takes: a payload that no device can receive need not be copied whole. */
    static final int MAX_COPY_LENGTH =
            SlotLayout.length(EventLimits.MAX_CLOUD_NAME_LENGTH, EventLimits.MAX_MAX_EVENT_SIZE);

    private final DeviceTable devices;
    private final ScopeTable scopes;
    private final UnsafeBuffer buffer;
    private long address;

    // Handlers ask for them again and again, of an event for many once for each.
    private int nameOffset;
    private int nameLength;
    private int payloadOffset;
    private int payloadLength;

    private long sequence;

    /** The publishing device, or the one whose event triggered a hook; 0 for none. */
    int device;

    /** The scope of an owner that the event is in; 0 for none. */
    int owner;

    /** The scope of a product that the event is in; 0 for none. */
    int product;

    /** The scope of an owner whose devices hear the event; differs from {@link #owner} in the older era only. */
    int ownerOfHearingDevices;

    /** The account whose pause drops the event, and which pays for a publish by a device; 0 for none. */
    int payer;

    CurrentEvent(final DeviceTable devices, final ScopeTable scopes, final UnsafeBuffer buffer) {
        this.devices = devices;
        this.scopes = scopes;
        this.buffer = buffer;
    }

    /** Look at an event of which nothing has been found out, to find out its scopes and its payer. */
    void begin(final long eventAddress) {
        address = eventAddress;
        device = 0;
        owner = 0;
        product = 0;
        ownerOfHearingDevices = 0;
        payer = 0;
    }

    /** Become an event of a batch, for those who are told of it. */
    void wrap(final long record) {
        wrap(EventBatch.address(record), EventBatch.sequence(record));
        device = EventBatch.device(record);
        owner = EventBatch.owner(record);
        ownerOfHearingDevices = EventBatch.ownerOfHearingDevices(record);
        product = EventBatch.product(record);
        payer = EventBatch.payer(record);
    }

    private void wrap(final long eventAddress, final long eventSequence) {
        address = eventAddress;
        nameOffset = (int) (SlotLayout.nameAddress(eventAddress) - buffer.addressOffset());
        nameLength = SlotLayout.nameLength(eventAddress);
        payloadOffset = (int) (eventAddress - buffer.addressOffset()) + SlotLayout.payload(nameLength);
        payloadLength = SlotLayout.payloadLength(eventAddress);
        sequence = eventSequence;
    }

    /** Become a copy of an event that is about to leave the ring, for devices only. */
    void copyOf(final CurrentEvent other) {
        final int payloadLength = Math.min(other.payloadLength(), EventLimits.MAX_MAX_EVENT_SIZE);
        final long copy = buffer.addressOffset();
        UnsafeApi.copyMemory(other.address, copy, SlotLayout.length(other.nameLength(), payloadLength));
        wrap(copy, other.sequence);
        device = other.device;
        owner = other.owner;
        product = other.product;
        ownerOfHearingDevices = other.ownerOfHearingDevices;
        payer = other.payer;
    }

    /** Whether the name is reserved, which makes it a system event wherever it comes from. */
    boolean isSystemEvent() {
        return SlotLayout.isReserved(address);
    }

    /** Handle of the publishing device; hook events have none. */
    int publisher() {
        return origin() == EventOrigin.HOOK ? 0 : device;
    }

    /** Operations of publishing it, and of one attempt to deliver it. */
    int operations() {
        return isSystemEvent() ? 0 : DataOperations.of(payloadLength());
    }

    boolean hasId() {
        return SlotLayout.hasId(address);
    }

    long idHigh() {
        return SlotLayout.idHigh(address);
    }

    int idLow() {
        return SlotLayout.idLow(address);
    }

    int addressedProductId() {
        return SlotLayout.productId(address);
    }

    long nameAddress() {
        return SlotLayout.nameAddress(address);
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public EventOrigin origin() {
        return SlotLayout.origin(address);
    }

    @Override
    public long correlationId() {
        return SlotLayout.correlationId(address);
    }

    @Override
    public long publishedAtMs() {
        return SlotLayout.publishedAtMs(address);
    }

    @Override
    public DirectBuffer buffer() {
        return buffer;
    }

    @Override
    public int nameOffset() {
        return nameOffset;
    }

    @Override
    public int nameLength() {
        return nameLength;
    }

    @Override
    public int payloadOffset() {
        return payloadOffset;
    }

    @Override
    public int payloadLength() {
        return payloadLength;
    }

    @Override
    public String name() {
        return buffer.getStringWithoutLengthAscii(nameOffset(), nameLength());
    }

    @Override
    public boolean hasPublisher() {
        return publisher() != 0;
    }

    @Override
    public long publisherIdHigh() {
        return hasPublisher() ? devices.idHigh(device) : 0;
    }

    @Override
    public int publisherIdLow() {
        return hasPublisher() ? devices.idLow(device) : 0;
    }

    @Override
    public int productId() {
        return scopes.productId(product);
    }

    @Override
    public boolean hasOwner() {
        return owner != 0;
    }

    @Override
    public long ownerIdHigh() {
        return owner == 0 ? 0 : scopes.idHigh(owner);
    }

    @Override
    public int ownerIdLow() {
        return owner == 0 ? 0 : scopes.idLow(owner);
    }
}
