package io.eventrouter.usage;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.memory.ConstructionGuard;
import io.eventrouter.memory.IdIndex;
import io.eventrouter.memory.OffHeapMemory;
import io.eventrouter.memory.SeededHash;
import io.eventrouter.metering.UsageSnapshot;
import org.agrona.DirectBuffer;
import org.agrona.MutableDirectBuffer;

/**
 * What accounts and products have run up in all windows that are durable, and in their billing month.
 *
 * <pre>
 *   0        8       12     16        24          32            40      48              56
 *   +--------+-------+------+---------+-----------+-------------+-------+---------------+----------------+
 *   | id high| id low| kind | publish | subscribe | month start | used  | told percent  |                |
 *   +--------+-------+------+---------+-----------+-------------+-------+---------------+----------------+
 * </pre>
 *
 * <p><b>Threading:</b> the usage thread, and whoever starts it before.
 */
final class UsageTotals implements AutoCloseable {
    /** Bytes of a row in a frame: what it has in memory, without the end. */
    static final int WRITTEN_LENGTH = 56;

    private static final int ROW_LENGTH = 64;

    private static final int KIND_USER = 1;
    private static final int KIND_ORGANIZATION = 2;
    private static final int KIND_PRODUCT = 3;

    private static final int ROW_SHIFT = Integer.numberOfTrailingZeros(ROW_LENGTH);
    private static final int ID_LOW = 8;
    private static final int KIND = 12;
    private static final int PUBLISH = 16;
    private static final int SUBSCRIBE = 24;
    private static final int MONTH_START = 32;
    private static final int USED = 40;
    private static final int TOLD_PERCENT = 48;

    /** Takes totals over. */
    interface Heir {
        /** What a product has run up. */
        void product(int productId, UsageSnapshot.Totals totals);

        /** What an account has run up, has used of a month, and was told in it. */
        void account(
                AccountId account,
                UsageSnapshot.Totals totals,
                long monthStartMs,
                long usedOperations,
                int toldPercent);
    }

    private final OffHeapMemory rows;
    private final IdIndex users;
    private final IdIndex organizations;
    private final IdIndex products;
    private int count;
    private long latestMonthStartMs = Long.MIN_VALUE;

    UsageTotals(final SeededHash hash, final int maxRows) {
        try (ConstructionGuard guard = new ConstructionGuard()) {
            rows = guard.add(OffHeapMemory.reserve(position(maxRows + 1)));
            users = guard.add(new IdIndex(hash, rows, ROW_LENGTH, maxRows));
            organizations = guard.add(new IdIndex(hash, rows, ROW_LENGTH, maxRows));
            products = guard.add(new IdIndex(hash, rows, ROW_LENGTH, maxRows));
            guard.complete();
        }
    }

    /** Add a record of a window that is durable. */
    void add(final UsageEntry entry, final long monthStartMs) {
        if (entry.productId() != 0) {
            addTo(row(KIND_PRODUCT, entry.productId(), 0), entry);
        }
        if (entry.isOfProductOnly()) {
            return;
        }
        final long account = row(
                entry.accountKind() == AccountId.Kind.USER ? KIND_USER : KIND_ORGANIZATION,
                entry.accountIdHigh(),
                entry.accountIdLow());
        addTo(account, entry);
        if (isInMonth(account, monthStartMs)) {
            rows.putLong(
                    account + USED,
                    Math.addExact(
                            rows.getLong(account + USED),
                            Math.addExact(entry.publishOperations(), entry.subscribeOperations())));
        }
    }

    /** A threshold was told. */
    void tell(final AccountId account, final int percent, final long monthStartMs) {
        final long row = row(
                account.kind() == AccountId.Kind.USER ? KIND_USER : KIND_ORGANIZATION,
                account.id().high(),
                account.id().low());
        if (isInMonth(row, monthStartMs)) {
            rows.putInt(row + TOLD_PERCENT, Math.max(percent, rows.getInt(row + TOLD_PERCENT)));
        }
    }

