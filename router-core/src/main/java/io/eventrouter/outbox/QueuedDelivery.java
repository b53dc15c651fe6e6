package io.eventrouter.outbox;

import io.eventrouter.delivery.Delivery;
import io.eventrouter.delivery.RecipientKind;
import io.eventrouter.event.EventOrigin;
import io.eventrouter.event.RoutedEvent;
import org.agrona.DirectBuffer;

/** A delivery in the queue of an outbox, as its subscriber's handler sees it: a view of the copy. */
final class QueuedDelivery implements Delivery, RoutedEvent {
    private final RecipientKind kind;
    private final String id;
    private DirectBuffer buffer;
    private int index;

    QueuedDelivery(final RecipientKind kind, final String id) {
        this.kind = kind;
        this.id = id;
    }

    void wrap(final DirectBuffer newBuffer, final int newIndex) {
        buffer = newBuffer;
        index = newIndex;
    }

    @Override
    public RecipientKind recipientKind() {
        return kind;
    }

    @Override
    public String recipientId() {
        return id;
    }

    @Override
    public long deviceIdHigh() {
        return buffer.getLong(index + OutboxLayout.DEVICE_ID_HIGH);
    }

    @Override
    public int deviceIdLow() {
        return buffer.getInt(index + OutboxLayout.DEVICE_ID_LOW);
    }

    @Override
    public int operationsPerAttempt() {
        return buffer.getInt(index + OutboxLayout.OPERATIONS);
    }

    @Override
    public RoutedEvent event() {
        return this;
    }

    @Override
    public long sequence() {
        return buffer.getLong(index + OutboxLayout.SEQUENCE);
    }

    @Override
    public EventOrigin origin() {
        return EventOrigin.of(buffer.getByte(index + OutboxLayout.ORIGIN));
    }

    @Override
    public long correlationId() {
        return buffer.getLong(index + OutboxLayout.CORRELATION_ID);
    }

    @Override
    public long publishedAtMs() {
        return buffer.getLong(index + OutboxLayout.PUBLISHED_AT_MS);
    }

    @Override
    public DirectBuffer buffer() {
        return buffer;
    }

    @Override
    public int nameOffset() {
        return index + OutboxLayout.NAME;
    }

    @Override
    public int nameLength() {
        return buffer.getByte(index + OutboxLayout.NAME_LENGTH) & 0xFF;
    }

    @Override
    public int payloadOffset() {
        return nameOffset() + nameLength();
    }

    @Override
    public int payloadLength() {
        return buffer.getInt(index + OutboxLayout.PAYLOAD_LENGTH);
    }

    @Override
    public String name() {
        return buffer.getStringWithoutLengthAscii(nameOffset(), nameLength());
    }

    @Override
    public boolean hasPublisher() {
        return hasFlag(OutboxLayout.HAS_PUBLISHER);
    }

    @Override
    public long publisherIdHigh() {
        return buffer.getLong(index + OutboxLayout.PUBLISHER_ID_HIGH);
    }

    @Override
    public int publisherIdLow() {
        return buffer.getInt(index + OutboxLayout.PUBLISHER_ID_LOW);
    }

    @Override
    public int productId() {
        return buffer.getInt(index + OutboxLayout.PRODUCT_ID);
    }

    @Override
    public boolean hasOwner() {
        return hasFlag(OutboxLayout.HAS_OWNER);
    }

    @Override
    public long ownerIdHigh() {
        return buffer.getLong(index + OutboxLayout.OWNER_ID_HIGH);
    }

    @Override
    public int ownerIdLow() {
        return buffer.getInt(index + OutboxLayout.OWNER_ID_LOW);
    }

    private boolean hasFlag(final byte flag) {
        return (buffer.getByte(index + OutboxLayout.FLAGS) & flag) != 0;
    }
}
