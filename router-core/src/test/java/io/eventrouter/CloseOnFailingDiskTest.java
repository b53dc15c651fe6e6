package io.eventrouter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.command.Command;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.event.EventDraft;
import io.eventrouter.event.PublishResult;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.journal.Disk;
import io.eventrouter.journal.FileSystemDisk;
import io.eventrouter.journal.HookedDisk;
import io.eventrouter.journal.SimulatedDisk;
import io.eventrouter.metering.UsageSnapshot;
import io.eventrouter.status.CloseReport;
import io.eventrouter.status.RouterCounter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A disk that takes no usage when a router is closed takes it from a second close; nothing is lost meanwhile. */
@Timeout(300)
class CloseOnFailingDiskTest {
    private static final EntityId ANN = EntityId.of(0xa, 1);
    private static final int DEVICES = 20;
    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(60);

    /** The disk is tried again as time goes on, but no window ends of itself. */
    private final long startMs = System.currentTimeMillis();

    /** Operations by the sequence of their record. */
    private final Map<Long, Long> handed = new ConcurrentHashMap<>();

    private final CountDownLatch failed = new CountDownLatch(1);
    private volatile boolean isFailing;
    private HookedDisk disk;

    /** Completed when the window on its way is durable. */
    private CompletableFuture<Long> windowOnItsWay;

    @TempDir
    Path directory;

    @BeforeEach
    void useTheFileSystem() throws IOException {
        failWhenTold(new FileSystemDisk(directory));
    }

    private void failWhenTold(final Disk failing) {
        disk = new HookedDisk(failing);
        disk.onForce(path -> {
            if (isFailing && path.contains("usage")) {
                failed.countDown();
                throw new IOException("the disk fails");
            }
        });
    }

    private RouterContext context() {
        final FairClock clock = new FairClock();
        return new RouterContext()
                .dataDisk(disk)
                .journalSegmentLength(1 << 17)
                .maxDevices(1_000)
                .maxAccounts(1_000)
                .closeTimeout(100, TimeUnit.MILLISECONDS)
                .nanoClock(clock)
                .threadFactory(clock)
                .epochClock(() -> System.currentTimeMillis() - startMs)
                .errorHandler(problem -> {})
                .usageHandler(record ->
                        handed.put(record.sequence(), record.publishOperations() + record.subscribeOperations()))
                .deliveryHandler(delivery -> AttemptOutcome.PENDING);
    }

    private static EventRouter withDevices(final EventRouter router) {
        router.execute(new Command.RegisterUser(ANN, 0));
        for (int i = 0; i < DEVICES; i++) {
            router.execute(new Command.RegisterDevice(EntityId.of(0xd, i)));
            router.execute(new Command.Claim(EntityId.of(0xd, i), ANN));
        }
        return router;
    }

    private static void publishFromAll(final EventRouter router) {
        for (int i = 0; i < DEVICES; i++) {
            final long sequence =
                    router.publish(new EventDraft().fromDevice(0xd, i).name("t"));
            assertTrue(router.awaitRouted(sequence, TIMEOUT_NS), () -> "sequence=" + sequence);
        }
    }

    // One window that is on its way to the disk, and one that is open.
    private EventRouter withTwoWindowsLeft(final RouterContext context) throws InterruptedException {
        final EventRouter router = withDevices(EventRouter.launch(context));
        isFailing = true;
        publishFromAll(router);
        windowOnItsWay = router.closeUsageWindow();
        while (!failed.await(1, TimeUnit.MILLISECONDS)) {
            if (context.useInvoker()) {
                router.invoke();
            }
        }
        publishFromAll(router);
        return router;
    }

    // The disk may be slower than the time for closing.
    private static CloseReport closeUntilKept(final EventRouter router) {
        CloseReport report = router.closeAndReport();
        while (!report.isUsageKept()) {
            report = router.closeAndReport();
        }
        return report;
    }

    private long operationsHanded() {
        return handed.values().stream().mapToLong(Long::longValue).sum();
    }

