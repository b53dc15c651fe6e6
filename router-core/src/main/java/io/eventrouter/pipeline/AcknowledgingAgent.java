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
    private final BillingClock billingClock;

    /**
     * An agent that has not begun.
     *
     * @param acknowledgements of the routing thread.
     * @param store to write to, null for none.
     * @param window that a command gives its place back to.
     * @param billingClock that puts times into the ring.
     */
    public AcknowledgingAgent(
            final Queue<PendingCommand> acknowledgements,
            final OwnershipStore store,
            final Semaphore window,
            final BillingClock billingClock) {
        this.acknowledgements = acknowledgements;
        this.store = store;
        this.window = window;
        this.billingClock = billingClock;
    }

    @Override
    public int doWork() {
        int work = billingClock.tick();
        PendingCommand pending;
        while (work < MAX_COMMANDS_PER_CYCLE && (pending = acknowledgements.poll()) != null) {
            work++;
            window.release();
            acknowledge(pending);
        }
        // Dependent actions run here; an interrupt that one leaves behind would end this thread.
        Thread.interrupted();
        return work;
    }

    @Override
    public String roleName() {
        return "event-router-acknowledging";
    }

    private void acknowledge(final PendingCommand pending) {
        if (store != null && pending.recordFilled && pending.kind == PendingCommand.Kind.APPLY) {
            try {
                store.put(pending.record);
            } catch (final RuntimeException | Error problem) {
                pending.failure = new IllegalStateException(
                        "command is in force but could not be kept for the next start: " + problem.getMessage()
                                + ", command=" + pending.command,
                        problem);
            }
        }
        if (pending.failure != null) {
            pending.future.completeExceptionally(pending.failure);
        } else {
            pending.future.complete(pending);
        }
    }
}
