package io.eventrouter.usage;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.metering.UsageRecord;
import org.agrona.DirectBuffer;

/** A record as it was read from the journal, in one reused view. */
final class UsageEntry implements UsageRecord {
    private DirectBuffer buffer;
    private int offset;
    private long sequence;
    private long windowStartMs;
    private long windowEndMs;

    /** Look at a record that lies as {@link RecordLayout} says. */
    UsageEntry wrap(final DirectBuffer record, final int at) {
        buffer = record;
        offset = at;
        return this;
    }

    UsageEntry under(final long itsSequence, final long startMs, final long endMs) {
        sequence = itsSequence;
        windowStartMs = startMs;
        windowEndMs = endMs;
        return this;
    }

    boolean isOfProductOnly() {
        return (flags() & RecordLayout.PRODUCT_ONLY) != 0;
    }

    @Override
    public long sequence() {
        return sequence;
    }

    @Override
    public AccountId.Kind accountKind() {
        return (flags() & RecordLayout.ORGANIZATION) == 0 ? AccountId.Kind.USER : AccountId.Kind.ORGANIZATION;
    }

    @Override
    public long accountIdHigh() {
        return buffer.getLong(offset + RecordLayout.ACCOUNT_ID_HIGH, LITTLE_ENDIAN);
    }

    @Override
    public int accountIdLow() {
        return buffer.getInt(offset + RecordLayout.ACCOUNT_ID_LOW, LITTLE_ENDIAN);
    }

    @Override
    public AccountId account() {
        return new AccountId(accountKind(), EntityId.of(accountIdHigh(), accountIdLow()));
    }

    @Override
    public int productId() {
        return buffer.getInt(offset + RecordLayout.PRODUCT_ID, LITTLE_ENDIAN);
    }

    @Override
    public boolean hasDevice() {
        return (flags() & RecordLayout.HAS_DEVICE) != 0;
    }

    @Override
    public long deviceIdHigh() {
        return buffer.getLong(offset + RecordLayout.DEVICE_ID_HIGH, LITTLE_ENDIAN);
    }

    @Override
    public int deviceIdLow() {
        return buffer.getInt(offset + RecordLayout.DEVICE_ID_LOW, LITTLE_ENDIAN);
    }

    @Override
    public long windowStartMs() {
        return windowStartMs;
    }

    @Override
    public long windowEndMs() {
        return windowEndMs;
    }

    @Override
    public long publishOperations() {
        return buffer.getLong(offset + RecordLayout.PUBLISH, LITTLE_ENDIAN);
    }

    @Override
    public long subscribeOperations() {
        return buffer.getLong(offset + RecordLayout.SUBSCRIBE, LITTLE_ENDIAN);
    }

    private int flags() {
        return buffer.getInt(offset + RecordLayout.FLAGS, LITTLE_ENDIAN);
    }
}