    @Test
    void shouldLetNobodyWaitForCountsThatAreGivenUp() throws Exception {
        final EventRouter router = withTwoWindowsLeft(context());
        final long sequence = router.publish(new EventDraft().fromDevice(0xd, 0).name("t"));
        final CompletableFuture<Boolean> waiting =
                CompletableFuture.supplyAsync(() -> router.awaitCounted(sequence, Long.MAX_VALUE));

        assertFalse(router.closeAndReport().isUsageKept());
        assertFalse(router.awaitCounted(sequence, 1), "a later close may still keep them");
        assertFalse(waiting.isDone());
        router.close();

        assertFalse(waiting.get(60, TimeUnit.SECONDS));
        assertFalse(router.awaitCounted(sequence, Long.MAX_VALUE));
    }

    @ParameterizedTest
    @CsvSource({"1, false", "2, false", "1, true", "2, true"})
    void shouldKeepBothWindowsByASecondClose(final int lanes, final boolean useInvoker) throws InterruptedException {
        final EventRouter router = withTwoWindowsLeft(context().lanes(lanes).useInvoker(useInvoker));

        final CloseReport first = router.closeAndReport();

        assertFalse(first.isUsageKept(), first::toString);
        assertEquals(Map.of(), handed);
        assertEquals(
                PublishResult.CLOSED,
                router.publish(new EventDraft().fromDevice(0xd, 0).name("t")));
        assertFalse(router.closeAndReport().isUsageKept(), "the disk fails as before");
        assertDirectoryIsUsed();

        isFailing = false;
        final CloseReport second = closeUntilKept(router);

        assertEquals(List.of(), second.threadsRunning());
        assertEquals(first.commandsUnanswered(), second.commandsUnanswered());
        assertEquals(2 * DEVICES, handed.size());
        assertEquals(2 * DEVICES, operationsHanded());
        assertEquals(second, router.closeAndReport());
        assertNextRunHas(2 * DEVICES);
    }

    private void assertDirectoryIsUsed() {
        final IllegalStateException used =
                assertThrows(IllegalStateException.class, () -> EventRouter.launch(context()));
        assertTrue(used.getMessage().contains("another router uses"), used.getMessage());
    }

