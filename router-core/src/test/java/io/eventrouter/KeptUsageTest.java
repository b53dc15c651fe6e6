package io.eventrouter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.command.Command;
import io.eventrouter.command.CommandRefusedException;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.event.EventDraft;
import io.eventrouter.event.PublishResult;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.journal.HookedDisk;
import io.eventrouter.journal.SimulatedDisk;
import io.eventrouter.metering.UsageGranularity;
import io.eventrouter.metering.UsageHandler;
import io.eventrouter.metering.UsageRecord;
import io.eventrouter.metering.UsageSnapshot;
import io.eventrouter.metering.UsageThreshold;
import io.eventrouter.status.RouterCounter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Usage over restarts, as an embedder sees it: a whole router, run by this thread, on a simulated disk. */
@Timeout(300)
class KeptUsageTest {
    private static final EntityId ANN = EntityId.of(0xa, 1);
    private static final AccountId ANNS = AccountId.user(ANN);
    private static final int PRODUCT = 7;
    private static final int DEVICES = 20;
    private static final long TIMEOUT_NS = TimeUnit.SECONDS.toNanos(20);
    private static final long START_MS = Instant.parse("2026-11-10T00:00:00Z").toEpochMilli();
    private static final long NEXT_MONTH_MS =
            Instant.parse("2026-12-01T00:00:00Z").toEpochMilli();

    private final SimulatedDisk disk = new SimulatedDisk();
    private final HookedDisk hooks = new HookedDisk(disk);
    private final List<String> records = new ArrayList<>();
    private final List<UsageThreshold> thresholds = new ArrayList<>();
    private final List<Throwable> errors = new ArrayList<>();
    private long nowMs = START_MS;
    private long lastSequence;

    private final UsageHandler handler = new UsageHandler() {
        @Override
        public void onUsage(final UsageRecord record) {
            lastSequence = record.sequence();
            records.add(record.sequence() + ": " + record.account() + " device " + record.deviceIdLow() + " ["
                    + (record.windowStartMs() - START_MS) + ", " + (record.windowEndMs() - START_MS) + "] "
                    + record.publishOperations() + "+" + record.subscribeOperations());
        }

        @Override
        public void onThreshold(final UsageThreshold threshold) {
            lastSequence = threshold.sequence();
            thresholds.add(threshold);
        }
    };

    private RouterContext context() {
        return new RouterContext()
                .useInvoker(true)
                .hashSeed(1)
                .epochClock(() -> nowMs)
                .usageWindow(1, TimeUnit.HOURS)
                .usageHandler(handler)
                .errorHandler(errors::add)
                .deliveryHandler(delivery -> AttemptOutcome.ACKNOWLEDGED_FIRST);
    }

    private EventRouter launch() {
        return EventRouter.launch(context().dataDisk(hooks));
    }

    private EventRouter launchWithDevices(final RouterContext context) {
        final EventRouter router = EventRouter.launch(context);
        router.execute(new Command.RegisterUser(ANN, 100));
        for (int i = 0; i < DEVICES; i++) {
            router.execute(new Command.RegisterDevice(EntityId.of(0xd, i), 1_024));
            router.execute(new Command.Claim(EntityId.of(0xd, i), ANN));
        }
        return router;
    }

    private static long publish(final EventRouter router, final int device, final int events) {
        final EventDraft draft =
                new EventDraft().fromDevice(0xd, device).name("t").payload(new byte[1]);
        long sequence = -1;
        for (int i = 0; i < events; i++) {
            sequence = router.publish(draft);
            assertTrue(sequence >= 0, "refused: " + sequence);
        }
        return sequence;
    }

    private static void run(final EventRouter router) {
        for (int idle = 0; idle < 3; ) {
            idle = router.invoke() == 0 ? idle + 1 : 0;
        }
    }

    private static long closeWindow(final EventRouter router) {
        final CompletableFuture<Long> closed = router.closeUsageWindow();
        run(router);
        assertTrue(closed.isDone(), "not durable");
        return closed.join();
    }

