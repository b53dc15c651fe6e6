package io.eventrouter.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.EventRouter;
import io.eventrouter.RouterContext;
import io.eventrouter.command.Command;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.identity.EntityId;
import io.eventrouter.status.CloseReport;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
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

    /** Keeps its thread, when that has done the last of its work, until another has ended. */
    private static final class LastOfAll implements IdleStrategy {
        private volatile Ending ending;
        private volatile Thread other;
        private volatile boolean isLast;

        @Override
        public void idle(final int workCount) {
            idle();
        }

        @Override
        public void idle() {
            LockSupport.parkNanos(PARK_NS);
            if (ending != null && ending.isStopped()) {
                while (other.isAlive()) {
                    LockSupport.parkNanos(PARK_NS);
                }
                isLast = true;
            }
        }

        @Override
        public void reset() {
            // It has no state of its own.
        }
    }

    /** While the time for closing lasts, threads have that; none may be what another waits for. */
    @Test
    void shouldTellAllThreadsToEndBeforeItWaitsForTheFirst() throws ReflectiveOperationException {
        final LastOfAll firstLane = new LastOfAll();
        final Iterator<IdleStrategy> strategies =
                List.of(firstLane, new SleepingMillisIdleStrategy(1)).iterator();
        final List<Thread> threads = new ArrayList<>();
        final EventRouter router = EventRouter.launch(context()
                .lanes(2)
                .closeTimeout(1, TimeUnit.HOURS)
                .threadFactory(task -> {
                    threads.add(new Thread(task));
                    return threads.get(threads.size() - 1);
                })
                .idleStrategy(strategies::next));
        firstLane.other = threads.get(1);
        firstLane.ending = firstOf(LaneFault.pipelineOf(router)).ending();

        assertEquals(new CloseReport(0, 0, 0, 0, 0, true, List.of()), router.closeAndReport());
        assertTrue(firstLane.isLast);
    }

    private static RoutingAgent firstOf(final RouterPipeline pipeline) throws ReflectiveOperationException {
        final Field shutdown = RouterPipeline.class.getDeclaredField("shutdown");
        final Field routing = Shutdown.class.getDeclaredField("routing");
        shutdown.setAccessible(true);
        routing.setAccessible(true);
        return ((RoutingAgent[]) routing.get(shutdown.get(pipeline)))[0];
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
}