    /** Hand all totals on. */
    void bequeath(final Heir heir) {
        for (int i = 1; i <= count; i++) {
            final long row = position(i);
            final UsageSnapshot.Totals totals =
                    new UsageSnapshot.Totals(rows.getLong(row + PUBLISH), rows.getLong(row + SUBSCRIBE));
            final int kind = rows.getInt(row + KIND);
            if (kind == KIND_PRODUCT) {
                heir.product((int) rows.getLong(row), totals);
            } else {
                final EntityId id = EntityId.of(rows.getLong(row), rows.getInt(row + ID_LOW));
                heir.account(
                        kind == KIND_USER ? AccountId.user(id) : AccountId.organization(id),
                        totals,
                        rows.getLong(row + MONTH_START),
                        rows.getLong(row + USED),
                        rows.getInt(row + TOLD_PERCENT));
            }
        }
    }

    int count() {
        return count;
    }

    /** Write a row, which has {@link #WRITTEN_LENGTH} bytes, into a frame. */
    void write(final int row, final MutableDirectBuffer into, final int offset) {
        final long from = position(row);
        into.putLong(offset, rows.getLong(from), LITTLE_ENDIAN);
        into.putInt(offset + ID_LOW, rows.getInt(from + ID_LOW), LITTLE_ENDIAN);
        into.putInt(offset + KIND, rows.getInt(from + KIND), LITTLE_ENDIAN);
        for (int i = PUBLISH; i < TOLD_PERCENT; i += Long.BYTES) {
            into.putLong(offset + i, rows.getLong(from + i), LITTLE_ENDIAN);
        }
        into.putInt(offset + TOLD_PERCENT, rows.getInt(from + TOLD_PERCENT), LITTLE_ENDIAN);
        into.putInt(offset + TOLD_PERCENT + Integer.BYTES, 0, LITTLE_ENDIAN);
    }

    /** Add a row that was written into a frame. */
    void read(final DirectBuffer from, final int offset) {
        final long row = row(
                from.getInt(offset + KIND, LITTLE_ENDIAN),
                from.getLong(offset, LITTLE_ENDIAN),
                from.getInt(offset + ID_LOW, LITTLE_ENDIAN));
        for (int i = PUBLISH; i < TOLD_PERCENT; i += Long.BYTES) {
            rows.putLong(row + i, from.getLong(offset + i, LITTLE_ENDIAN));
        }
        rows.putInt(row + TOLD_PERCENT, from.getInt(offset + TOLD_PERCENT, LITTLE_ENDIAN));
        latestMonthStartMs = Math.max(latestMonthStartMs, rows.getLong(row + MONTH_START));
    }

    /** The latest month of which there are totals, far in the past if there is none. */
    long latestMonthStartMs() {
        return latestMonthStartMs;
    }

    @Override
    public void close() {
        users.close();
        organizations.close();
        products.close();
        rows.close();
    }

    private void addTo(final long row, final UsageEntry entry) {
        rows.putLong(row + PUBLISH, Math.addExact(rows.getLong(row + PUBLISH), entry.publishOperations()));
        rows.putLong(row + SUBSCRIBE, Math.addExact(rows.getLong(row + SUBSCRIBE), entry.subscribeOperations()));
    }

    // A month that comes later begins at nothing; one that is over counts no more, and lanes that lag may meet it.
    private boolean isInMonth(final long account, final long monthStartMs) {
        latestMonthStartMs = Math.max(latestMonthStartMs, monthStartMs);
        if (monthStartMs > rows.getLong(account + MONTH_START)) {
            rows.putLong(account + MONTH_START, monthStartMs);
            rows.putLong(account + USED, 0);
            rows.putInt(account + TOLD_PERCENT, 0);
        }
        return monthStartMs == rows.getLong(account + MONTH_START);
    }

    private long row(final int kind, final long idHigh, final int idLow) {
        final IdIndex index = kind == KIND_USER ? users : kind == KIND_ORGANIZATION ? organizations : products;
        final int known = index.find(idHigh, idLow);
        return position(known != 0 ? known : addRow(index, kind, idHigh, idLow));
    }

    private int addRow(final IdIndex index, final int kind, final long idHigh, final int idLow) {
        final int added = count + 1;
        final long row = position(added);
        rows.ensureCapacity(row + ROW_LENGTH);
        rows.putLong(row, idHigh);
        rows.putInt(row + ID_LOW, idLow);
        rows.putInt(row + KIND, kind);
        rows.putLong(row + MONTH_START, Long.MIN_VALUE);
        index.add(idHigh, idLow, added);
        count = added;
        return added;
    }

    private static long position(final int row) {
        return (long) row << ROW_SHIFT;
    }
}
