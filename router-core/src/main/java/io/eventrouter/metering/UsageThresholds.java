package io.eventrouter.metering;

import io.eventrouter.memory.OffHeapMemory;
import io.eventrouter.ownership.ScopeTable;
import org.agrona.UnsafeApi;
import org.agrona.collections.IntArrayList;

/**
 * One lane's part in the thresholds of accounts: for each account the total of this lane at which it asks the
 * {@link ThresholdBoard}, which knows the totals of all lanes.
 *
 * <p><b>Threading:</b> the lane's routing thread, but for what the board reads and writes under its lock.
 */
final class UsageThresholds {
    private final ScopeTable scopes;
    private final OffHeapMemory records;
    private final UsageSink sink;
    private final ThresholdBoard board;

    /** Accounts whose trigger another lane has set; guarded by the board. */
    private final IntArrayList posted = new IntArrayList();

    private volatile boolean hasPosted;

    /** The last account that this lane has registered; guarded by the board. */
    private int lastKnown;

    /** The total that the board has just read; guarded by the board. */
    private long seenTotal;

    UsageThresholds(final ScopeTable scopes, final UsageSink sink, final ThresholdBoard board) {
        this.scopes = scopes;
        this.records = scopes.records();
        this.sink = sink;
        this.board = board;
        board.join(this);
    }

    boolean isReached(final int account) {
        return total(account) >= records.getLong(ScopeTable.position(account) + ScopeTable.NEXT_THRESHOLD);
    }

    void tell(final int account) {
        board.tell(this, account);
    }

    void grant(final int account, final long operationsPerMonth) {
        board.grant(this, account, operationsPerMonth);
    }

    void beginMonth(final long startMs) {
        board.beginMonth(this, startMs);
    }

    /** Go on with what an account has used of the month, and was told, before a restart. */
    void resume(final int account, final long usedOperations, final int toldPercent) {
        board.resume(this, account, usedOperations, toldPercent);
    }

    /** Look again at accounts whose triggers other lanes have set meanwhile; false if there are none. */
    boolean lookAgain() {
        if (hasPosted) {
            board.lookAgain(this);
            return true;
        }
        return false;
    }

    ScopeTable scopes() {
        return scopes;
    }

    boolean knows(final int account) {
        return account <= lastKnown;
    }

    void learn(final int account) {
        lastKnown = Math.max(lastKnown, account);
    }

    /** Read the total that the lane's thread is adding to: it may be more already, never less. */
    long readTotal(final int account) {
        final long record = ScopeTable.position(account);
        seenTotal = UnsafeApi.getLongVolatile(null, records.address(record + ScopeTable.PUBLISH_OPERATIONS))
                + UnsafeApi.getLongVolatile(null, records.address(record + ScopeTable.SUBSCRIBE_OPERATIONS));
        return seenTotal;
    }

    void trigger(final int account, final long moreOperations) {
        final long trigger = moreOperations == ThresholdBoard.NEVER ? ThresholdBoard.NEVER : seenTotal + moreOperations;
        records.putLong(ScopeTable.position(account) + ScopeTable.NEXT_THRESHOLD, trigger);
    }

    void post(final int account) {
        posted.addInt(account);
        hasPosted = true;
    }

    /** Take an account that was posted, 0 if there is none. */
    int takePosted() {
        final int last = posted.size() - 1;
        if (last < 0) {
            hasPosted = false;
            return 0;
        }
        return posted.removeAt(last);
    }

    void tell(final UsageThreshold threshold) {
        sink.tell(threshold);
    }

    private long total(final int account) {
        final long record = ScopeTable.position(account);
        return records.getLong(record + ScopeTable.PUBLISH_OPERATIONS)
                + records.getLong(record + ScopeTable.SUBSCRIBE_OPERATIONS);
    }
}
