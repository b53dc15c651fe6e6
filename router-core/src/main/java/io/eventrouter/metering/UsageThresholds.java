package io.eventrouter.metering;

import io.eventrouter.memory.OffHeapMemory;
import io.eventrouter.ownership.ScopeTable;
import org.agrona.ErrorHandler;

/** Tells, once each per billing month, when an account has used 70, 90 and 100 percent of what its plan grants. */
final class UsageThresholds {
    private static final int[] PERCENTS = {70, 90, 100};

    private final ScopeTable scopes;
    private final OffHeapMemory records;
    private final UsageHandler handler;
    private final ErrorHandler errorHandler;
    private long monthStartMs;

    UsageThresholds(final ScopeTable scopes, final UsageHandler handler, final ErrorHandler errorHandler) {
        this.scopes = scopes;
        this.records = scopes.records();
        this.handler = handler;
        this.errorHandler = errorHandler;
    }

    boolean isReached(final int account) {
        return total(account) >= nextThreshold(account);
    }

    /** Tell every threshold that the account has reached and that was not told this month. */
    void tell(final int account) {
        final long used = total(account) - scopes.monthBase(account);
        final long granted = scopes.operationsPerMonth(account);
        int told = scopes.toldThresholds(account);
        while (told < PERCENTS.length && used >= share(granted, PERCENTS[told])) {
            tell(new UsageThreshold(scopes.accountId(account), PERCENTS[told], used, granted, monthStartMs));
            told++;
        }
        scopes.toldThresholds(account, told);
        setNextThreshold(account);
    }

    void grant(final int account, final long operationsPerMonth) {
        scopes.operationsPerMonth(account, operationsPerMonth);
        setNextThreshold(account);
    }

    void beginMonth(final long startMs) {
        monthStartMs = startMs;
        for (int scope = 1; scope <= scopes.count(); scope++) {
            if (scopes.account(scope) == scope) {
                scopes.monthBase(scope, total(scope));
                scopes.toldThresholds(scope, 0);
                setNextThreshold(scope);
            }
        }
    }

    private void tell(final UsageThreshold threshold) {
        try {
            handler.onThreshold(threshold);
        } catch (final Throwable problem) {
            errorHandler.onError(problem);
        }
    }

    private long total(final int account) {
        final long record = ScopeTable.position(account);
        return records.getLong(record + ScopeTable.PUBLISH_OPERATIONS)
                + records.getLong(record + ScopeTable.SUBSCRIBE_OPERATIONS);
    }

    private long nextThreshold(final int account) {
        return records.getLong(ScopeTable.position(account) + ScopeTable.NEXT_THRESHOLD);
    }

    private void setNextThreshold(final int account) {
        final long granted = scopes.operationsPerMonth(account);
        final int told = scopes.toldThresholds(account);
        final long next = granted == 0 || told == PERCENTS.length
                ? Long.MAX_VALUE
                : scopes.monthBase(account) + share(granted, PERCENTS[told]);
        records.putLong(ScopeTable.position(account) + ScopeTable.NEXT_THRESHOLD, next);
    }

    // The least number of operations that is not below the share; grants are limited so that this cannot overflow.
    private static long share(final long granted, final int percent) {
        return (granted * percent + 99) / 100;
    }
}
