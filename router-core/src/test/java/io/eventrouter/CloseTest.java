package io.eventrouter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.command.Command;
import io.eventrouter.command.CommandRefusedException;
import io.eventrouter.command.Refusal;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.event.EventDraft;
import io.eventrouter.event.PublishResult;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.memory.RefusingMemory;
import io.eventrouter.metering.UsageSnapshot;
import io.eventrouter.status.CloseReport;
import io.eventrouter.status.RouterCounter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.IdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Closing says exactly what it did not do, in bounded time, whatever the code around the router does. */
@Timeout(300)
class CloseTest {
    private static final EntityId ANN = EntityId.of(0xa, 1);
    private static final EntityId DEVICE = EntityId.of(0xe, 1);
    private static final int EVENTS = 100;

    private final FairClock clock = new FairClock();
    private final CountDownLatch blocked = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);
    private final AtomicInteger delivered = new AtomicInteger();
    private final AtomicReference<String> told = new AtomicReference<>();

    private RouterContext context() {
        return new RouterContext()
                .maxDevices(1_000)
                .maxAccounts(1_000)
                .journalSegmentLength(1 << 17)
                .closeTimeout(50, TimeUnit.MILLISECONDS)
                .nanoClock(clock)
                .threadFactory(clock)
                // No window ends, which would take a slot and make a record.
                .epochClock(() -> 1_000_000)
                .errorHandler(problem -> told.set(problem.getMessage()))
                .deliveryHandler(delivery -> {
                    delivered.incrementAndGet();
                    return AttemptOutcome.PENDING;
                });
    }

    private AttemptOutcome blockAt(final int delivery) {
        if (delivered.incrementAndGet() == delivery) {
            blocked.countDown();
            blockWhateverHappens();
        }
        return AttemptOutcome.PENDING;
    }

    // Interrupts do not help against this one.
    private void blockWhateverHappens() {
        while (release.getCount() > 0) {
            LockSupport.parkNanos(1_000_000);
            Thread.interrupted();
        }
    }

    private static EventRouter withDevice(final EventRouter router) {
        router.execute(new Command.RegisterUser(ANN, 0));
        router.execute(new Command.RegisterDevice(DEVICE));
        router.execute(new Command.Claim(DEVICE, ANN));
        router.execute(new Command.Subscribe(DEVICE, "t"));
        router.execute(new Command.GoOnline(DEVICE));
        return router;
    }

    private static EventDraft event() {
        return new EventDraft().fromDevice(DEVICE).name("temp");
    }

    private static int publish(final EventRouter router, final int events) {
        int accepted = 0;
        for (int i = 0; i < events; i++) {
            accepted += router.publish(event()) >= 0 ? 1 : 0;
        }
        return accepted;
    }

    private static long refused(final EventRouter router) {
        long refused = 0;
        for (final RouterCounter counter : RouterCounter.values()) {
            refused += counter.name().startsWith("EVENTS_REFUSED") ? router.counter(counter) : 0;
        }
        return refused;
    }

    private static void assertSumsAddUp(final EventRouter router, final long offered) {
        assertEquals(
                offered,
                router.counter(RouterCounter.EVENTS_ACCEPTED)
                        + refused(router)
                        + router.counter(RouterCounter.EVENTS_LEFT_AT_CLOSE));
        assertEquals(
                router.counter(RouterCounter.EVENTS_ACCEPTED),
                router.counter(RouterCounter.EVENTS_ROUTED)
                        + router.counter(RouterCounter.EVENTS_UNROUTABLE)
                        + router.counter(RouterCounter.EVENTS_DROPPED_PAUSED));
        if (router.closeAndReport().eventsInDelivery() == 0) {
            assertEquals(
                    router.counter(RouterCounter.DEVICES_MATCHED), router.counter(RouterCounter.DELIVERIES_TO_DEVICES));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldLeaveNothingWhenHandlersComeBack(final int lanes) {
        final EventRouter router = withDevice(
                EventRouter.launch(context().lanes(lanes).ringSlots(2_048).closeTimeout(60, TimeUnit.SECONDS)));
        final int accepted = publish(router, 10_000);
        final CompletableFuture<Long> last = router.submit(new Command.GoOffline(DEVICE));

        final CloseReport report = router.closeAndReport();

        assertTrue(report.isComplete(), report::toString);
        assertTrue(last.isDone() && !last.isCompletedExceptionally());
        assertEquals(accepted, delivered.get());
        assertEquals(null, told.get());
        assertSumsAddUp(router, 10_000);
        assertEquals(report, router.closeAndReport());
    }

    /** Longer than threads have that do not come back from a handler, and without an interrupt. */
    @Test
    void shouldWaitForAThreadWithoutAProcessorWhileThereIsTime() {
        final StandingIdleStrategy standing = new StandingIdleStrategy();
        final EventRouter router = withDevice(EventRouter.launch(context()
                .closeTimeout(60, TimeUnit.SECONDS)
                .usageHandler(record -> standing.secondsLeft = 3)
                .idleStrategy(standing)));
        publish(router, 1);

        final CloseReport report = router.closeAndReport();

        assertTrue(report.isComplete(), report::toString);
        assertFalse(standing.isInterrupted);
        assertEquals(1, delivered.get());
        assertSumsAddUp(router, 1);
    }

    /** Stands still for a second when it is told to, as often as that; all of it on the routing thread. */
    private final class StandingIdleStrategy implements IdleStrategy {
        private int secondsLeft;
        private volatile boolean isInterrupted;

        @Override
        public void idle(final int workCount) {
            idle();
        }

        @Override
        public void idle() {
            isInterrupted |= clock.sleep(secondsLeft > 0 ? TimeUnit.SECONDS.toNanos(1) : 0) && secondsLeft > 0;
            secondsLeft--;
        }

        @Override
        public void reset() {
            // It has no state of its own.
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64, 65, 100})
    void shouldCountWhatIsBehindTheEventWhoseHandlerBlocks(final int blockingDelivery) throws InterruptedException {
        final EventRouter router =
                withDevice(EventRouter.launch(context().deliveryHandler(delivery -> blockAt(blockingDelivery))));
        final CompletableFuture<UsageSnapshot> question;
        final CompletableFuture<Long> command;
        try {
            // Events of one, two and many slots, which hold what could be taken for other events, and what is no event.
            for (int i = 0; i < EVENTS; i++) {
                final byte[] payload = new byte[i % 3 * 100];
                Arrays.fill(payload, (byte) (1 + i % 2 * 2));
                assertTrue(router.publish(event().payload(payload)) >= 0);
            }
            blocked.await();
            command = router.submit(new Command.Unclaim(DEVICE));
            question = router.usageSnapshot();
            assertTrue(router.reportAttempts(DEVICE.high(), DEVICE.low(), 1, AttemptOutcome.FAILED) >= 0);

            final CloseReport report = router.closeAndReport();

            assertEquals(
                    new CloseReport(EVENTS - blockingDelivery, 1, 1, 2, 0, true, List.of("event-router-routing")),
                    report);
            assertEquals("closed before everything was done: " + report + ", closeTimeoutNs=50000000", told.get());
            assertEquals(blockingDelivery, router.counter(RouterCounter.EVENTS_ACCEPTED));
            assertEquals(1, router.counter(RouterCounter.ATTEMPT_REPORTS_LEFT_AT_CLOSE));
            assertEquals(2, router.counter(RouterCounter.COMMANDS_UNANSWERED_AT_CLOSE));
            assertSumsAddUp(router, EVENTS);
            final CompletionException failure = assertThrows(CompletionException.class, command::join);
            assertEquals(
                    Refusal.CLOSED,
                    assertInstanceOf(CommandRefusedException.class, failure.getCause())
                            .refusal());
            assertThrows(CompletionException.class, question::join);
            assertEquals(PublishResult.CLOSED, router.publish(event()));
            assertEquals(report, router.closeAndReport());
        } finally {
            release.countDown();
        }
        awaitEndOfThreads();
        assertEquals(blockingDelivery, delivered.get(), "nothing is begun with afterwards");
        assertSumsAddUp(router, EVENTS + 1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 64, 65, 128, 150})
    void shouldCountAndChargeAllBut64DeliveriesBeforeTheOneWhoseHandlerNeverReturns(final int blockingDelivery)
            throws InterruptedException {
        final EventRouter router =
                withDevice(EventRouter.launch(context().deliveryHandler(delivery -> blockAt(blockingDelivery))));
        try {
            for (int i = 2; i <= 150; i++) {
                final EntityId device = EntityId.of(0xe, i);
                router.execute(new Command.RegisterDevice(device));
                router.execute(new Command.Claim(device, ANN));
                router.execute(new Command.Subscribe(device, "t"));
                router.execute(new Command.GoOnline(device));
            }
            publish(router, 1);
            blocked.await();

            assertEquals(1, router.closeAndReport().eventsInDelivery());

            final long counted = router.counter(RouterCounter.DELIVERIES_TO_DEVICES);
            assertTrue(counted < blockingDelivery && counted >= blockingDelivery - 64, "counted=" + counted);
            assertEquals(counted, router.counter(RouterCounter.DEVICES_MATCHED));
            assertEquals(counted, router.counter(RouterCounter.SUBSCRIBE_OPERATIONS));
            assertEquals(1, router.counter(RouterCounter.PUBLISH_OPERATIONS));
        } finally {
            release.countDown();
        }
        awaitEndOfThreads();
    }

    @Test
    void shouldChargeAProductNothingForASliceWhoseHandlerNeverReturns() throws InterruptedException {
        final EventRouter router = withDevice(EventRouter.launch(context().deliveryHandler(delivery -> blockAt(150))));
        try {
            router.execute(new Command.RegisterProduct(7, AccountId.user(ANN)));
            for (int i = 2; i <= 151; i++) {
                final EntityId device = EntityId.of(0xe, i);
                router.execute(new Command.RegisterDevice(device));
                router.execute(new Command.AddToProduct(device, 7));
                router.execute(new Command.Subscribe(device, "t"));
                router.execute(new Command.GoOnline(device));
            }
            router.publish(new EventDraft().fromDevice(EntityId.of(0xe, 2)).name("temp"));
            blocked.await();

            assertEquals(1, router.closeAndReport().eventsInDelivery());

            final long counted = router.counter(RouterCounter.DELIVERIES_TO_DEVICES);
            assertTrue(counted < 150 && counted >= 150 - 64, "counted=" + counted);
            assertEquals(0, router.counter(RouterCounter.SUBSCRIBE_OPERATIONS));
        } finally {
            release.countDown();
        }
        awaitEndOfThreads();
    }

    @Test
    void shouldLetNobodyWaitForWhatAClosedRouterHasLeft() throws Exception {
        final EventRouter router = withDevice(EventRouter.launch(context().deliveryHandler(delivery -> blockAt(1))));
        try {
            final long begun = router.publish(event());
            blocked.await();
            final long left = router.publish(event());
            final CompletableFuture<Boolean> waiting =
                    CompletableFuture.supplyAsync(() -> router.awaitRouted(left, Long.MAX_VALUE));

            assertEquals(1, router.closeAndReport().eventsLeft());

            assertFalse(waiting.get(60, TimeUnit.SECONDS));
            assertFalse(router.awaitRouted(begun, Long.MAX_VALUE));
            assertFalse(router.awaitRouted(left, Long.MAX_VALUE));
        } finally {
            release.countDown();
        }
        awaitEndOfThreads();
    }

    @Test
    void shouldTellWhoeverAsksForAnOwnerThatTheRouterWasClosedMeanwhile() throws Exception {
        final EventRouter router = withDevice(EventRouter.launch(context().deliveryHandler(delivery -> blockAt(1))));
        try {
            publish(router, 1);
            blocked.await();
            final long slotsBefore = router.remainingSlots();
            final CompletableFuture<CommandRefusedException> asking = CompletableFuture.supplyAsync(
                    () -> assertThrows(CommandRefusedException.class, () -> router.ownershipOf(DEVICE)));
            while (router.remainingSlots() == slotsBefore) {
                Thread.onSpinWait();
            }

            assertEquals(1, router.closeAndReport().commandsUnanswered());

            assertEquals(Refusal.CLOSED, asking.get().refusal());
        } finally {
            release.countDown();
        }
        awaitEndOfThreads();
    }

    @Test
    void shouldInterruptAHandlerThatWaits() throws InterruptedException {
        final EventRouter router = withDevice(EventRouter.launch(context().deliveryHandler(delivery -> {
            delivered.incrementAndGet();
            blocked.countDown();
            while (release.getCount() > 0 && !Thread.interrupted()) {
                LockSupport.parkNanos(1_000_000);
            }
            // It is waited for behind the interrupt, too.
            clock.sleep(TimeUnit.MILLISECONDS.toNanos(100));
            return AttemptOutcome.PENDING;
        })));
        publish(router, EVENTS);
        blocked.await();

        try {
            assertEquals(new CloseReport(EVENTS - 1, 0, 0, 0, 0, true, List.of()), router.closeAndReport());
        } finally {
            release.countDown();
        }
        assertEquals(1, delivered.get());
        assertSumsAddUp(router, EVENTS);
    }

    @Test
    void shouldInterruptNoThreadThatComesBack() throws InterruptedException {
        final EventRouter router = withDevice(EventRouter.launch(context().deliveryHandler(delivery -> blockAt(1))));
        publish(router, 1);
        blocked.await();

        try {
            assertEquals(
                    List.of("event-router-routing"), router.closeAndReport().threadsRunning());
        } finally {
            release.countDown();
        }
        assertEquals(Set.of("event-router-routing"), clock.interrupted());
        awaitEndOfThreads();
    }

    @Test
    void shouldBillWhatWasDoneWhenMuchIsLeft() throws InterruptedException {
        final List<Long> billed = new ArrayList<>();
        final RouterContext context = context()
                .usageHandler(record -> billed.add(record.publishOperations() + record.subscribeOperations()))
                .deliveryHandler(delivery -> {
                    delivered.incrementAndGet();
                    blocked.countDown();
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
                    return AttemptOutcome.PENDING;
                });
        final EventRouter router = withDevice(EventRouter.launch(context));
        // More than it gets through with in any time in which this test may be held up.
        publish(router, 10_000);
        blocked.await();

        final CloseReport report = router.closeAndReport();

        assertTrue(report.eventsLeft() > 0, report::toString);
        assertEquals(10_000, delivered.get() + report.eventsLeft());
        assertEquals(List.of(2L * delivered.get()), billed);
        assertEquals(1, router.counter(RouterCounter.USAGE_RECORDS_EMITTED));
        assertSumsAddUp(router, 10_000);
    }

    @Test
    void shouldLeaveOtherLanesWholeWhenOneIsBlocked() throws InterruptedException {
        final EventRouter router = EventRouter.launch(context().lanes(2).deliveryHandler(delivery -> blockAt(1)));
        try {
            router.execute(new Command.RegisterUser(ANN, 0));
            for (int i = 0; i < 64; i++) {
                final EntityId device = EntityId.of(0xe, i);
                router.execute(new Command.RegisterDevice(device));
                router.execute(new Command.Claim(device, ANN));
            }
            router.execute(new Command.Subscribe(DEVICE, "t"));
            router.execute(new Command.GoOnline(DEVICE));
            int inLaneOfFirst = 0;
            final long first = router.publish(event());
            blocked.await();
            for (int i = 0; i < 64; i++) {
                final long sequence = router.publish(
                        new EventDraft().fromDevice(EntityId.of(0xe, i)).name("temp"));
                inLaneOfFirst += sequence % 2 == first % 2 ? 1 : 0;
            }
            final CompletableFuture<Long> command = router.submit(new Command.Unclaim(DEVICE));

            final CloseReport report = router.closeAndReport();

            assertEquals(inLaneOfFirst, report.eventsLeft());
            assertEquals(1, report.eventsInDelivery());
            assertEquals(1, report.commandsUnanswered());
            assertEquals(1, report.threadsRunning().size(), report::toString);
            assertThrows(CompletionException.class, command::join);
            assertSumsAddUp(router, 65);
        } finally {
            release.countDown();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldNotWaitForADependentActionThatBlocks(final int lanes, @TempDir final Path directory)
            throws InterruptedException {
        final CountDownLatch go = new CountDownLatch(1);
        final EventRouter router = withDevice(EventRouter.launch(
                context().lanes(lanes).dataDirectory(directory).deliveryHandler(delivery -> {
                    awaitUninterrupted(go);
                    return AttemptOutcome.PENDING;
                })));
        try {
            // Nothing is carried out before the actions are there.
            publish(router, 1);
            final CompletableFuture<Void> first = router.submit(new Command.GoOffline(DEVICE))
                    .thenAccept(sequence -> {
                        blocked.countDown();
                        blockWhateverHappens();
                    });
            final CompletableFuture<Long> second = router.submit(new Command.Unclaim(DEVICE));
            final CompletableFuture<Long> third = router.submit(new Command.GoOnline(DEVICE));
            final CompletableFuture<?> question = router.usageSnapshot();
            go.countDown();
            blocked.await();

            final CloseReport report = router.closeAndReport();

            assertFalse(first.isDone());
            assertEquals(new CloseReport(0, 0, 0, 3, 0, true, List.of("event-router-acknowledging")), report);
            assertEquals(
                    "router was closed before the command was acknowledged, and with a data directory it may hold after the"
                            + " next start: command=" + new Command.Unclaim(DEVICE),
                    failureOf(second));
            assertEquals(
                    "router was closed before the command was acknowledged: command=" + new Command.GoOnline(DEVICE),
                    failureOf(third));
            assertEquals("router was closed before the question was answered: question=SNAPSHOT", failureOf(question));
        } finally {
            release.countDown();
        }
        awaitEndOfThreads();
        EventRouter.launch(context().dataDirectory(directory)).close();
    }

    /** Closing interrupts an action that waits. More commands are behind it than two rounds acknowledge. */
    @Test
    void shouldAcknowledgeAllThatWasCarriedOutBehindADependentActionThatWaits() throws InterruptedException {
        // The command is not carried out before the action depends on it, which else would run here.
        final CountDownLatch go = new CountDownLatch(1);
        final EventRouter router =
                withDevice(EventRouter.launch(context().ringSlots(1 << 16).deliveryHandler(delivery -> {
                    awaitUninterrupted(go);
                    return AttemptOutcome.PENDING;
                })));
        publish(router, 1);
        final CompletableFuture<Void> first = router.submit(new Command.GoOffline(DEVICE))
                .thenAccept(sequence -> {
                    blocked.countDown();
                    waitUntilInterrupted();
                    // It is waited for behind the interrupt, too.
                    clock.sleep(TimeUnit.MILLISECONDS.toNanos(100));
                });
        go.countDown();
        blocked.await();
        final List<CompletableFuture<Long>> carriedOut = new ArrayList<>();
        for (int i = 0; i < 9_000; i++) {
            carriedOut.add(router.submit(new Command.GoOnline(DEVICE)));
        }
        assertTrue(router.awaitRouted(router.publish(event()), TimeUnit.SECONDS.toNanos(60)));

        final CloseReport report = router.closeAndReport();

        assertEquals(new CloseReport(0, 0, 0, 0, 0, true, List.of()), report);
        assertTrue(first.isDone());
        carriedOut.forEach(CompletableFuture::join);
    }

    private static String failureOf(final CompletableFuture<?> answer) {
        return assertThrows(CompletionException.class, answer::join).getCause().getMessage();
    }

    private static void awaitUninterrupted(final CountDownLatch latch) {
        try {
            latch.await();
        } catch (final InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void shouldNotWaitForAUsageHandlerThatBlocks() throws InterruptedException {
        final EventRouter router = withDevice(EventRouter.launch(context().usageHandler(record -> {
            blocked.countDown();
            blockWhateverHappens();
        })));
        try {
            assertEquals(EVENTS, publish(router, EVENTS));
            // Nothing but the handler is to hold up closing, however busy the machine is.
            assertTrue(router.awaitRouted(router.publish(event()), TimeUnit.SECONDS.toNanos(60)));

            final CloseReport report = router.closeAndReport();

            assertEquals(new CloseReport(0, 0, 0, 0, 0, true, List.of("event-router-routing")), report);
            assertFalse(report.isComplete());
            assertSumsAddUp(router, EVENTS + 1);
        } finally {
            release.countDown();
        }
    }

    @Test
    void shouldCloseThoughItsThreadsNeverRan(@TempDir final Path directory) {
        try (RefusingMemory memory = new RefusingMemory(Integer.MAX_VALUE)) {
            closeWithoutThreads(directory);
            assertEquals(0, memory.notGivenBack());
        }
        EventRouter.launch(context().dataDirectory(directory)).close();
    }

    private void closeWithoutThreads(final Path directory) {
        final EventRouter router =
                EventRouter.launch(context().dataDirectory(directory).threadFactory(task -> clock.newThread(() -> {})));
        final CompletableFuture<Long> command = router.submit(new Command.RegisterDevice(DEVICE));

        assertEquals(new CloseReport(0, 0, 0, 1, 0, true, List.of()), router.closeAndReport());
        assertThrows(CompletionException.class, command::join);
    }

    @Test
    void shouldCloseWhileAnotherThreadThatRunsItIsBlocked() throws InterruptedException {
        final EventRouter router =
                withDevice(EventRouter.launch(context().useInvoker(true).deliveryHandler(delivery -> blockAt(1))));
        publish(router, EVENTS);
        final Thread invoking = new Thread(router::invoke, "invoking");
        invoking.start();
        blocked.await();
        try {
            assertEquals(new CloseReport(EVENTS - 1, 1, 0, 0, 0, true, List.of("invoking")), router.closeAndReport());
            assertSumsAddUp(router, EVENTS);
        } finally {
            release.countDown();
        }
        invoking.join();
        assertEquals(0, router.invoke());
        assertEquals(1, delivered.get());
    }

    @Test
    void shouldCountAllThatIsLeftInAFullRing() throws InterruptedException {
        final EventRouter router =
                withDevice(EventRouter.launch(context().ringSlots(2_048).deliveryHandler(delivery -> blockAt(1))));
        try {
            publish(router, 1);
            blocked.await();
            final int left = publish(router, 3_000);
            assertTrue(left < 3_000, "left=" + left);

            assertEquals(left, router.closeAndReport().eventsLeft(), "though there is no room for what closes it");
        } finally {
            release.countDown();
        }
        awaitEndOfThreads();
    }

    @Test
    void shouldLeaveNothingThoughTheRingIsFull() {
        final EventRouter router = withDevice(
                EventRouter.launch(context().useInvoker(true).ringSlots(2_048).closeTimeout(60, TimeUnit.SECONDS)));
        final int accepted = publish(router, 3_000);
        assertEquals(0, router.remainingSlots());

        assertEquals(new CloseReport(0, 0, 0, 0, 0, true, List.of()), router.closeAndReport());
        assertEquals(accepted, delivered.get());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void shouldInterruptAHandlerThatWaitsInEitherLane(final int lane) throws InterruptedException {
        final EventRouter router =
                withDevice(EventRouter.launch(context().lanes(2).deliveryHandler(delivery -> {
                    blocked.countDown();
                    waitUntilInterrupted();
                    return AttemptOutcome.PENDING;
                })));
        try {
            int number = 2;
            while (laneOfAnother(router, number) != lane) {
                number++;
            }
            assertTrue(router.publish(new EventDraft()
                            .fromDevice(EntityId.of(0xe, number))
                            .name("temp"))
                    >= 0);
            blocked.await();

            assertEquals(new CloseReport(0, 0, 0, 0, 0, true, List.of()), router.closeAndReport());
        } finally {
            release.countDown();
        }
    }

    private static long laneOfAnother(final EventRouter router, final int number) {
        final EntityId device = EntityId.of(0xe, number);
        router.execute(new Command.RegisterDevice(device));
        router.execute(new Command.Claim(device, ANN));
        final long sequence = router.publish(new EventDraft().fromDevice(device).name("unheard"));
        assertTrue(sequence >= 0, PublishResult.describe(sequence));
        return sequence % 2;
    }

    @Test
    void shouldNotSayThatWhatWasDoneIsLeft() {
        final EventRouter router =
                withDevice(EventRouter.launch(context().useInvoker(true).closeTimeout(1, TimeUnit.NANOSECONDS)));
        assertTrue(router.reportAttempts(DEVICE.high(), DEVICE.low(), 1, AttemptOutcome.FAILED) >= 0);
        while (router.invoke() > 0) {
            Thread.onSpinWait();
        }

        assertEquals(new CloseReport(0, 0, 0, 0, 0, true, List.of()), router.closeAndReport());
    }

    @Test
    void shouldWaitForAPublisherThatIsAboutToPublish() throws InterruptedException {
        final AtomicReference<Thread> publisher = new AtomicReference<>();
        final EventRouter router = withDevice(EventRouter.launch(context()
                .epochClock(() -> {
                    if (Thread.currentThread() == publisher.get()) {
                        blocked.countDown();
                        blockWhateverHappens();
                    }
                    return 1_000_000;
                })
                // The routing thread hands its last usage over when it was told to stop.
                .usageHandler(record -> release.countDown())));
        assertTrue(router.awaitRouted(router.publish(event()), TimeUnit.SECONDS.toNanos(60)));
        final long[] results = new long[1];
        publisher.set(clock.newThread(() -> router.publishAll(new EventDraft[] {event()}, 1, results)));
        publisher.get().start();
        blocked.await();

        assertEquals(new CloseReport(1, 0, 0, 0, 0, true, List.of()), router.closeAndReport());
        publisher.get().join();
        assertTrue(results[0] >= 0, PublishResult.describe(results[0]));
    }

    /** Batches are of 64 events, and one that is full is routed while events are still taken in. */
    @Test
    void shouldCountWhatIsBehindTheLastEventOfABatchWhoseHandlerBlocks() throws InterruptedException {
        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch go = new CountDownLatch(1);
        final EventRouter router = withDevice(EventRouter.launch(context().deliveryHandler(delivery -> {
            if (begun.getCount() > 0) {
                begun.countDown();
                awaitUninterrupted(go);
            }
            return blockAt(1 + 64);
        })));
        try {
            publish(router, 1);
            begun.await();
            publish(router, EVENTS);
            go.countDown();
            blocked.await();

            final CloseReport report = router.closeAndReport();

            assertEquals(EVENTS - 64, report.eventsLeft(), report::toString);
            assertEquals(1, report.eventsInDelivery(), report::toString);
            assertSumsAddUp(router, 1 + EVENTS);
        } finally {
            release.countDown();
        }
        awaitEndOfThreads();
    }

    /** A command or a report has not begun as long as the events before it have not. */
    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void shouldLeaveWhatIsBehindTheLastEventThatHasBegun(final boolean comesBack, final boolean isReportFirst)
            throws InterruptedException {
        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch go = new CountDownLatch(1);
        final EventRouter router = withDevice(EventRouter.launch(context().deliveryHandler(delivery -> {
            if (delivered.incrementAndGet() == 1) {
                begun.countDown();
                awaitUninterrupted(go);
            } else {
                blocked.countDown();
                block(comesBack);
            }
            return AttemptOutcome.PENDING;
        })));
        try {
            publish(router, 1);
            begun.await();
            // All of this is there when the routing thread looks again.
            publish(router, 1);
            if (isReportFirst) {
                assertTrue(router.reportAttempts(DEVICE.high(), DEVICE.low(), 1, AttemptOutcome.FAILED) >= 0);
            }
            final CompletableFuture<Long> command = router.submit(new Command.Unclaim(DEVICE));
            if (!isReportFirst) {
                assertTrue(router.reportAttempts(DEVICE.high(), DEVICE.low(), 1, AttemptOutcome.FAILED) >= 0);
            }
            go.countDown();
            blocked.await();

            final CloseReport report = router.closeAndReport();

            assertEquals(1, report.attemptReportsLeft(), report::toString);
            assertEquals(1, report.commandsUnanswered(), report::toString);
            assertEquals(0, report.eventsLeft(), report::toString);
            assertEquals("router is closed: command=" + new Command.Unclaim(DEVICE), failureOf(command));
        } finally {
            release.countDown();
        }
        awaitEndOfThreads();
        assertEquals(0, router.counter(RouterCounter.ATTEMPT_REPORTS_APPLIED));
        assertSumsAddUp(router, 2);
    }

    private void block(final boolean comesBack) {
        if (comesBack) {
            waitUntilInterrupted();
        } else {
            blockWhateverHappens();
        }
    }

    private void waitUntilInterrupted() {
        while (release.getCount() > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void shouldGiveBackTheMemoryOfALaneWhoseHandlerComesBackTooLate() throws Throwable {
        assertMemoryIsGivenBackByTheThreadThatIsLate(this::closeWhileADeliveryHandlerBlocks);
    }

    /** Since JDK 19 a thread that has ended still refers to its task. */
    @Test
    void shouldGiveBackItsMemoryThoughItsEmbedderKeepsItsThreads() {
        final List<Thread> kept = new ArrayList<>();
        try (RefusingMemory memory = new RefusingMemory(Integer.MAX_VALUE)) {
            EventRouter.launch(context().threadFactory(task -> {
                        kept.add(new Thread(task));
                        return kept.get(kept.size() - 1);
                    }))
                    .close();

            assertEquals(0, memory.notGivenBack());
        }
        assertFalse(kept.isEmpty());
    }

    private void assertMemoryIsGivenBackByTheThreadThatIsLate(final Executable closing) throws Throwable {
        try (RefusingMemory memory = new RefusingMemory(Integer.MAX_VALUE)) {
            closing.execute();
            assertTrue(memory.isAnyTaken(), "the thread may still use it");

            release.countDown();

            assertEquals(0, memory.notGivenBack());
        } finally {
            release.countDown();
        }
    }

    private void closeWhileADeliveryHandlerBlocks() throws InterruptedException {
        final EventRouter router = withDevice(EventRouter.launch(context().deliveryHandler(delivery -> blockAt(1))));
        publish(router, 1);
        blocked.await();
        assertEquals(List.of("event-router-routing"), router.closeAndReport().threadsRunning());
    }

    @Test
    void shouldCountWhatWasDoneThoughTheHandlerOfTheLastUsageNeverReturns() throws Throwable {
        assertMemoryIsGivenBackByTheThreadThatIsLate(this::closeWhileTheLastUsageIsHandedOver);
    }

    // Closing interrupts the handler of a delivery; what is done then is billed.
    private void closeWhileTheLastUsageIsHandedOver() throws InterruptedException {
        final EventRouter router = withDevice(EventRouter.launch(
                context().usageHandler(record -> blockWhateverHappens()).deliveryHandler(delivery -> {
                    delivered.incrementAndGet();
                    blocked.countDown();
                    waitUntilInterrupted();
                    return AttemptOutcome.PENDING;
                })));
        assertEquals(EVENTS, publish(router, EVENTS));
        blocked.await();

        assertEquals(
                new CloseReport(EVENTS - 1, 0, 0, 0, 0, true, List.of("event-router-routing")),
                router.closeAndReport());

        assertEquals(1, delivered.get());
        assertSumsAddUp(router, EVENTS);
    }

    private static void awaitEndOfThreads() throws InterruptedException {
        while (Thread.getAllStackTraces().keySet().stream()
                .anyMatch(thread -> thread.getName().startsWith("event-router-"))) {
            Thread.sleep(1);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldLeaveThePublisherItsMemoryThatWasHeldUpWhileTheRouterWasClosed(final int lanes) throws Exception {
        final AtomicReference<Thread> heldUp = new AtomicReference<>();
        // So much memory that the system takes it back at once when it is freed: whoever reads it then ends the
        // process.
        final EventRouter router = withDevice(EventRouter.launch(
                context().lanes(lanes).maxDevices(10_000_000).epochClock(() -> {
                    if (Thread.currentThread() == heldUp.get()) {
                        blocked.countDown();
                        blockWhateverHappens();
                    }
                    return 1_000_000;
                })));
        final long[] results = new long[1];
        final CompletableFuture<Integer> publishing = CompletableFuture.supplyAsync(() -> {
            heldUp.set(Thread.currentThread());
            return router.publishAll(new EventDraft[] {event()}, 1, results);
        });
        blocked.await();

        final CloseReport report = router.closeAndReport();

        assertEquals(1, report.slotsUnpublished(), report::toString);
        release.countDown();
        assertEquals(1, publishing.get());
        assertTrue(results[0] >= 0);
        assertEquals(0, delivered.get());
        assertEquals(PublishResult.CLOSED, router.publish(event()));
    }
}
