package io.eventrouter.loadgen.load;

import io.eventrouter.EventRouter;
import io.eventrouter.command.Command;
import java.util.concurrent.CompletableFuture;
import org.agrona.concurrent.NanoClock;

/**
 * Changes that go to a router. They wait for room in its ring, so they can hold the publisher up: until it has caught
 * up again, that it is late is the router's back-pressure, not its own doing.
 *
 * <p><b>Threading:</b> the publisher's thread; the number of commands may be read by any.
 */
final class RouterChanges implements PublisherChanges {
    private static final int ROOM_FOR_A_CHANGE = 1_024;

    private final NanoClock clock;
    private final FleetChanges changes;
    private final EventRouter router;
    private final ChangeLatency latency;
    private final long startNs;
    private CompletableFuture<Long> last = CompletableFuture.completedFuture(0L);
    private volatile long commands;
    private boolean isCatchingUp;

    RouterChanges(
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
    public long dueNs() {
        return changes.dueNs();
    }

    @Override
    public void perform() {
        isCatchingUp |= router.remainingSlots() < ROOM_FOR_A_CHANGE;
        final long dueNs = changes.dueNs();
        changes.perform(this::submit);
        last.whenComplete((sequence, thrown) -> {
            if (thrown == null) {
                latency.record(clock.nanoTime() - startNs - dueNs);
            }
        });
    }

    @Override
    public void caughtUp() {
        isCatchingUp = false;
    }

    @Override
    public boolean isCatchingUp() {
        return isCatchingUp;
    }

    /** How many commands were sent. */
    long commands() {
        return commands;
    }

    private void submit(final Command command) {
        last = router.submit(command);
        last.whenComplete((sequence, thrown) -> {
            if (thrown != null) {
                latency.countFailure();
            }
        });
        commands = commands + 1;
    }
}
