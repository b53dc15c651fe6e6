package io.eventrouter.ownership;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * A kept record in 33 bytes: the same for all kinds, so that room for it can be reserved before it is known.
 *
 * <pre>
 *   0      1            9        13           14      15               17           21              29             33
 *   +------+------------+--------+------------+-------+----------------+------------+---------------+--------------+
 *   | kind | id high    | id low | owner kind | flags | max event size | product id | owner id high | owner id low |
 *   +------+------------+--------+------------+-------+----------------+------------+---------------+--------------+
 *                                                       accounts: operations per month, in place of owner id high
 * </pre>
 */
final class OwnershipLayout {
    /** Bytes of a record. */
    static final int LENGTH = 33;

    /** Bytes of its kind and id, which come first. */
    static final int KEY_LENGTH = 13;

    private static final int OWNER_KIND = KEY_LENGTH;
    private static final int FLAGS = 14;
    private static final int MAX_EVENT_SIZE = 15;
    private static final int PRODUCT_ID = 17;
    private static final int OWNER_ID_HIGH = 21;
    private static final int OWNER_ID_LOW = 29;
    private static final byte NO_OWNER = -1;
    private static final OwnershipRecord.Kind[] KINDS = OwnershipRecord.Kind.values();

    private OwnershipLayout() {}

    static ByteBuffer buffer() {
        return ByteBuffer.allocate(LENGTH).order(ByteOrder.LITTLE_ENDIAN);
    }

    static void writeKey(final ByteBuffer into, final OwnershipRecord.Kind kind, final long idHigh, final int idLow) {
        into.put(0, (byte) kind.ordinal());
        into.putLong(1, idHigh);
        into.putInt(9, idLow);
    }

    static void write(final ByteBuffer into, final OwnershipRecord record) {
        writeKey(into, record.kind, record.idHigh, record.idLow);
        into.put(OWNER_KIND, record.ownerKind == null ? NO_OWNER : (byte) record.ownerKind.ordinal());
        into.put(FLAGS, (byte) record.flags);
        into.putShort(MAX_EVENT_SIZE, (short) record.maxEventSize);
        into.putInt(PRODUCT_ID, record.productId);
        into.putLong(OWNER_ID_HIGH, isAccount(record.kind) ? record.operationsPerMonth : record.ownerIdHigh);
        into.putInt(OWNER_ID_LOW, record.ownerIdLow);
    }

    static void read(final ByteBuffer from, final OwnershipRecord record) {
        record.kind = KINDS[from.get(0)];
        record.idHigh = from.getLong(1);
        record.idLow = from.getInt(9);
        final byte ownerKind = from.get(OWNER_KIND);
        record.ownerKind = ownerKind == NO_OWNER ? null : KINDS[ownerKind];
        record.flags = from.get(FLAGS);
        record.maxEventSize = from.getShort(MAX_EVENT_SIZE);
        record.productId = from.getInt(PRODUCT_ID);
        final long high = from.getLong(OWNER_ID_HIGH);
        record.ownerIdHigh = isAccount(record.kind) ? 0 : high;
        record.operationsPerMonth = isAccount(record.kind) ? high : 0;
        record.ownerIdLow = from.getInt(OWNER_ID_LOW);
    }

    /**
     * Refuse bytes that can be no record.
     *
     * @throws IllegalArgumentException if there is no such kind; the message has the value and the limits.
     */
    static void check(final byte[] bytes, final int offset) {
        checkKind("kind", bytes[offset], 0);
        checkKind("ownerKind", bytes[offset + OWNER_KIND], NO_OWNER);
    }

    private static void checkKind(final String name, final byte kind, final int least) {
        if (kind < least || kind >= KINDS.length) {
            throw new IllegalArgumentException(
                    name + " must be in [" + least + ", " + (KINDS.length - 1) + "]: " + name + "=" + kind);
        }
    }

    private static boolean isAccount(final OwnershipRecord.Kind kind) {
        return kind == OwnershipRecord.Kind.USER || kind == OwnershipRecord.Kind.ORGANIZATION;
    }
}
