package io.eventrouter.usage;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.eventrouter.identity.AccountId;
import io.eventrouter.metering.UsageRecord;
import org.agrona.MutableDirectBuffer;

/**
 * How a usage record lies in memory and in the journal.
 *
 * <pre>
 *   0       4           8                16              20             24              32        40          48
 *   +-------+-----------+----------------+---------------+--------------+---------------+---------+-----------+
 *   | flags | product id| account id high| account id low| device id low| device id high| publish | subscribe |
 *   +-------+-----------+----------------+---------------+--------------+---------------+---------+-----------+
 * </pre>
 */
final class RecordLayout {
    static final int LENGTH = 48;

    static final int ORGANIZATION = 1;
    static final int HAS_DEVICE = 2;

    /** Operations of a product that are in its account's record: kept for totals, shown to nobody. */
    static final int PRODUCT_ONLY = 4;

    static final int FLAGS = 0;
    static final int PRODUCT_ID = 4;
    static final int ACCOUNT_ID_HIGH = 8;
    static final int ACCOUNT_ID_LOW = 16;
    static final int DEVICE_ID_LOW = 20;
    static final int DEVICE_ID_HIGH = 24;
    static final int PUBLISH = 32;
    static final int SUBSCRIBE = 40;

    private RecordLayout() {}

    static void write(final MutableDirectBuffer buffer, final int offset, final UsageRecord record) {
        final int kind = record.accountKind() == AccountId.Kind.ORGANIZATION ? ORGANIZATION : 0;
        buffer.putInt(offset + FLAGS, record.hasDevice() ? kind | HAS_DEVICE : kind, LITTLE_ENDIAN);
        buffer.putInt(offset + PRODUCT_ID, record.productId(), LITTLE_ENDIAN);
        buffer.putLong(offset + ACCOUNT_ID_HIGH, record.accountIdHigh(), LITTLE_ENDIAN);
        buffer.putInt(offset + ACCOUNT_ID_LOW, record.accountIdLow(), LITTLE_ENDIAN);
        buffer.putInt(offset + DEVICE_ID_LOW, record.deviceIdLow(), LITTLE_ENDIAN);
        buffer.putLong(offset + DEVICE_ID_HIGH, record.deviceIdHigh(), LITTLE_ENDIAN);
        buffer.putLong(offset + PUBLISH, record.publishOperations(), LITTLE_ENDIAN);
        buffer.putLong(offset + SUBSCRIBE, record.subscribeOperations(), LITTLE_ENDIAN);
    }

    static void writeProduct(
            final MutableDirectBuffer buffer,
            final int offset,
            final int productId,
            final long publishOperations,
            final long subscribeOperations) {
        buffer.setMemory(offset, LENGTH, (byte) 0);
        buffer.putInt(offset + FLAGS, PRODUCT_ONLY, LITTLE_ENDIAN);
        buffer.putInt(offset + PRODUCT_ID, productId, LITTLE_ENDIAN);
        buffer.putLong(offset + PUBLISH, publishOperations, LITTLE_ENDIAN);
        buffer.putLong(offset + SUBSCRIBE, subscribeOperations, LITTLE_ENDIAN);
    }
}
