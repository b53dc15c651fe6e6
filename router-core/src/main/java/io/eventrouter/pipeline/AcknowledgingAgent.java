package io.eventrouter.pipeline;

import io.eventrouter.ownership.OwnershipStore;
import java.util.ArrayDeque;
import java.util.Queue;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.EpochClock;

/**
 * The acknowledging thread: keeps what commands have changed, then completes their futures; and lets the clock into the
 * ring.
 *
 * <p>Whatever is there is written and forced together, so a slow disk makes batches longer, not acknowledgements rarer.
 * Commands that change nothing that is kept never wait for the disk: with a dead one they go on as ever, while
 * those that do stay unacknowledged and are tried again.
 */
public final class AcknowledgingAgent implements Agent {
    private static final int MAX_COMMANDS_PER_CYCLE = 4_096;

    private final Queue<PendingCommand> acknowledgements;
    private final OwnershipStore store;
    private final Runnable onEnd;
    private final ControlOrder order;
    private final EpochClock clock;
    private final BillingClock billingClock;
    private final Ending ending = new Ending();
    private volatile boolean stopped;

    /** Commands whose changes are appended to the store and not yet kept. */
    private final ArrayDeque<PendingCommand> unkept = new ArrayDeque<>();

    /**
     * An agent that has not begun.
     *
     * @param acknowledgements of the routing threads, in the order of the commands.
     * @param store to write to, null for none.
     * @param onEnd is told that this thread has ended, if it was not seen to stop.
     * @param order that the commands had.
     * @param clock that says when to try again.
     * @param billingClock that puts times into the ring.
     */
    AcknowledgingAgent(
            final Queue<PendingCommand> acknowledgements,
            final OwnershipStore store,
            final Runnable onEnd,
            final ControlOrder order,
            final EpochClock clock,
            final BillingClock billingClock) {
        this.acknowledgements = acknowledgements;
        this.store = store;
        this.onEnd = onEnd;
        this.order = order;
        this.clock = clock;
        this.billingClock = billingClock;
    }

    @Override
    public int doWork() {
        if (stopped) {
            return conclude();
        }
        int work = 0;
        try {
            work = billingClock.tick();
        } finally {
            // Also when the clock fails: commands that keep nothing need none.
            work += acknowledge(MAX_COMMANDS_PER_CYCLE);
        }
        // Dependent actions run here; an interrupt that one leaves behind would end this thread.
        Thread.interrupted();
        return work;
    }

    /** Acknowledge what is waiting, and nothing else. Any thread; nothing may be carried out any more. */
    void stop() {
        stopped = true;
    }

    Ending ending() {
        return ending;
    }

    /** Nobody else may close what this thread works with, because it was not seen to stop. */
    @Override
    public void onClose() {
        if (ending.isGivenUp()) {
            onEnd.run();
        }
    }

    private int conclude() {
        if (ending.begin()) {
            acknowledge(Integer.MAX_VALUE);
            giveUp();
            ending.conclude();
        }
        return 0;
    }

    private int acknowledge(final int maxCommands) {
        int work = 0;
        PendingCommand pending;
        while (work < maxCommands && !ending.isGivenUp() && (pending = acknowledgements.poll()) != null) {
            work++;
            order.carriedOut(pending);
            take(pending);
        }
        if (store != null) {
            final long nowMs = clock.time();
            work += acknowledgeKept(nowMs) + store.work(nowMs);
        }
        return work;
    }

    @Override
    public String roleName() {
        return "event-router-acknowledging";
    }

    private void take(final PendingCommand pending) {
        if (pending.kind == PendingCommand.Kind.APPLY && pending.recordFilled) {
            store.append(pending.record);
            unkept.add(pending);
            return;
        }
        if (pending.isChange && store != null) {
            store.nothingToKeep();
        }
        if (pending.kind == PendingCommand.Kind.CLOSE) {
            giveUp();
        }
        complete(pending);
    }

    private int acknowledgeKept(final long nowMs) {
        final int count = unkept.size();
        if (count > 0 && store.commit(nowMs)) {
            while (!unkept.isEmpty()) {
                complete(unkept.poll());
            }
            return count;
        }
        return 0;
    }

    // The router is closing, and nothing comes behind this: what the disk does not take now, it never will.
    private void giveUp() {
        final boolean isKept = unkept.isEmpty() || store.commitAtOnce(clock.time());
        while (!unkept.isEmpty()) {
            final PendingCommand pending = unkept.poll();
            if (isKept) {
                complete(pending);
                continue;
            }
            pending.future.completeExceptionally(
                    new IllegalStateException("command is in force but could not be kept for the next start: "
                            + store.problem() + ", command=" + pending.command));
        }
    }

    private static void complete(final PendingCommand pending) {
        if (pending.answer.failure() != null) {
            pending.future.completeExceptionally(pending.answer.failure());
        } else {
            pending.future.complete(pending);
        }
    }
}
