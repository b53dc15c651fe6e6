package io.eventrouter.routing;

import io.eventrouter.event.EventNames;
import io.eventrouter.event.EventOrigin;
import io.eventrouter.event.RoutedEvent;
import io.eventrouter.metering.DataOperations;
import io.eventrouter.ownership.DeviceTable;
import io.eventrouter.ownership.ScopeTable;
import org.agrona.DirectBuffer;

/** The event at hand: its bytes in the ring, and what the routing thread has found out about it so far. */
final class CurrentEvent implements RoutedEvent {
    private final DeviceTable devices;
    private final ScopeTable scopes;
    private DirectBuffer buffer;
    private int offset;
    private long sequence;
    private EventOrigin origin;
    private boolean reserved;

    /** The publishing device, or the one whose event triggered a hook; 0 for none. */
    int device;

    /** The scope of an owner that the event is in; 0 for none. */
    int owner;

    /** The scope of a product that the event is in; 0 for none. */
    int product;

    /** The scope of an owner whose devices hear the event; differs from {@link #owner} in the older era only. */
    int ownerOfHearingDevices;

    CurrentEvent(final DeviceTable devices, final ScopeTable scopes) {
        this.devices = devices;
        this.scopes = scopes;
    }

    void wrap(final DirectBuffer ring, final int eventOffset, final long eventSequence) {
        buffer = ring;
        offset = eventOffset;
        sequence = eventSequence;
        origin = SlotLayout.origin(ring, eventOffset);
        reserved = EventNames.isReserved(ring, SlotLayout.nameOffset(eventOffset), nameLength());
        device = 0;
        owner = 0;
        product = 0;
        ownerOfHearingDevices = 0;
    }

    /** Whether the name is reserved, which makes it a system event wherever it comes from. */
    boolean isSystemEvent() {
        return reserved;
    }

    /** Handle of the publishing device; hook events have none. */
    int publisher() {
        return origin == EventOrigin.HOOK ? 0 : device;
    }

    /** Operations of publishing it, and of one attempt to deliver it. */
    int operations() {
        return reserved ? 0 : DataOperations.of(payloadLength());
    }

    boolean hasId() {
        return SlotLayout.hasId(buffer, offset);
    }

    long idHigh() {
        return SlotLayout.idHigh(buffer, offset);
    }

    int idLow() {
        return SlotLayout.idLow(buffer, offset);
    }

    int addressedProductId() {
        return SlotLayout.productId(buffer, offset);
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public EventOrigin origin() {
        return origin;
    }

    @Override
    public long correlationId() {
        return SlotLayout.correlationId(buffer, offset);
    }

    @Override
    public long publishedAtMs() {
        return SlotLayout.publishedAtMs(buffer, offset);
    }

    @Override
    public DirectBuffer buffer() {
        return buffer;
    }

    @Override
    public int nameOffset() {
        return SlotLayout.nameOffset(offset);
    }

    @Override
    public int nameLength() {
        return SlotLayout.nameLength(buffer, offset);
    }

    @Override
    public int payloadOffset() {
        return SlotLayout.payloadOffset(buffer, offset);
    }

    @Override
    public int payloadLength() {
        return SlotLayout.payloadLength(buffer, offset);
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
