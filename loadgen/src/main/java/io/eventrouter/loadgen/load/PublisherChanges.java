package io.eventrouter.loadgen.load;

import io.eventrouter.EventRouter;
import io.eventrouter.command.Command;
import java.util.concurrent.CompletableFuture;
import org.agrona.concurrent.NanoClock;

/**
 * The changes of the fleet that a publisher makes in between its events. They wait for room in the router's ring, so
 * they can hold the publisher up: until it has caught up again, that it is late is the router's back-pressure, not its
 * own doing.
 *
 * <p><b>Threading:</b> the publisher's thread.
 */
class PublisherChanges {
    /** No changes at all. */
    static final PublisherChanges NONE = new PublisherChanges();

    long dueNs() {
        return Arrivals.NONE;
    }

    void perform(final long nowNs) {
        throw new IllegalStateException("there are no changes");
    }

    /** Nothing is due any more. */
    void caughtUp() {}

    /** Whether events are late because changes had to wait for room. */
    boolean isCatchingUp() {
        return false;
    }

    long commands() {
        return 0;
    }

    /** Changes that go to a router. */
    static final class OfFleet extends PublisherChanges {
        private static final int ROOM_FOR_A_CHANGE = 1_024;

        private final NanoClock clock;
        private final FleetChanges changes;
        private final EventRouter router;
        private final ChangeLatency latency;
        private final long startNs;
        private CompletableFuture<Long> last = CompletableFuture.completedFuture(0L);
        private volatile long commands;
        private boolean isCatchingUp;

        OfFleet(
                final NanoClock clock,
                final FleetChanges changes,
                final EventRouter router,
                final ChangeLatency latency,
                final long startNs) {
            this.clock = clock;
            this.changes = changes;
            this.router = router;
            this.latency = latency;
            this.startNs = startNs;
        }

        @Override
        long dueNs() {
            return changes.dueNs();
        }

        @Override
        void perform(final long nowNs) {
            isCatchingUp |= router.remainingSlots() < ROOM_FOR_A_CHANGE;
            final long dueNs = changes.dueNs();
            changes.perform(this::submit);
            last.whenComplete((sequence, thrown) -> latency.record(clock.nanoTime() - startNs - dueNs, thrown));
        }

        @Override
        void caughtUp() {
            isCatchingUp = false;
        }

        @Override
        boolean isCatchingUp() {
            return isCatchingUp;
        }

        @Override
        long commands() {
            return commands;
        }

        private void submit(final Command command) {
            last = router.submit(command);
            commands = commands + 1;
        }
    }
}
