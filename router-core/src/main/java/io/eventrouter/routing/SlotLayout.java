package io.eventrouter.routing;

import io.eventrouter.event.EventDraft;
import io.eventrouter.event.EventOrigin;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * Layout of what is in the slots of the ring.
 *
 * <pre>
 *   0      1        2       3             4                8
 *   +------+--------+-------+-------------+----------------+---------+
 *   | type | origin | flags | name length | payload length | id high |
 *   +------+--------+-------+-------------+----------------+---------+
 *   16       20           24                32               40     40 + name length, up to a multiple of 8
 *   +--------+------------+-----------------+----------------+------+---------
 *   | id low | product id | published at ms | correlation id | name | payload
 *   +--------+------------+-----------------+----------------+------+---------
 * </pre>
 *
 * A void fills one slot. A report of attempts has the device's id, the
 * operations of one attempt as its payload length, and the outcome as its origin.
 */
public final class SlotLayout {
    /** Nothing: the publisher had taken the slot and then had nothing to put into it. */
    public static final byte VOID = 0;

    /** An event. */
    public static final byte EVENT = 1;

    /** A command, which is beside the ring. */
    public static final byte COMMAND = 2;

    /** A report of attempts. */
    public static final byte ATTEMPTS = 3;

    /** Flag: the id is that of a device or calling user. */
    public static final byte HAS_ID = 1;

    private static final int TYPE = 0;
    private static final int ORIGIN = 1;
    private static final int FLAGS = 2;
    private static final int NAME_LENGTH = 3;
    private static final int PAYLOAD_LENGTH = 4;
    private static final int ID_HIGH = 8;
    private static final int ID_LOW = 16;
    private static final int PRODUCT_ID = 20;
    private static final int PUBLISHED_AT_MS = 24;
    private static final int CORRELATION_ID = 32;
    private static final int NAME = 40;

    private SlotLayout() {}

    /**
     * Bytes that an event takes.
     *
     * @param nameLength in bytes.
     * @param payloadLength in bytes.
     * @return bytes.
     */
    public static int length(final int nameLength, final int payloadLength) {
        return NAME + BitUtil.align(nameLength, Long.BYTES) + payloadLength;
    }

    public static int length(final DirectBuffer buffer, final int offset) {
        return length(nameLength(buffer, offset), payloadLength(buffer, offset));
    }

    public static void writeEvent(
            final MutableDirectBuffer buffer, final int offset, final EventDraft draft, final long publishedAtMs) {
        writeHeader(buffer, offset, draft, draft.nameLength(), draft.payloadLength(), publishedAtMs);
        buffer.putBytes(offset + NAME, draft.nameBuffer(), 0, draft.nameLength());
        buffer.putBytes(
                payloadOffset(buffer, offset), draft.payloadBuffer(), draft.payloadOffset(), draft.payloadLength());
    }

    /** Write a part of the draft's payload as an event, but for its name, which the caller puts at {@link #nameOffset}. */
    public static void writeChunk(
            final MutableDirectBuffer buffer,
            final int offset,
            final EventDraft draft,
            final int nameLength,
            final int chunkOffset,
            final int chunkLength,
            final long publishedAtMs) {
        writeHeader(buffer, offset, draft, nameLength, chunkLength, publishedAtMs);
        buffer.putBytes(
                payloadOffset(buffer, offset), draft.payloadBuffer(), draft.payloadOffset() + chunkOffset, chunkLength);
    }

    public static void writeAttempts(
            final MutableDirectBuffer buffer,
            final int offset,
            final long idHigh,
            final int idLow,
            final int operationsPerAttempt,
            final int outcome) {
        buffer.putByte(offset + TYPE, ATTEMPTS);
        buffer.putByte(offset + ORIGIN, (byte) outcome);
        buffer.putInt(offset + PAYLOAD_LENGTH, operationsPerAttempt);
        buffer.putLong(offset + ID_HIGH, idHigh);
        buffer.putInt(offset + ID_LOW, idLow);
    }

    public static void writeCommand(final MutableDirectBuffer buffer, final int offset) {
        buffer.putByte(offset + TYPE, COMMAND);
    }

    public static void writeVoid(final MutableDirectBuffer buffer, final int offset) {
        buffer.putByte(offset + TYPE, VOID);
    }

    private static void writeHeader(
            final MutableDirectBuffer buffer,
            final int offset,
            final EventDraft draft,
            final int nameLength,
            final int payloadLength,
            final long publishedAtMs) {
        buffer.putByte(offset + TYPE, EVENT);
        buffer.putByte(offset + ORIGIN, (byte) draft.origin().ordinal());
        buffer.putByte(offset + FLAGS, draft.hasId() ? HAS_ID : 0);
        buffer.putByte(offset + NAME_LENGTH, (byte) nameLength);
        buffer.putInt(offset + PAYLOAD_LENGTH, payloadLength);
        buffer.putLong(offset + ID_HIGH, draft.idHigh());
        buffer.putInt(offset + ID_LOW, draft.idLow());
        buffer.putInt(offset + PRODUCT_ID, draft.productId());
        buffer.putLong(offset + PUBLISHED_AT_MS, publishedAtMs);
        buffer.putLong(offset + CORRELATION_ID, draft.correlationId());
    }

    public static byte type(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset + TYPE);
    }

    public static EventOrigin origin(final DirectBuffer buffer, final int offset) {
        return EventOrigin.of(buffer.getByte(offset + ORIGIN));
    }

    public static int outcome(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset + ORIGIN);
    }

    public static boolean hasId(final DirectBuffer buffer, final int offset) {
        return (buffer.getByte(offset + FLAGS) & HAS_ID) != 0;
    }

    public static int nameLength(final DirectBuffer buffer, final int offset) {
        return buffer.getByte(offset + NAME_LENGTH) & 0xFF;
    }

    public static int payloadLength(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + PAYLOAD_LENGTH);
    }

    public static long idHigh(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + ID_HIGH);
    }

    public static int idLow(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + ID_LOW);
    }

    public static int productId(final DirectBuffer buffer, final int offset) {
        return buffer.getInt(offset + PRODUCT_ID);
    }

    public static long publishedAtMs(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + PUBLISHED_AT_MS);
    }

    public static long correlationId(final DirectBuffer buffer, final int offset) {
        return buffer.getLong(offset + CORRELATION_ID);
    }

    public static int nameOffset(final int offset) {
        return offset + NAME;
    }

    public static int payloadOffset(final DirectBuffer buffer, final int offset) {
        return offset + NAME + BitUtil.align(nameLength(buffer, offset), Long.BYTES);
    }
}