    // The same records under the same sequences, and their totals.
    private void assertNextRunHas(final long operations) {
        final Map<Long, Long> before = Map.copyOf(handed);
        try (EventRouter next = EventRouter.launch(context())) {
            final CompletableFuture<UsageSnapshot> snapshot = next.usageSnapshot();
            assertEquals(
                    new UsageSnapshot.Totals(operations, 0), snapshot.join().of(AccountId.user(ANN)));
        }
        assertEquals(before, handed);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldGiveUpWhenClosedWithoutAReport(final boolean isReportedBefore) throws InterruptedException {
        final EventRouter router = withTwoWindowsLeft(context());
        if (isReportedBefore) {
            assertFalse(router.closeAndReport().isUsageKept());
        }

        router.close();

        assertFalse(router.closeAndReport().isUsageKept(), "and it is too late now");
        isFailing = false;
        assertFalse(router.closeAndReport().isUsageKept());
        EventRouter.launch(context()).close();
    }

    @Test
    void shouldKeepUsageByTheLastTryOfACloseWithoutAReport() throws InterruptedException {
        failWhenTold(new SimulatedDisk());
        final EventRouter router = withTwoWindowsLeft(context().useInvoker(true));
        assertFalse(router.closeAndReport().isUsageKept());
        isFailing = false;

        router.close();

        assertEquals(2 * DEVICES, operationsHanded());
        assertTrue(router.closeAndReport().isUsageKept());
        EventRouter.launch(context().useInvoker(true)).close();
    }

    @Test
    void shouldRefuseToBeClosedByTheHandlerThatTheSecondCloseRuns() throws InterruptedException {
        final AtomicReference<EventRouter> closed = new AtomicReference<>();
        final EventRouter router =
                withTwoWindowsLeft(context().usageHandler(record -> closed.get().closeAndReport()));
        closed.set(router);
        assertFalse(router.closeAndReport().isUsageKept());
        isFailing = false;

        closeUntilKept(router);

        assertEquals(2 * DEVICES, router.counter(RouterCounter.USAGE_HANDLER_FAILED));
    }

    @Test
    void shouldLeaveNobodyWaitingForAWindow() throws InterruptedException {
        final EventRouter router = withTwoWindowsLeft(context());
        final CompletableFuture<Long> next = router.closeUsageWindow();

        final CloseReport report = router.closeAndReport();

        assertFalse(report.isUsageKept());
        assertEquals(1, report.commandsUnanswered(), "the window on its way; the next has no command yet");
        assertThrows(CompletionException.class, windowOnItsWay::join);
        assertThrows(CompletionException.class, next::join);
        router.close();
    }

    @Test
    void shouldSayThatTheCountsOfALaneAreGoneWhoseHandlerDoesNotComeBack() throws InterruptedException {
        final CountDownLatch isBlocked = new CountDownLatch(1);
        final CountDownLatch release = new CountDownLatch(1);
        final EventRouter router = withDevices(EventRouter.launch(context().deliveryHandler(delivery -> {
            isBlocked.countDown();
            block(release);
            return AttemptOutcome.PENDING;
        })));
        try {
            router.execute(new Command.Subscribe(EntityId.of(0xd, 0), "t"));
            router.execute(new Command.GoOnline(EntityId.of(0xd, 0)));
            assertTrue(router.publish(new EventDraft().fromDevice(0xd, 1).name("t")) >= 0);
            isBlocked.await();

            final CloseReport report = router.closeAndReport();

            assertEquals(List.of("event-router-routing"), report.threadsRunning());
            assertFalse(report.isUsageKept(), "what was counted before it blocked is nowhere else");
        } finally {
            release.countDown();
        }
    }

    // Interrupts do not help against this one.
    private static void block(final CountDownLatch release) {
        while (release.getCount() > 0) {
            LockSupport.parkNanos(1_000_000);
            Thread.interrupted();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldKeepTheDirectoryForAUsageHandlerThatComesBackLast(final boolean isGivenUp) throws InterruptedException {
        final CountDownLatch areBlocked = new CountDownLatch(2);
        final CountDownLatch releaseUsage = new CountDownLatch(1);
        final CountDownLatch releaseAction = new CountDownLatch(1);
        final CountDownLatch go = new CountDownLatch(1);
        final EventRouter router = withDevices(EventRouter.launch(context()
                .usageHandler(record -> {
                    areBlocked.countDown();
                    block(releaseUsage);
                    handed.put(record.sequence(), record.publishOperations());
                })
                .deliveryHandler(delivery -> {
                    block(go);
                    return AttemptOutcome.PENDING;
                })));
        try {
            publishFromAll(router);
            router.execute(new Command.Subscribe(EntityId.of(0xd, 0), "held"));
            router.execute(new Command.GoOnline(EntityId.of(0xd, 0)));
            router.closeUsageWindow().join();
            router.publish(new EventDraft().fromDevice(0xd, 1).name("held"));
            // Nothing is carried out before the action is there.
            router.submit(new Command.GoOffline(EntityId.of(0xd, 0))).thenAccept(sequence -> {
                areBlocked.countDown();
                block(releaseAction);
            });
            go.countDown();
            areBlocked.await();

            final CloseReport first = router.closeAndReport();

            assertEquals(List.of("event-router-acknowledging", "event-router-usage"), first.threadsRunning());
            assertFalse(first.isUsageKept());
            if (isGivenUp) {
                router.close();
            }
            releaseAction.countDown();
            awaitEnd("event-router-acknowledging");
            assertDirectoryIsUsed();
        } finally {
            releaseUsage.countDown();
            releaseAction.countDown();
        }
        awaitEnd("event-router-usage");

        assertEquals(!isGivenUp, (isGivenUp ? router.closeAndReport() : closeUntilKept(router)).isUsageKept());
        // Of what was given up, the handler has had the window that was durable.
        assertEquals(isGivenUp ? DEVICES : DEVICES + 1, operationsHanded());
        EventRouter.launch(context()).close();
    }

    private static void awaitEnd(final String threadName) throws InterruptedException {
        while (Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().equals(threadName))) {
            Thread.sleep(1);
        }
    }
}
