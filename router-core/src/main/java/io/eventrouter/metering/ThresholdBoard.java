package io.eventrouter.metering;

import io.eventrouter.ownership.ScopeTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Tells, once each per billing month, when an account has used 70, 90 and 100 percent of what its plan grants, over
 * all lanes of a router together.
 *
 * <p><b>Threading:</b> any lane's routing thread, under the lock of this object. Lanes come here for accounts, grants
 * and months that begin, when a threshold is near, and for what other lanes have posted to them; not for every
 * operation. Nobody is told under the lock: a handler that does not come back holds up what other lanes have to tell,
 * and nothing else of theirs.
 */
public final class ThresholdBoard {
    /** A trigger that no total reaches. */
    static final long NEVER = Long.MAX_VALUE;

    private static final int[] PERCENTS = {70, 90, 100};
    private static final int MAX_POSTED_PER_LOOK = 1_024;

    /*
     * Every lane has a trigger for every account: the total of its own at which it comes here. Here all totals are
     * read, what was reached is noted, and what is left until the next threshold is shared out: each trigger becomes
     * the lane's total plus a lane's part of the rest. While all totals are below their triggers, their sum is below
     * the threshold; so somebody comes before it is passed.
     *
     * A lane may be counting while its trigger is set and not see the new one in time. So the account is posted to it,
     * and it looks again on its own thread, at the end of its duty cycle at the latest. A total that was read too low
     * does no harm: its trigger is then too low as well. When nobody has anything posted, every lane has compared its
     * total with its trigger after the last sharing out: nothing that was reached is untold.
     *
     * What the lanes share of an account, its grant, the total when the month began and what was told, is in the
     * first lane's table. A new grant or month holds from the first lane's place in the order, and an account has
     * thresholds once all lanes know it. With one lane all of this comes to its own place in the order.
     */
    private final List<UsageThresholds> lanes = new ArrayList<>();
    private long monthStartMs;

    /** What was reached and is to be told, in its order: by whoever reached it, or by who is telling just then. */
    private final Queue<UsageThreshold> reached = new ConcurrentLinkedQueue<>();

    private final AtomicBoolean isTelling = new AtomicBoolean();

    void join(final UsageThresholds lane) {
        lanes.add(lane);
    }

    synchronized void grant(final UsageThresholds lane, final int account, final long operationsPerMonth) {
        lane.learn(account);
        lane.scopes().operationsPerMonth(account, operationsPerMonth);
        shareOut(lane, account);
    }

    synchronized void beginMonth(final UsageThresholds lane, final long startMs) {
        if (lane != lanes.get(0)) {
            return;
        }
        monthStartMs = startMs;
        final ScopeTable scopes = lane.scopes();
        for (int scope = 1; scope <= scopes.count(); scope++) {
            if (scopes.account(scope) == scope) {
                scopes.beginMonth(scope, readTotal(scope));
                shareOut(lane, scope);
            }
        }
    }

    /** Before anything is counted: what an account has used, of the totals of the lane, and was told in this month. */
    synchronized void resume(
            final UsageThresholds lane, final int account, final long usedOperations, final int toldPercent) {
        int told = 0;
        while (told < PERCENTS.length && PERCENTS[told] <= toldPercent) {
            told++;
        }
        lane.scopes().beginMonth(account, readTotal(account) - usedOperations);
        lane.scopes().toldThresholds(account, told);
        shareOut(lane, account);
    }

    /** Tell every threshold that the account has reached and that was not told this month. */
    void tell(final UsageThresholds lane, final int account) {
        reach(lane, account);
        tellReached(lane);
    }

    private synchronized void reach(final UsageThresholds lane, final int account) {
        final ScopeTable shared = lanes.get(0).scopes();
        final long used = readTotal(account) - shared.monthBase(account);
        final long granted = shared.operationsPerMonth(account);
        int told = shared.toldThresholds(account);
        while (granted != 0 && told < PERCENTS.length && used >= share(granted, PERCENTS[told])) {
            reached.add(new UsageThreshold(0, shared.accountId(account), PERCENTS[told], used, granted, monthStartMs));
            told++;
        }
        shared.toldThresholds(account, told);
        shareOut(lane, account);
    }

    void lookAgain(final UsageThresholds lane) {
        lookAtPosted(lane);
        tellReached(lane);
    }

    private synchronized void lookAtPosted(final UsageThresholds lane) {
        int account = 0;
        for (int i = 0; i < MAX_POSTED_PER_LOOK && (account = lane.takePosted()) != 0; i++) {
            if (lane.isReached(account)) {
                reach(lane, account);
            }
        }
    }

    // Whoever finds another telling leaves what it has to that one, who looks again when it has told the rest.
    private void tellReached(final UsageThresholds lane) {
        while (!reached.isEmpty() && isTelling.compareAndSet(false, true)) {
            try {
                UsageThreshold threshold;
                while ((threshold = reached.poll()) != null) {
                    lane.tell(threshold);
                }
            } finally {
                isTelling.set(false);
            }
        }
    }

    // Whoever shares out has its own total exactly, and needs no second look.
    private void shareOut(final UsageThresholds sharing, final int account) {
        if (!isKnownToAll(account)) {
            return;
        }
        final long rest = untilNextThreshold(account);
        final long part = rest == NEVER ? NEVER : Math.max(1, rest / lanes.size());
        for (final UsageThresholds lane : lanes) {
            lane.trigger(account, part);
            if (lane != sharing && part != NEVER) {
                lane.post(account);
            }
        }
    }

    private long untilNextThreshold(final int account) {
        final ScopeTable shared = lanes.get(0).scopes();
        final long granted = shared.operationsPerMonth(account);
        final int told = shared.toldThresholds(account);
        if (granted == 0 || told == PERCENTS.length) {
            return NEVER;
        }
        return shared.monthBase(account) + share(granted, PERCENTS[told]) - readTotal(account);
    }

    private boolean isKnownToAll(final int account) {
        for (final UsageThresholds lane : lanes) {
            if (!lane.knows(account)) {
                return false;
            }
        }
        return true;
    }

    private long readTotal(final int account) {
        long total = 0;
        for (final UsageThresholds lane : lanes) {
            total += lane.knows(account) ? lane.readTotal(account) : 0;
        }
        return total;
    }

    // The least number of operations that is not below the share; grants are limited so that this cannot overflow.
    private static long share(final long granted, final int percent) {
        return (granted * percent + 99) / 100;
    }
}
