package io.eventrouter.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.EventRouter;
import io.eventrouter.RouterContext;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.routing.EventRouting;
import io.eventrouter.status.CloseReport;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.IdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What closing does behind the handlers, where only something inside the router can see when it is that far. */
@Timeout(60)
class ShutdownTest {
    private static final long PARK_NS = TimeUnit.MILLISECONDS.toNanos(1);

    /** Keeps its thread, when that has done the last of its work, until the thread of another lane has ended. */
    private static final class LastOfAll implements IdleStrategy {
        private volatile EventRouting events;
        private volatile Thread other;
        private boolean isStopped;
        private volatile boolean hasWaited;

        @Override
        public void idle(final int workCount) {
            idle();
        }

        @Override
        public void idle() {
            while (isStopped && other.isAlive()) {
                hasWaited = true;
                LockSupport.parkNanos(PARK_NS);
            }
            // It may be told between its work and this; between this and the next it has done the last of it.
            isStopped = events != null && events.isStopped();
            LockSupport.parkNanos(PARK_NS);
        }

        @Override
        public void reset() {
            // It has no state of its own.
        }
    }

    /** While the time for closing lasts, threads have that; none may be what another waits for. */
    @Test
    void shouldTellAllThreadsToEndBeforeItWaitsForTheFirst() {
        final LastOfAll firstLane = new LastOfAll();
        final EventRouter router = EventRouter.launch(new RouterContext()
                .maxDevices(1_000)
                .maxAccounts(1_000)
                .lanes(2)
                .closeTimeout(1, TimeUnit.HOURS)
                .idleStrategy(new LaneStrategies(firstLane)::next)
                .deliveryHandler(delivery -> AttemptOutcome.ACKNOWLEDGED_FIRST));
        firstLane.events = LaneFault.pipelineOf(router).lane(0).core().events();

        assertEquals(new CloseReport(0, 0, 0, 0, 0, true, List.of()), router.closeAndReport());
        assertTrue(firstLane.hasWaited, "the first lane was the last to end");
    }

    /** That of the first lane, and for the second one that says which thread it is. */
    private static final class LaneStrategies {
        private final LastOfAll first;
        private int asked;

        LaneStrategies(final LastOfAll first) {
            this.first = first;
        }

        IdleStrategy next() {
            return asked++ == 0 ? first : new IdleStrategy() {
                @Override
                public void idle(final int workCount) {
                    idle();
                }

                @Override
                public void idle() {
                    first.other = Thread.currentThread();
                    LockSupport.parkNanos(PARK_NS);
                }

                @Override
                public void reset() {
                    // It has no state of its own.
                }
            };
        }
    }
}
