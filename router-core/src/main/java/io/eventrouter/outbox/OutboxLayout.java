package io.eventrouter.outbox;

import io.eventrouter.delivery.Delivery;
import io.eventrouter.event.RoutedEvent;
import org.agrona.BitUtil;
import org.agrona.concurrent.AtomicBuffer;

/**
 * Layout of a delivery in the queue of an outbox, in native byte order.
 *
 * <pre>
 *   0          8                16                24                  32              40
 *   +----------+----------------+-----------------+-------------------+---------------+----------------+
 *   | sequence | correlation id | published at ms | publisher id high | owner id high | device id high |
 *   +----------+----------------+-----------------+-------------------+---------------+----------------+
 *   48                 52             56              60           64           68
 *   +------------------+--------------+---------------+------------+------------+----------------+
 *   | publisher id low | owner id low | device id low | product id | operations | payload length |
 *   +------------------+--------------+---------------+------------+------------+----------------+
 *   72       73      74            75     76     76 + name length
 *   +--------+-------+-------------+------+------+---------
 *   | origin | flags | name length | none | name | payload
 *   +--------+-------+-------------+------+------+---------
 * </pre>
 */
final class OutboxLayout {
    static final int SEQUENCE = 0;
    static final int CORRELATION_ID = 8;
    static final int PUBLISHED_AT_MS = 16;
    static final int PUBLISHER_ID_HIGH = 24;
    static final int OWNER_ID_HIGH = 32;
    static final int DEVICE_ID_HIGH = 40;
    static final int PUBLISHER_ID_LOW = 48;
    static final int OWNER_ID_LOW = 52;
    static final int DEVICE_ID_LOW = 56;
    static final int PRODUCT_ID = 60;
    static final int OPERATIONS = 64;
    static final int PAYLOAD_LENGTH = 68;
    static final int ORIGIN = 72;
    static final int FLAGS = 73;
    static final int NAME_LENGTH = 74;
    static final int NAME = 76;

    static final byte HAS_PUBLISHER = 1;
    static final byte HAS_OWNER = 2;

    private OutboxLayout() {}

    /** Bytes that a delivery of an event takes. */
    static int length(final RoutedEvent event) {
        return BitUtil.align(NAME + event.nameLength() + event.payloadLength(), Long.BYTES);
    }

    static void write(final AtomicBuffer buffer, final int index, final Delivery delivery) {
        final RoutedEvent event = delivery.event();
        final int nameLength = event.nameLength();
        final int payloadLength = event.payloadLength();
        buffer.putLong(index + SEQUENCE, event.sequence());
        buffer.putLong(index + CORRELATION_ID, event.correlationId());
        buffer.putLong(index + PUBLISHED_AT_MS, event.publishedAtMs());
        buffer.putLong(index + PUBLISHER_ID_HIGH, event.publisherIdHigh());
        buffer.putLong(index + OWNER_ID_HIGH, event.ownerIdHigh());
        buffer.putLong(index + DEVICE_ID_HIGH, delivery.deviceIdHigh());
        buffer.putInt(index + PUBLISHER_ID_LOW, event.publisherIdLow());
        buffer.putInt(index + OWNER_ID_LOW, event.ownerIdLow());
        buffer.putInt(index + DEVICE_ID_LOW, delivery.deviceIdLow());
        buffer.putInt(index + PRODUCT_ID, event.productId());
        buffer.putInt(index + OPERATIONS, delivery.operationsPerAttempt());
        buffer.putInt(index + PAYLOAD_LENGTH, payloadLength);
        buffer.putByte(index + ORIGIN, (byte) event.origin().ordinal());
        buffer.putByte(index + FLAGS, (byte)
                ((event.hasPublisher() ? HAS_PUBLISHER : 0) | (event.hasOwner() ? HAS_OWNER : 0)));
        buffer.putByte(index + NAME_LENGTH, (byte) nameLength);
        buffer.putBytes(index + NAME, event.buffer(), event.nameOffset(), nameLength);
        buffer.putBytes(index + NAME + nameLength, event.buffer(), event.payloadOffset(), payloadLength);
    }
}