    @Test
    void recordsAreHandedOutWhenTheirWindowIsDurableAndAllHaveItsTimes() {
        try (EventRouter router = launchWithDevices(context().dataDisk(hooks))) {
            publish(router, 3, 2);
            run(router);
            // A device that moves has a record of its own at once, which waits for its window.
            router.execute(new Command.Unclaim(EntityId.of(0xd, 3)));
            publish(router, 5, 1);
            run(router);
            assertTrue(records.isEmpty(), records.toString());
            nowMs += 1_000;

            closeWindow(router);

            assertEquals(
                    List.of("1: " + ANNS + " device 3 [0, 1000] 2+0", "2: " + ANNS + " device 5 [0, 1000] 1+0"),
                    records);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void whatWasNotAcknowledgedComesAgainAfterAKillAndWhatWasDoesNot(final int lanes) {
        final EventRouter killed = launchWithDevices(context().dataDisk(hooks).lanes(lanes));
        for (int device = 0; device < DEVICES; device++) {
            publish(killed, device, 1 + device % 3);
        }
        closeWindow(killed);
        killed.acknowledgeUsage(lastSequence - 7);
        run(killed);
        final List<String> unacknowledged = List.copyOf(records.subList(records.size() - 7, records.size()));
        publish(killed, 0, 5);
        run(killed);
        disk.kill();
        records.clear();

        try (EventRouter router = EventRouter.launch(context().dataDisk(hooks).lanes(lanes))) {
            run(router);

            assertEquals(unacknowledged, records, "the same, and nothing of the window that was open");
            publish(router, 0, 1);
            closeWindow(router);
            assertEquals(8, records.size(), "new ones come behind");
            assertTrue(records.get(7).startsWith(lastSequence + ": "), records.get(7));
            assertEquals(DEVICES + 1, lastSequence - thresholds.size());
        }
    }

    @Test
    void windowsThatBecomeDurableAndRecordsThatAreHandedOverAreCountedThoseThatComeAgainToo() {
        final EventRouter killed = launchWithDevices(context().dataDisk(hooks));
        for (int device = 0; device < 3; device++) {
            publish(killed, device, 1);
        }
        closeWindow(killed);
        publish(killed, 5, 1);
        closeWindow(killed);
        assertEquals(2, killed.counter(RouterCounter.USAGE_WINDOWS_COMMITTED));
        assertEquals(4, killed.counter(RouterCounter.USAGE_RECORDS_EMITTED));
        killed.acknowledgeUsage(1);
        run(killed);
        disk.kill();

        try (EventRouter router = launch()) {
            run(router);
            assertEquals(3, router.counter(RouterCounter.USAGE_RECORDS_EMITTED));
            assertEquals(0, router.counter(RouterCounter.USAGE_WINDOWS_COMMITTED));
        }
    }

    @Test
    void whatWasRoutedIsCountedWhenTheRouterIsClosed() {
        final EventRouter router = launchWithDevices(context().dataDisk(hooks));
        final long sequence = publish(router, 1, 9);

        router.close();

        assertTrue(router.isCounted(sequence));
        assertFalse(router.isCounted(sequence + 2), "the command that closed it comes next");
    }

    @Test
    void whatACloseLeavesIsNotCounted() {
        final EventRouter router = launchWithDevices(context().dataDisk(hooks).closeTimeout(1, TimeUnit.NANOSECONDS));
        final long routed = publish(router, 1, 1);
        run(router);
        final long left = publish(router, 2, 1);

        assertEquals(1, router.closeAndReport().eventsLeft());

        assertTrue(router.isCounted(routed));
        assertFalse(router.isCounted(left));
    }

    @Test
    void anOrderlyCloseLosesNothing() {
        try (EventRouter router = launchWithDevices(context().dataDisk(hooks))) {
            publish(router, 1, 9);
        }
        assertEquals(List.of("1: " + ANNS + " device 1 [0, 0] 9+0"), records);

        try (EventRouter router = launch()) {
            assertEquals(new UsageSnapshot.Totals(9, 0), snapshot(router).of(ANNS));
        }
    }

    private static UsageSnapshot snapshot(final EventRouter router) {
        final CompletableFuture<UsageSnapshot> snapshot = router.usageSnapshot();
        run(router);
        return snapshot.join();
    }

    @Test
    void whatIsAcknowledgedWhileTheRouterClosesDoesNotComeAgainAndWhatIsAfterwardsDoes() {
        final AtomicReference<EventRouter> closing = new AtomicReference<>();
        closing.set(launchWithDevices(
                context().dataDisk(hooks).usageHandler(record -> closing.get().acknowledgeUsage(record.sequence()))));
        publish(closing.get(), 1, 1);
        closing.get().close();

        final EventRouter closed = launch();
        publish(closed, 2, 1);
        closed.close();
        assertEquals(List.of("2: " + ANNS + " device 2 [0, 0] 1+0"), records);
        closed.acknowledgeUsage(2);

        try (EventRouter router = launch()) {
            run(router);
            assertEquals(2, records.size());
            assertEquals(records.get(0), records.get(1));
        }
    }

    @Test
    void acknowledgingWhatWasNotHandedOutIsRefusedAndChangesNothing() {
        try (EventRouter router = launchWithDevices(context().dataDisk(hooks))) {
            publish(router, 1, 1);
            closeWindow(router);

            final IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> router.acknowledgeUsage(2));
            assertEquals("usage can be acknowledged when it was handed over: sequence=2, last=1", refused.getMessage());
            assertThrows(IllegalArgumentException.class, () -> router.acknowledgeUsage(-1));
            router.acknowledgeUsage(1);
            router.acknowledgeUsage(1);
            router.acknowledgeUsage(0);
        }
        records.clear();
        try (EventRouter router = launch()) {
            run(router);
            assertTrue(records.isEmpty(), records.toString());
            router.acknowledgeUsage(1);
        }
    }

    @Test
    void theSameWorksWithoutADataDirectoryForThisRun() {
        try (EventRouter router = launchWithDevices(context())) {
            publish(router, 1, 1);
            publish(router, 2, 70);
            closeWindow(router);

            assertEquals(1, thresholds.get(0).sequence());
            assertEquals("3: " + ANNS + " device 2 [0, 0] 70+0", records.get(1));
            assertEquals(2, router.counter(RouterCounter.USAGE_RECORDS_EMITTED));
            router.acknowledgeUsage(3);
            final IllegalArgumentException refused =
                    assertThrows(IllegalArgumentException.class, () -> router.acknowledgeUsage(4));
            assertEquals("usage can be acknowledged when it was handed over: sequence=4, last=3", refused.getMessage());
            assertThrows(IllegalStateException.class, () -> router.isCounted(0));
            assertThrows(IllegalStateException.class, () -> router.awaitCounted(0, 1));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aGatewayCanWaitUntilTheCountsOfAnEventAreDurable(final int lanes) {
        try (EventRouter router = launchWithDevices(context().dataDisk(hooks).lanes(lanes))) {
            final long first = publish(router, 1, 1);
            final long second = publish(router, 2, 1);
            run(router);
            assertFalse(router.isCounted(first));
            assertFalse(router.awaitCounted(second, 1));
            // An acknowledgement that hangs on this must not be given for an event that was refused.
            assertThrows(
                    IllegalArgumentException.class,
                    () -> router.awaitCounted(PublishResult.BACK_PRESSURED, TIMEOUT_NS));
            assertThrows(IllegalArgumentException.class, () -> router.isCounted(PublishResult.BACK_PRESSURED));

            router.closeUsageWindow();

            assertTrue(router.awaitCounted(first, TIMEOUT_NS));
            assertTrue(router.awaitCounted(second, TIMEOUT_NS));
            disk.kill();
        }
        records.clear();
        errors.clear();
        try (EventRouter router = EventRouter.launch(context().dataDisk(hooks).lanes(lanes))) {
            run(router);
            assertEquals(2, records.size(), "both events of the killed router are on the bill: " + records);
        }
    }

    @Test
    void aDiskThatFailsHoldsWindowsUpAndLosesNothing() {
        try (EventRouter router = launchWithDevices(context().dataDisk(hooks))) {
            final long first = publish(router, 1, 1);
            run(router);
            disk.failForces(true);
            final CompletableFuture<Long> closed = router.closeUsageWindow();
            run(router);
            for (int hour = 1; hour <= 3; hour++) {
                publish(router, 2, 10);
                nowMs += TimeUnit.HOURS.toMillis(1);
                run(router);
            }

            assertFalse(closed.isDone());
            assertFalse(router.isCounted(first));
            assertTrue(records.isEmpty(), records.toString());
            assertEquals(1, router.counter(RouterCounter.USAGE_WINDOWS_EXTENDED), "one window, three times as long");
            assertEquals(2, errors.size(), "that it cannot be written and not grow, once each: " + errors);
            assertEquals(31, router.counter(RouterCounter.PUBLISH_OPERATIONS), "routing goes on");

            disk.failForces(false);
            nowMs += 2_000;
            run(router);

            assertTrue(closed.isDone());
            assertEquals("1: " + ANNS + " device 1 [0, 0] 1+0", records.get(0));
            final long hours = TimeUnit.HOURS.toMillis(3);
            assertEquals("2: " + ANNS + " device 2 [0, " + hours + "] 30+0", records.get(1));
        }
    }

    @Test
    void aFullDiskIsToldOnceAndServiceComesBackByItself() {
        try (EventRouter router = launchWithDevices(context().dataDisk(hooks).journalSegmentLength(1 << 17))) {
            disk.capacity(disk.usedBytes());
            // Twice what fits into the two segments that are there.
            final int windows = 500;
            for (int i = 0; i < windows; i++) {
                for (int device = 0; device < DEVICES; device++) {
                    publish(router, device, 1);
                }
                nowMs += TimeUnit.HOURS.toMillis(1);
                run(router);
                router.acknowledgeUsage(lastSequence);
            }
            assertEquals(
                    1, router.counter(RouterCounter.USAGE_WINDOWS_EXTENDED), "one window takes all that does not fit");
            assertEquals(1, errors.size(), "told once: " + errors);
            assertTrue(
                    errors.get(0).getMessage().contains("disk is full"),
                    errors.get(0).getMessage());
            assertEquals((long) windows * DEVICES, router.counter(RouterCounter.EVENTS_ROUTED), "routing goes on");
            disk.capacity(Long.MAX_VALUE);
            for (int i = 0; i < 3; i++) {
                nowMs += TimeUnit.HOURS.toMillis(1);
                run(router);
            }

            final long counted = records.stream()
                    .map(record -> record.substring(record.lastIndexOf(' ') + 1, record.lastIndexOf('+')))
                    .mapToLong(Long::parseLong)
                    .sum();
            assertEquals((long) windows * DEVICES, counted);
        }
    }

    @Test
    void aHandlerThatThrowsIsToldAndItsRecordComesAgain() {
        final List<Long> seen = new ArrayList<>();
        final UsageHandler faulty = record -> {
            seen.add(record.sequence());
            if (record.sequence() == 2) {
                throw new StackOverflowError("handler");
            }
        };
        final EventRouter killed = launchWithDevices(context().dataDisk(hooks).usageHandler(faulty));
        for (int device = 0; device < 3; device++) {
            publish(killed, device, 1);
        }
        closeWindow(killed);

        assertEquals(List.of(1L, 2L, 3L), seen);
        assertEquals(1, errors.size());
        assertInstanceOf(StackOverflowError.class, errors.get(0));
        assertEquals(1, killed.counter(RouterCounter.USAGE_HANDLER_FAILED));
        killed.acknowledgeUsage(1);
        run(killed);
        disk.kill();
        try (EventRouter router = launch()) {
            run(router);
            assertEquals(2, records.size(), records.toString());
        }
    }

    @Test
    void useOfTheMonthAndThresholdsGoOnAfterARestartAndNothingIsToldTwice() {
        final EventRouter killed = launchWithDevices(context().dataDisk(hooks));
        publish(killed, 1, 75);
        closeWindow(killed);
        publish(killed, 1, 5);
        run(killed);
        disk.kill();
        assertEquals(
                List.of(70), thresholds.stream().map(UsageThreshold::percent).toList());

        final EventRouter second = launch();
        run(second);
        assertEquals(2, thresholds.size(), "not acknowledged, so it comes again");
        assertEquals(thresholds.get(0), thresholds.get(1));
        publish(second, 1, 14);
        run(second);
        assertEquals(2, thresholds.size(), "75 and 14 are less than 90; the 5 were in no durable window");
        publish(second, 1, 1);
        run(second);
        assertEquals(90, thresholds.get(2).percent());
        assertEquals(90, thresholds.get(2).usedOperations());
        closeWindow(second);
        second.acknowledgeUsage(lastSequence);
        run(second);
        disk.kill();

        thresholds.clear();
        nowMs = NEXT_MONTH_MS + 1;
        try (EventRouter router = launch()) {
            publish(router, 1, 69);
            run(router);
            assertTrue(thresholds.isEmpty(), "a month that ended meanwhile begins afresh: " + thresholds);
            assertEquals(new UsageSnapshot.Totals(90 + 69, 0), snapshot(router).of(ANNS));
            publish(router, 1, 1);
            run(router);
            assertEquals(70, thresholds.get(0).percent());
            assertEquals(NEXT_MONTH_MS, thresholds.get(0).monthStartMs());
        }
    }

    @ParameterizedTest
    @EnumSource
    void totalsOfProductsAndAccountsGoOnAfterARestartAndNoRecordHasThemAgain(final UsageGranularity granularity) {
        final EventRouter killed = launchWithDevices(context().dataDisk(hooks).usageGranularity(granularity));
        killed.execute(new Command.RegisterProduct(PRODUCT, ANNS));
        killed.execute(new Command.AddToProduct(EntityId.of(0xd, 1), PRODUCT));
        publish(killed, 1, 3);
        closeWindow(killed);
        killed.acknowledgeUsage(lastSequence);
        run(killed);
        disk.kill();
        records.clear();

        try (EventRouter router = EventRouter.launch(context().dataDisk(hooks).usageGranularity(granularity))) {
            publish(router, 1, 2);
            closeWindow(router);

            assertEquals(new UsageSnapshot.Totals(5, 0), snapshot(router).ofProduct(PRODUCT));
            assertEquals(new UsageSnapshot.Totals(5, 0), snapshot(router).of(ANNS));
            assertEquals(1, records.size(), records.toString());
            assertTrue(records.get(0).endsWith("] 2+0"), records.toString());
        }
    }

    @Test
    void aMonthBeginsWithAWindowSoThatNoRecordIsInTwo() {
        nowMs = NEXT_MONTH_MS - 10;
        try (EventRouter router = launchWithDevices(context().dataDisk(hooks).usageWindow(7, TimeUnit.DAYS))) {
            publish(router, 1, 80);
            run(router);
            nowMs = NEXT_MONTH_MS + 5;
            run(router);
            publish(router, 1, 80);
            run(router);

            assertEquals(
                    List.of(70, 70),
                    thresholds.stream().map(UsageThreshold::percent).toList());
            assertEquals(1, records.size());
            assertTrue(
                    records.get(0).contains(", " + (NEXT_MONTH_MS - START_MS) + "] 80+0"),
                    "ends where the month began: " + records);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void windowsEndAgainWhenTheClockWasFarAheadForAMoment(final boolean keepsUsage) {
        final RouterContext context = keepsUsage ? context().dataDisk(hooks) : context();
        try (EventRouter router = launchWithDevices(context)) {
            nowMs += TimeUnit.DAYS.toMillis(10);
            run(router);
            nowMs -= TimeUnit.DAYS.toMillis(10);
            publish(router, 3, 2);
            run(router);
            assertTrue(records.isEmpty(), records.toString());

            nowMs += TimeUnit.HOURS.toMillis(1);
            run(router);

            // No window ends before it began, and time has to come to where this one began.
            final long aheadMs = TimeUnit.DAYS.toMillis(10);
            assertEquals(List.of("1: " + ANNS + " device 3 [" + aheadMs + ", " + aheadMs + "] 2+0"), records);
        }
    }

    @Test
    void aWindowIsNotClosedTwiceWhenTheClockGoesBackALittle() {
        try (EventRouter router = launchWithDevices(context())) {
            nowMs += TimeUnit.HOURS.toMillis(1);
            run(router);
            nowMs -= TimeUnit.MINUTES.toMillis(1);
            publish(router, 3, 2);
            run(router);
            nowMs += TimeUnit.MINUTES.toMillis(1);
            run(router);

            assertTrue(records.isEmpty(), records.toString());
        }
    }

    @Test
    void aClockThatWasSetBackDoesNotBeginAMonthAgain() {
        nowMs = NEXT_MONTH_MS + 1;
        try (EventRouter router = launchWithDevices(context().dataDisk(hooks))) {
            publish(router, 1, 75);
        }
        thresholds.clear();
        nowMs = START_MS;
        try (EventRouter router = launch()) {
            run(router);
            router.acknowledgeUsage(lastSequence);
            thresholds.clear();
            publish(router, 1, 14);
            run(router);
            assertTrue(thresholds.isEmpty(), thresholds.toString());
        }
    }

    @Test
    void whatNobodyListensToIsNotKeptButCounts() {
        final EventRouter killed = launchWithDevices(context().dataDisk(hooks).usageHandler(UsageHandler.NONE));
        publish(killed, 1, 75);
        closeWindow(killed);
        run(killed);
        disk.kill();

        try (EventRouter router = launch()) {
            run(router);
            assertTrue(records.isEmpty(), records.toString());
            assertTrue(thresholds.isEmpty(), thresholds.toString());
            assertEquals(new UsageSnapshot.Totals(75, 0), snapshot(router).of(ANNS));
        }
    }

    @Test
    void whoAsksForAWindowOfAClosedRouterIsRefused() {
        final EventRouter router = launchWithDevices(context().dataDisk(hooks));
        publish(router, 1, 1);
        run(router);
        router.close();

        assertThrows(CommandRefusedException.class, router::closeUsageWindow);
    }

    @Test
    void callersWhoAskForAWindowWhileOneIsOnItsWayGetTheNext() {
        try (EventRouter router = launchWithDevices(context().dataDisk(hooks))) {
            publish(router, 1, 1);
            final CompletableFuture<Long> first = router.closeUsageWindow();
            router.invoke();
            publish(router, 1, 1);
            final CompletableFuture<Long> second = router.closeUsageWindow();
            final CompletableFuture<Long> third = router.closeUsageWindow();
            run(router);

            assertTrue(second.join() > first.join());
            assertEquals(second.join(), third.join(), "one window does for both");
            assertEquals(2, records.size());
        }
    }

    @Test
    void whatACloseThatGaveUpHasWrittenAllTheSameIsHandedOutByTheNextRun() {
        final EventRouter router = launchWithDevices(
                context().dataDisk(hooks).nanoClock(new FairClock()).closeTimeout(100, TimeUnit.MILLISECONDS));
        publish(router, 1, 3);
        run(router);
        disk.failForces(true);

        router.close();

        assertTrue(records.isEmpty());
        disk.failForces(false);
        nowMs += 2_000;
        EventRouter.launch(context().dataDisk(hooks)).close();
        assertEquals(1, records.size());
        assertThrows(CommandRefusedException.class, () -> router.execute(new Command.Unclaim(EntityId.of(0xd, 1))));
    }

    @Test
    void whoWaitsForAWindowIsToldThatTheRouterClosed() {
        final EventRouter router = launchWithDevices(context().dataDisk(hooks));
        disk.failForces(true);
        publish(router, 1, 1);
        router.closeUsageWindow();
        run(router);
        final CompletableFuture<Long> waiting = router.closeUsageWindow();
        disk.failForces(false);
        nowMs += 2_000;
        router.close();

        final CompletionException problem = assertThrows(CompletionException.class, waiting::join);
        assertInstanceOf(CommandRefusedException.class, problem.getCause());
    }
}
