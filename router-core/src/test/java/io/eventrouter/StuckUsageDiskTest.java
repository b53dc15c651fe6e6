package io.eventrouter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.command.Command;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.event.EventDraft;
import io.eventrouter.event.PublishResult;
import io.eventrouter.identity.EntityId;
import io.eventrouter.journal.FileSystemDisk;
import io.eventrouter.journal.HookedDisk;
import io.eventrouter.status.RouterCounter;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The usage thread waits for the disk, or for its handler; the routing thread waits for neither, and allocates nothing.
 */
@Timeout(300)
class StuckUsageDiskTest {
    private static final EntityId ANN = EntityId.of(0xa, 1);
    private static final int DEVICES = 1_000;
    private static final int EVENTS = 500_000;
    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(60);

    // What the JVM itself may charge to a thread while it compiles or deoptimizes, far below a byte an event.
    private static final long MAX_BYTES = 64 * 1_024;

    private final com.sun.management.ThreadMXBean threads =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final CountDownLatch isStuck = new CountDownLatch(1);
    private final CountDownLatch goOn = new CountDownLatch(1);
    private final AtomicLong counted = new AtomicLong();
    private volatile Thread routing;

    @TempDir
    Path directory;

    private RouterContext context(final HookedDisk disk) {
        return new RouterContext()
                .usageWindow(100, TimeUnit.MILLISECONDS)
                .closeTimeout(TIMEOUT_NS, TimeUnit.NANOSECONDS)
                .dataDisk(disk)
                .usageHandler(record -> counted.addAndGet(record.publishOperations()))
                .deliveryHandler(delivery -> {
                    routing = Thread.currentThread();
                    return AttemptOutcome.PENDING;
                });
    }

    private static void register(final EventRouter router) {
        router.execute(new Command.RegisterUser(ANN, 0));
        for (int i = 0; i < DEVICES; i++) {
            router.execute(new Command.RegisterDevice(EntityId.of(0xd, i), 1_024));
            router.execute(new Command.Claim(EntityId.of(0xd, i), ANN));
        }
        router.execute(new Command.Subscribe(EntityId.of(0xd, 0), "t"));
        router.execute(new Command.GoOnline(EntityId.of(0xd, 0)));
    }

    private static void publish(final EventRouter router, final EventDraft draft, final int events) {
        long sequence = 0;
        for (int i = 0; i < events; i++) {
            draft.fromDevice(0xd, i % DEVICES);
            while ((sequence = router.publish(draft)) == PublishResult.BACK_PRESSURED) {
                Thread.onSpinWait();
            }
        }
        assertTrue(router.awaitRouted(sequence, TIMEOUT_NS), "the routing thread waits");
    }

    @Test
    void theRoutingThreadNeverWaitsForTheDiskAndAllocatesNothing() throws Exception {
        final HookedDisk disk = new HookedDisk(new FileSystemDisk(directory));
        final EventDraft draft = new EventDraft().name("t").payload(new byte[1]);
        try (EventRouter router = EventRouter.launch(context(disk))) {
            register(router);
            publish(router, draft, EVENTS);
            disk.onForce(path -> {
                if (path.contains("usage")) {
                    isStuck.countDown();
                    await(goOn);
                }
            });
            publish(router, draft, DEVICES);
            assertTrue(isStuck.await(TIMEOUT_NS, TimeUnit.NANOSECONDS), "the usage thread is in the disk");
            publish(router, draft, EVENTS);

            final long before = threads.getThreadAllocatedBytes(routing.getId());
            publish(router, draft, EVENTS);
            final long allocated = threads.getThreadAllocatedBytes(routing.getId()) - before;

            assertTrue(allocated <= MAX_BYTES, "allocated=" + allocated + " bytes for " + EVENTS + " events");
            assertEquals(
                    3L * EVENTS + DEVICES,
                    router.counter(RouterCounter.EVENTS_ROUTED),
                    "all of it while the disk is stuck");
            goOn.countDown();
        }
        assertEquals(3L * EVENTS + DEVICES, counted.get(), "and nothing is lost");
    }

    @Test
    void aHandlerThatBlocksStopsOnlyTheUsageThread() throws Exception {
        final HookedDisk disk = new HookedDisk(new FileSystemDisk(directory));
        final EventDraft draft = new EventDraft().name("t").payload(new byte[1]);
        try (EventRouter router = EventRouter.launch(context(disk).usageHandler(record -> {
            isStuck.countDown();
            await(goOn);
            counted.addAndGet(record.publishOperations());
        }))) {
            register(router);
            publish(router, draft, DEVICES);
            assertTrue(isStuck.await(TIMEOUT_NS, TimeUnit.NANOSECONDS), "the usage thread is in the handler");

            publish(router, draft, EVENTS);

            assertEquals(EVENTS + DEVICES, router.counter(RouterCounter.EVENTS_ROUTED));
            assertFalse(router.isCounted(Long.MAX_VALUE));
            goOn.countDown();
        }
        assertEquals(EVENTS + DEVICES, counted.get());
    }

    private static void await(final CountDownLatch latch) {
        try {
            latch.await();
        } catch (final InterruptedException problem) {
            throw new IllegalStateException(problem);
        }
    }
}
