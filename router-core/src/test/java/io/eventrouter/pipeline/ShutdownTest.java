package io.eventrouter.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.EventRouter;
import io.eventrouter.RouterContext;
import io.eventrouter.command.Command;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.identity.EntityId;
import io.eventrouter.routing.EventRouting;
import io.eventrouter.status.CloseReport;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.IdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What closing does behind the handlers, where only something inside the router can see when it is that far. */
@Timeout(60)
class ShutdownTest {
    private static final long PARK_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private static RouterContext context() {
        return new RouterContext()
                .maxDevices(1_000)
                .maxAccounts(1_000)
                .journalSegmentLength(1 << 17)
                .deliveryHandler(delivery -> AttemptOutcome.ACKNOWLEDGED_FIRST);
    }

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
        final EventRouter router = EventRouter.launch(
                context().lanes(2).closeTimeout(1, TimeUnit.HOURS).idleStrategy(new LaneStrategies(firstLane)::next));
        firstLane.events = LaneFault.pipelineOf(router).lane(0).core().events();

        assertEquals(new CloseReport(0, 0, 0, 0, 0, true, List.of()), router.closeAndReport());
        assertTrue(firstLane.hasWaited, "the first lane was the last to end");
    }

    /** As on a machine that has no more of them. */
    @Test
    void shouldTellWhoWaitsThoughThereIsNoThreadToTellThemOn(@TempDir final Path directory) {
        final List<Throwable> problems = new ArrayList<>();
        final RouterContext context = context()
                .dataDirectory(directory)
                .closeTimeout(1, TimeUnit.MILLISECONDS)
                // Nobody carries anything out.
                .threadFactory(task -> new Thread(() -> {}))
                .errorHandler(problems::add);
        final EventRouter router = EventRouter.launch(context);
        final CompletableFuture<Long> command = router.submit(new Command.RegisterDevice(EntityId.of(0xe, 1)));
        final CompletableFuture<?> window = router.closeUsageWindow();
        final InheritableThreadLocal<Integer> inherited = new InheritableThreadLocal<>() {
            @Override
            protected Integer childValue(final Integer value) {
                throw new InternalError("no thread can be had");
            }
        };
        inherited.set(1);
        try {
            assertEquals(new CloseReport(0, 0, 0, 1, 0, true, List.of()), router.closeAndReport());
        } finally {
            inherited.remove();
        }

        assertInstanceOf(InternalError.class, problems.get(0));
        assertTrue(command.isCompletedExceptionally());
        assertTrue(window.isCompletedExceptionally());
        // It has given the directory back.
        EventRouter.launch(context().dataDirectory(directory)).close();
    }

    /** That of the first lane, and for the second one that says which thread it is. */
    private static final class LaneStrategies {
        private final LastOfAll first;
        private int asked;

        LaneStrategies(final LastOfAll first) {
            this.first = first;
        }

        IdleStrategy next() {
            return asked++ == 0
                    ? first
                    : new IdleStrategy() {
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
