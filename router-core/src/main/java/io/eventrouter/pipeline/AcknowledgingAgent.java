package io.eventrouter.pipeline;

import io.eventrouter.ownership.OwnershipStore;
import java.util.Queue;
import java.util.concurrent.Semaphore;
import org.agrona.concurrent.Agent;

/**
 * The acknowledging thread: writes what commands have changed to the ownership store, then completes their futures;
 * and lets the clock into the ring.
 */
public final class AcknowledgingAgent implements Agent {
    private static final int MAX_COMMANDS_PER_CYCLE = 256;

    private final Queue<PendingCommand> acknowledgements;
    private final OwnershipStore store;
    private final Semaphore window;
    private final ControlOrder order;
    private final BillingClock billingClock;
    private final Ending ending = new Ending();
    private volatile boolean stopped;

    /**
     * An agent that has not begun.
     *
     * @param acknowledgements of the routing threads, in the order of the commands.
     * @param store to write to, null for none.
     * @param window that a command gives its place back to.
     * @param order that the commands had.
     * @param billingClock that puts times into the ring.
     */
    AcknowledgingAgent(
            final Queue<PendingCommand> acknowledgements,
            final OwnershipStore store,
            final Semaphore window,
            final ControlOrder order,
            final BillingClock billingClock) {
        this.acknowledgements = acknowledgements;
        this.store = store;
        this.window = window;
        this.order = order;
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
            // Whatever the clock does, commands are acknowledged.
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

    /** Close the store that nobody else may close, because this thread was not seen to stop. */
    @Override
    public void onClose() {
        if (ending.isGivenUp() && store != null) {
            store.close();
        }
    }

    private int conclude() {
        if (ending.begin()) {
            acknowledge(Integer.MAX_VALUE);
            ending.conclude();
        }
        return 0;
    }

    private int acknowledge(final int maxCommands) {
        int work = 0;
        PendingCommand pending;
        while (work < maxCommands && !ending.isGivenUp() && (pending = acknowledgements.poll()) != null) {
            work++;
            window.release();
            acknowledge(pending);
        }
        return work;
    }

    @Override
    public String roleName() {
        return "event-router-acknowledging";
    }

    private void acknowledge(final PendingCommand pending) {
        order.carriedOut(pending);
        final Throwable failure = pending.answer.failure() == null ? keep(pending) : pending.answer.failure();
        if (failure != null) {
            pending.future.completeExceptionally(failure);
        } else {
            pending.future.complete(pending);
        }
    }

    // Returns what went wrong, or null.
    private Throwable keep(final PendingCommand pending) {
        if (store == null || !pending.recordFilled || pending.kind != PendingCommand.Kind.APPLY) {
            return null;
        }
        try {
            store.put(pending.record);
            return null;
        } catch (final RuntimeException | Error problem) {
            return new IllegalStateException(
                    "command is in force but could not be kept for the next start: " + problem.getMessage()
                            + ", command=" + pending.command,
                    problem);
        }
    }
}
