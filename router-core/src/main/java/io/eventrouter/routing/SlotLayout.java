package io.eventrouter.routing;

import io.eventrouter.event.EventDraft;
import io.eventrouter.event.EventNames;
import io.eventrouter.event.EventOrigin;
import org.agrona.BitUtil;
import org.agrona.DirectBuffer;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

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
 * An event that comes from a device has, in place of a product id, what its publisher takes for the handle of that,
 * or 0; the routing thread confirms it. A void fills one slot. A report of attempts has the device's id, the operations of
 * one attempt as its payload length, and the outcome as its origin.
 *
 * <p>Slots are written and read by address, as the off-heap tables are: a publisher checks lengths before it takes
 * slots, and the routing thread reads what publishers wrote.
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

    private static final byte HAS_ID = 1;
    private static final byte RESERVED = 2;

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
        return payload(nameLength) + payloadLength;
    }

    /** Bytes that the event at an address takes. */
    public static int length(final long address) {
        return length(nameLength(address), payloadLength(address));
    }

    /**
     * Write the draft, which was found valid, as an event.
     *
     * @param ring to write to, off-heap.
     * @param offset of the slot.
     * @param draft of the event.
     * @param publishedAtMs milliseconds since the epoch.
     * @param likelyDevice handle that the device of the event most likely has, or any number; 0 if that is not known.
     */
    public static void writeEvent(
            final UnsafeBuffer ring,
            final int offset,
            final EventDraft draft,
            final long publishedAtMs,
            final int likelyDevice) {
        final int nameLength = draft.nameLength();
        final int payloadLength = draft.payloadLength();
        final long address = ring.addressOffset() + offset;
        writeHeader(address, draft, nameLength, payloadLength, publishedAtMs, likelyDevice);
        if (draft.hasReservedName()) {
            markReserved(address);
        }
        for (int i = 0; i < nameLength; i += Long.BYTES) {
            UnsafeApi.putLong(address + NAME + i, draft.nameWord(i));
        }
        final DirectBuffer payload = draft.payloadBuffer();
        UnsafeApi.copyMemory(
                payload.byteArray(),
                payload.addressOffset() + draft.payloadOffset(),
                null,
                address + payload(nameLength),
                payloadLength);
    }

    /**
     * Write a part of the draft's payload as an event, but for its name, which the caller puts at {@link #nameOffset}
     * and then concludes.
     */
    public static void writeChunk(
            final UnsafeBuffer ring,
            final int offset,
            final EventDraft draft,
            final int nameLength,
            final int chunkOffset,
            final int chunkLength,
            final long publishedAtMs) {
        writeHeader(ring.addressOffset() + offset, draft, nameLength, chunkLength, publishedAtMs, 0);
        ring.putBytes(
                offset + payload(nameLength), draft.payloadBuffer(), draft.payloadOffset() + chunkOffset, chunkLength);
    }

    /** The name is written: note what routing has to know about it. */
    public static void concludeName(final UnsafeBuffer ring, final int offset, final int nameLength) {
        if (EventNames.isReserved(ring, offset + NAME, nameLength)) {
            markReserved(ring.addressOffset() + offset);
        }
    }

    private static void markReserved(final long address) {
        UnsafeApi.putByte(address + FLAGS, (byte) (UnsafeApi.getByte(address + FLAGS) | RESERVED));
    }

    public static void writeAttempts(
            final long address, final long idHigh, final int idLow, final int operationsPerAttempt, final int outcome) {
        UnsafeApi.putByte(address + TYPE, ATTEMPTS);
        UnsafeApi.putByte(address + ORIGIN, (byte) outcome);
        UnsafeApi.putInt(address + PAYLOAD_LENGTH, operationsPerAttempt);
        UnsafeApi.putLong(address + ID_HIGH, idHigh);
        UnsafeApi.putInt(address + ID_LOW, idLow);
    }

    public static void writeCommand(final long address) {
        UnsafeApi.putByte(address + TYPE, COMMAND);
    }

    public static void writeVoid(final long address) {
        UnsafeApi.putByte(address + TYPE, VOID);
    }

    private static void writeHeader(
            final long address,
            final EventDraft draft,
            final int nameLength,
            final int payloadLength,
            final long publishedAtMs,
            final int likelyDevice) {
        UnsafeApi.putByte(address + TYPE, EVENT);
        UnsafeApi.putByte(address + ORIGIN, (byte) draft.origin().ordinal());
        UnsafeApi.putByte(address + FLAGS, draft.hasId() ? HAS_ID : 0);
        UnsafeApi.putByte(address + NAME_LENGTH, (byte) nameLength);
        UnsafeApi.putInt(address + PAYLOAD_LENGTH, payloadLength);
        UnsafeApi.putLong(address + ID_HIGH, draft.idHigh());
        UnsafeApi.putInt(address + ID_LOW, draft.idLow());
        UnsafeApi.putInt(address + PRODUCT_ID, draft.origin().hasDevice() ? likelyDevice : draft.productId());
        UnsafeApi.putLong(address + PUBLISHED_AT_MS, publishedAtMs);
        UnsafeApi.putLong(address + CORRELATION_ID, draft.correlationId());
    }

    public static byte type(final long address) {
        return UnsafeApi.getByte(address + TYPE);
    }

    public static EventOrigin origin(final long address) {
        return EventOrigin.of(UnsafeApi.getByte(address + ORIGIN));
    }

    public static int outcome(final long address) {
        return UnsafeApi.getByte(address + ORIGIN);
    }

    public static boolean hasId(final long address) {
        return (UnsafeApi.getByte(address + FLAGS) & HAS_ID) != 0;
    }

    public static boolean isReserved(final long address) {
        return (UnsafeApi.getByte(address + FLAGS) & RESERVED) != 0;
    }

    public static int nameLength(final long address) {
        return UnsafeApi.getByte(address + NAME_LENGTH) & 0xFF;
    }

    public static int payloadLength(final long address) {
        return UnsafeApi.getInt(address + PAYLOAD_LENGTH);
    }

    public static long idHigh(final long address) {
        return UnsafeApi.getLong(address + ID_HIGH);
    }

    public static int idLow(final long address) {
        return UnsafeApi.getInt(address + ID_LOW);
    }

    public static int productId(final long address) {
        return UnsafeApi.getInt(address + PRODUCT_ID);
    }

    /** Of an event that comes from a device: the handle that this most likely has, or any number. */
    public static int likelyDevice(final long address) {
        return UnsafeApi.getInt(address + PRODUCT_ID);
    }

    public static long publishedAtMs(final long address) {
        return UnsafeApi.getLong(address + PUBLISHED_AT_MS);
    }

    public static long correlationId(final long address) {
        return UnsafeApi.getLong(address + CORRELATION_ID);
    }

    public static int nameOffset(final int offset) {
        return offset + NAME;
    }

    public static long nameAddress(final long address) {
        return address + NAME;
    }

    /** Where the payload starts, from the start of the event. */
    public static int payload(final int nameLength) {
        return NAME + BitUtil.align(nameLength, Long.BYTES);
    }
}
