package io.eventrouter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.eventrouter.command.Command;
import io.eventrouter.command.CommandRefusedException;
import io.eventrouter.command.HookTopics;
import io.eventrouter.command.Refusal;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.event.EventDraft;
import io.eventrouter.event.PublishResult;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.metering.UsageHandler;
import io.eventrouter.metering.UsageRecord;
import io.eventrouter.metering.UsageThreshold;
import io.eventrouter.status.CloseReport;
import io.eventrouter.status.RouterCounter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Mistakes of the code around a router must not stop it, and must be told. */
@Timeout(300)
class FaultyEmbedderTest {
    private static final long AWAIT_NS = TimeUnit.SECONDS.toNanos(60);
    private static final Path PROCESS_SIZE = Path.of("/proc/self/statm");
    private static final EntityId ANN = EntityId.of(0xa, 1);
    private static final EntityId BOB = EntityId.of(0xa, 2);
    private static final EntityId DEVICE = EntityId.of(0xe, 1);

    private final AtomicInteger delivered = new AtomicInteger();

    private RouterContext context() {
        return new RouterContext().deliveryHandler(delivery -> {
            delivered.incrementAndGet();
            return AttemptOutcome.PENDING;
        });
    }

    private RouterContext withFairClock() {
        final FairClock clock = new FairClock();
        return context().nanoClock(clock).threadFactory(clock);
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

    private void publishAndExpect(final EventRouter router, final int deliveries) {
        final long sequence = router.publish(event());
        assertTrue(sequence >= 0, PublishResult.describe(sequence));
        assertTrue(router.awaitRouted(sequence, AWAIT_NS));
        assertEquals(deliveries, delivered.get());
    }

    @Test
    void shouldRefuseReportsThatNoDeliveryCanHaveAndGoOn() {
        try (EventRouter router = withDevice(EventRouter.launch(context()))) {
            assertEquals(PublishResult.INVALID_REPORT, report(router, 1, null));
            assertEquals(PublishResult.INVALID_REPORT, report(router, 1, AttemptOutcome.NOT_ATTEMPTED));
            assertEquals(PublishResult.INVALID_REPORT, report(router, -1, AttemptOutcome.FAILED));
            assertEquals(PublishResult.INVALID_REPORT, report(router, 17, AttemptOutcome.FAILED));
            assertEquals(4, router.counter(RouterCounter.ATTEMPT_REPORTS_REFUSED));

            publishAndExpect(router, 1);
        }
    }

    @Test
    void shouldTakeReportsOfTheLongestEventThatADeviceCanReceive() {
        try (EventRouter router = withDevice(EventRouter.launch(context()))) {
            final long sequence = report(router, 16, AttemptOutcome.ACKNOWLEDGED_THIRD);

            assertTrue(router.awaitRouted(sequence, AWAIT_NS));
            assertEquals(1, router.counter(RouterCounter.ATTEMPT_REPORTS_APPLIED));
            assertEquals(32, router.counter(RouterCounter.SUBSCRIBE_OPERATIONS));
        }
    }

    private static long report(final EventRouter router, final int operationsPerAttempt, final AttemptOutcome outcome) {
        return router.reportAttempts(DEVICE.high(), DEVICE.low(), operationsPerAttempt, outcome);
    }

    @Test
    void shouldRefuseDraftsWhosePartsAreNotInTheirBuffers() {
        final UnsafeBuffer four = new UnsafeBuffer(new byte[4]);
        try (EventRouter router = withDevice(EventRouter.launch(context()))) {
            final String noName = "draft has no name, or one that does not lie inside its buffer";
            final String noPayload = "draft has no payload; an empty one is noPayload()";
            final String outside = "payload must lie inside its buffer: ";
            final Map<EventDraft, String> drafts = new LinkedHashMap<>();
            drafts.put(new EventDraft().name("t"), "draft has no origin");
            drafts.put(event().name(four, 2, 4), noName);
            drafts.put(event().name(four, -1, 1), noName);
            drafts.put(event().name(null), noName);
            drafts.put(event().payload(four, 2, 4), outside + "offset=2, length=4, capacity=4");
            drafts.put(event().payload(four, -1, 0), outside + "offset=-1, length=0, capacity=4");
            drafts.put(
                    event().payload(four, Integer.MAX_VALUE, 2), outside + "offset=2147483647, length=2, capacity=4");
            drafts.put(event().payload(null, 0, 0), noPayload);
            drafts.put(event().payload(null), noPayload);
            drafts.forEach((draft, words) -> {
                assertEquals(PublishResult.INCOMPLETE_DRAFT, router.publish(draft));
                assertEquals(words, draft.explain(PublishResult.INCOMPLETE_DRAFT));
            });
            assertEquals(drafts.size(), router.counter(RouterCounter.EVENTS_REFUSED_INCOMPLETE_DRAFT));

            publishAndExpect(router, 1);
        }
    }

    @Test
    void shouldSayThatAnAnswerMustComeFromAHook() {
        try (EventRouter router = withDevice(EventRouter.launch(context()))) {
            final EventDraft draft = event();

            final long result = router.publishHookResponse(HookTopics.SANDBOX_DEFAULT, false, draft);

            assertEquals("an answer of an integration must come from a hook: origin=DEVICE", draft.explain(result));
        }
    }

    @Test
    void shouldNotWaitForWhatWasRefused() {
        try (EventRouter router = withDevice(EventRouter.launch(context()))) {
            final long refused = router.publish(event().name("particle"));

            assertEquals(
                    "sequence must be that of an accepted event, 0 or more: sequence=" + PublishResult.RESERVED_NAME,
                    assertThrows(IllegalArgumentException.class, () -> router.awaitRouted(refused, AWAIT_NS))
                            .getMessage());
        }
    }

    @Test
    void shouldGoOnWhenDeliveryHandlerAndErrorHandlerThrow() {
        final RouterContext context = new RouterContext()
                .deliveryHandler(delivery -> {
                    delivered.incrementAndGet();
                    throw new StackOverflowError("handler");
                })
                .errorHandler(problem -> {
                    throw new IllegalStateException("error handler", problem);
                });
        try (EventRouter router = withDevice(EventRouter.launch(context))) {
            publishAndExpect(router, 1);
            publishAndExpect(router, 2);
            assertEquals(2, router.counter(RouterCounter.DELIVERIES_HANDLER_FAILED));
            assertEquals(2, router.counter(RouterCounter.SUBSCRIBE_OPERATIONS));
        }
    }

    @Test
    void shouldGoOnWhenHandlerLeavesItsThreadInterrupted() {
        final RouterContext context = new RouterContext().deliveryHandler(delivery -> {
            delivered.incrementAndGet();
            Thread.currentThread().interrupt();
            return AttemptOutcome.PENDING;
        });
        try (EventRouter router = withDevice(EventRouter.launch(context))) {
            router.submit(new Command.GoOnline(DEVICE))
                    .thenRun(() -> Thread.currentThread().interrupt())
                    .join();
            publishAndExpect(router, 1);
            publishAndExpect(router, 2);
            router.execute(new Command.GoOffline(DEVICE));
            router.execute(new Command.GoOnline(DEVICE));
            publishAndExpect(router, 3);
        }
    }

    @Test
    void shouldRefuseToWaitForItself() {
        final AtomicReference<Throwable> inHandler = new AtomicReference<>();
        final AtomicReference<EventRouter> launched = new AtomicReference<>();
        final CountDownLatch added = new CountDownLatch(1);
        final RouterContext context = new RouterContext().deliveryHandler(delivery -> {
            try {
                launched.get().execute(new Command.GoOffline(DEVICE));
            } catch (final IllegalStateException refused) {
                inHandler.set(refused);
            }
            waitUntilInterrupted(added);
            return AttemptOutcome.PENDING;
        });
        try (EventRouter router = withDevice(EventRouter.launch(context))) {
            launched.set(router);
            assertTrue(router.publish(event()) >= 0);
            final CompletableFuture<Void> dependent = router.submit(new Command.GoOnline(DEVICE))
                    .thenAccept(sequence -> router.execute(new Command.GoOffline(DEVICE)));

            // The command is behind the event: it is acknowledged, and the action run, on the router's own thread.
            added.countDown();
            final CompletionException problem = assertThrows(CompletionException.class, dependent::join);
            assertInstanceOf(IllegalStateException.class, problem.getCause());
            assertInstanceOf(IllegalStateException.class, inHandler.get());
            router.execute(new Command.GoOnline(DEVICE));
        }
    }

    @Test
    void shouldLetSeveralThreadsRunARouterWithoutThreads() throws InterruptedException {
        try (EventRouter router =
                withDevice(EventRouter.launch(context().useInvoker(true).maxDevices(10_000)))) {
            final Thread[] threads = IntStream.range(0, 3)
                    .mapToObj(number -> new Thread(() -> {
                        for (int i = 0; i < 1_000; i++) {
                            router.execute(new Command.RegisterDevice(EntityId.of(number, i)));
                        }
                    }))
                    .toArray(Thread[]::new);
            for (final Thread thread : threads) {
                thread.start();
            }
            for (final Thread thread : threads) {
                thread.join();
            }
            assertEquals(3_005, router.counter(RouterCounter.COMMANDS_APPLIED));
            assertEquals(0, router.counter(RouterCounter.ROUTING_FAILURES));
        }
    }

    @Test
    void shouldReleaseTheDirectoryWhenThreadsCannotBeStarted(@TempDir final Path directory) {
        assertThrows(
                IllegalStateException.class,
                () -> EventRouter.launch(context().dataDirectory(directory).threadFactory(task -> {
                    throw new IllegalStateException("no threads today");
                })));

        EventRouter.launch(context().dataDirectory(directory)).close();
    }

    @Test
    void shouldSayForWhichThreadTheFactoryMadeNone() {
        final RouterContext context = context().threadFactory(task -> null);

        final NullPointerException refused =
                assertThrows(NullPointerException.class, () -> EventRouter.launch(context));

        assertEquals("threadFactory made no thread: thread=event-router-routing", refused.getMessage());
    }

    @Test
    void shouldRefuseMoreAccountsThanFitAndTakeThemWithMoreRoom(@TempDir final Path directory) {
        final RouterContext small =
                context().dataDirectory(directory).maxAccounts(10).maxDevices(10);
        try (EventRouter router = EventRouter.launch(small)) {
            for (int i = 0; i < 10; i++) {
                router.execute(new Command.RegisterUser(EntityId.of(i, 1), 0));
                router.execute(new Command.RegisterDevice(EntityId.of(i, 2)));
            }
            final CommandRefusedException refused = assertThrows(
                    CommandRefusedException.class,
                    () -> router.execute(new Command.RegisterUser(EntityId.of(10, 1), 0)));
            assertEquals(Refusal.ACCOUNT_LIMIT, refused.refusal());
            assertTrue(refused.getMessage().contains("maxAccounts=10"), refused.getMessage());
        }
        try (EventRouter router = EventRouter.launch(
                context().dataDirectory(directory).maxAccounts(5_000).maxDevices(5_000))) {
            for (int i = 10; i < 5_000; i++) {
                router.submit(new Command.RegisterUser(EntityId.of(i, 1), 0));
                router.submit(new Command.RegisterDevice(EntityId.of(i, 2)));
            }
            router.execute(new Command.Claim(EntityId.of(4_999, 2), EntityId.of(4_999, 1)));
            router.execute(new Command.Claim(EntityId.of(0, 2), EntityId.of(0, 1)));
        }
        try (EventRouter router = EventRouter.launch(
                context().dataDirectory(directory).maxAccounts(5_000).maxDevices(5_000))) {
            for (final int i : new int[] {0, 4_999}) {
                assertEquals(
                        EntityId.of(i, 1),
                        router.ownershipOf(EntityId.of(i, 2))
                                .orElseThrow()
                                .owner()
                                .orElseThrow());
            }
        }
        final IllegalStateException refused = assertThrows(
                IllegalStateException.class,
                () -> EventRouter.launch(
                        context().dataDirectory(directory).maxAccounts(5_000).maxDevices(50)));
        assertTrue(refused.getMessage().contains("maxDevices=50"), refused.getMessage());
    }

    @Test
    void shouldNeverEndAWindowBeforeItBegan() {
        final AtomicLong nowMs = new AtomicLong(1_000_000);
        final AtomicReference<String> windows = new AtomicReference<>("");
        try (EventRouter router = withDevice(EventRouter.launch(context()
                .useInvoker(true)
                .usageWindow(60, TimeUnit.SECONDS)
                .epochClock(nowMs::get)
                .usageHandler(record -> windows.accumulateAndGet(
                        "[" + record.windowStartMs() + ", " + record.windowEndMs() + "]", String::concat))))) {
            router.publish(event());
            nowMs.addAndGet(61_234);
            while (router.invoke() > 0) {
                Thread.onSpinWait();
            }
            router.publish(event());
            nowMs.set(5);
            final CompletableFuture<Long> closed = router.closeUsageWindow();
            while (!closed.isDone()) {
                router.invoke();
            }

            assertEquals("[1000000, 1020000][1020000, 1020000]", windows.get());
            assertEquals(2, router.counter(RouterCounter.USAGE_RECORDS_EMITTED));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldEndTheLastWindowWhenTheRouterIsClosed(final boolean isStuck) throws InterruptedException {
        final AtomicLong nowMs = new AtomicLong(1_000_000);
        final AtomicReference<String> windows = new AtomicReference<>("");
        final CountDownLatch blocked = new CountDownLatch(1);
        final CountDownLatch release = new CountDownLatch(1);
        final EventRouter router = withDevice(EventRouter.launch(withFairClock()
                .usageWindow(60, TimeUnit.SECONDS)
                .closeTimeout(isStuck ? 50 : 60_000, TimeUnit.MILLISECONDS)
                .epochClock(nowMs::get)
                .usageHandler(record -> windows.accumulateAndGet(
                        "[" + record.windowStartMs() + ", " + record.windowEndMs() + "]", String::concat))
                .deliveryHandler(delivery -> {
                    if (isStuck) {
                        blocked.countDown();
                        waitUntilInterrupted(release);
                    }
                    return AttemptOutcome.PENDING;
                })));
        final long sequence = router.publish(event());
        if (isStuck) {
            // Until closing interrupts it.
            blocked.await();
        } else {
            router.awaitRouted(sequence, AWAIT_NS);
        }
        nowMs.set(1_012_345);

        router.close();

        release.countDown();
        assertEquals("[1000000, 1012345]", windows.get());
    }

    private static void waitUntilInterrupted(final CountDownLatch release) {
        while (release.getCount() > 0 && !Thread.currentThread().isInterrupted()) {
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Test
    void shouldGiveItsMemoryBackWhenTheClockEndsTheLaunch() throws IOException {
        assumeTrue(Files.exists(PROCESS_SIZE), "this system does not tell the size of a process there");
        refuseLaunch();
        final long bytesBefore = processBytes();

        for (int i = 0; i < 4; i++) {
            refuseLaunch();
        }

        // Every one of eight lanes would leave tens of gigabytes of addresses behind.
        final long leftBytes = processBytes() - bytesBefore;
        assertTrue(leftBytes < 4L << 30, "leftBytes=" + leftBytes);
    }

    private void refuseLaunch() {
        final AtomicInteger readings = new AtomicInteger();
        final RouterContext context = context().lanes(2).epochClock(() -> {
            if (readings.incrementAndGet() > 1) {
                throw new IllegalStateException("no time");
            }
            return 1_000_000;
        });
        assertEquals(
                "no time",
                assertThrows(IllegalStateException.class, () -> EventRouter.launch(context))
                        .getMessage());
    }

    private static long processBytes() throws IOException {
        return Long.parseLong(Files.readString(PROCESS_SIZE).split(" ")[0]) * UnsafeApi.pageSize();
    }

    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void shouldCloseThoughTheClockFails(final boolean useInvoker, final boolean isError) {
        final AtomicBoolean isBroken = new AtomicBoolean();
        final AtomicReference<String> windows = new AtomicReference<>("");
        final EventRouter router = withDevice(
                EventRouter.launch(withFailingClock(isBroken, isError, windows).useInvoker(useInvoker)));
        publishAndExpect(router, 1);
        isBroken.set(true);

        final CloseReport report = router.closeAndReport();

        assertTrue(report.isComplete(), report.toString());
        assertEquals("0: 1", windows.get());
    }

    @Test
    void shouldAnswerCommandsThoughTheClockFailsForTheThreadThatAnswers() throws Exception {
        final RouterContext context = context().errorHandler(problem -> {}).epochClock(() -> {
            if (Thread.currentThread().getName().equals("event-router-acknowledging")) {
                throw new IllegalStateException("no time");
            }
            return 1_000_000;
        });
        try (EventRouter router = EventRouter.launch(context)) {
            assertTrue(router.submit(new Command.RegisterDevice(DEVICE)).get(60, TimeUnit.SECONDS) >= 0);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void shouldKeepUsageByASecondCloseWhenTheClockWorksAgain(final boolean useInvoker, @TempDir final Path directory) {
        final AtomicBoolean isBroken = new AtomicBoolean();
        final AtomicReference<String> windows = new AtomicReference<>("");
        final EventRouter router = withDevice(EventRouter.launch(withFailingClock(isBroken, false, windows)
                .useInvoker(useInvoker)
                .closeTimeout(100, TimeUnit.MILLISECONDS)
                .dataDirectory(directory)));
        publishAndExpect(router, 1);
        isBroken.set(true);

        assertFalse(router.closeAndReport().isUsageKept(), "without a time nothing is durable");
        assertEquals("", windows.get());

        isBroken.set(false);
        CloseReport report = router.closeAndReport();
        while (!report.isUsageKept()) {
            report = router.closeAndReport();
        }
        assertTrue(report.isComplete(), report.toString());
        assertEquals("0: 1", windows.get());
        router.close();
    }

    private RouterContext withFailingClock(
            final AtomicBoolean isBroken, final boolean isError, final AtomicReference<String> windows) {
        return withFairClock()
                .errorHandler(problem -> {})
                .usageHandler(record -> windows.accumulateAndGet(
                        record.windowEndMs() - record.windowStartMs() + ": " + record.publishOperations(),
                        String::concat))
                .epochClock(() -> {
                    if (isBroken.get() && isError) {
                        throw new AssertionError("no time");
                    }
                    if (isBroken.get()) {
                        throw new IllegalStateException("no time");
                    }
                    return 1_000_000;
                });
    }

    @Test
    void shouldGoOnInOtherLanesWhileTheOneThatTellsOfAThresholdIsHeldUp() throws InterruptedException {
        final CountDownLatch blocked = new CountDownLatch(1);
        final CountDownLatch release = new CountDownLatch(1);
        final List<String> told = Collections.synchronizedList(new ArrayList<>());
        final UsageHandler handler = new UsageHandler() {
            @Override
            public void onUsage(final UsageRecord record) {}

            @Override
            public void onThreshold(final UsageThreshold threshold) {
                told.add(threshold.account().id() + " " + threshold.percent());
                blocked.countDown();
                while (release.getCount() > 0) {
                    LockSupport.parkNanos(1_000_000);
                }
            }
        };
        final EventRouter router = EventRouter.launch(context().lanes(2).usageHandler(handler));
        try {
            router.execute(new Command.RegisterUser(ANN, 0));
            router.execute(new Command.RegisterUser(BOB, 0));
            final List<EntityId> devices = new ArrayList<>();
            final long lane = laneOf(router, devices);
            while (laneOf(router, devices) == lane) {
                // Until there is one in the other lane.
                Thread.onSpinWait();
            }
            router.execute(new Command.Claim(devices.get(devices.size() - 1), BOB));
            router.execute(new Command.SetOperationsPerMonth(AccountId.user(ANN), 1));
            router.execute(new Command.SetOperationsPerMonth(AccountId.user(BOB), 1));
            router.publish(new EventDraft().fromDevice(devices.get(0)).name("temp"));
            blocked.await();

            final long sequence = router.publish(
                    new EventDraft().fromDevice(devices.get(devices.size() - 1)).name("temp"));

            assertTrue(router.awaitRouted(sequence, AWAIT_NS));
        } finally {
            release.countDown();
            router.close();
        }
        assertEquals(List.of(ANN + " 70", ANN + " 90", ANN + " 100", BOB + " 70", BOB + " 90", BOB + " 100"), told);
    }

    private static long laneOf(final EventRouter router, final List<EntityId> devices) {
        final EntityId device = EntityId.of(0xd, devices.size());
        devices.add(device);
        router.execute(new Command.RegisterDevice(device));
        router.execute(new Command.Claim(device, ANN));
        return router.publish(new EventDraft().fromDevice(device).name("temp")) & 1;
    }

    @Test
    void shouldRefuseMissingCommand() {
        try (EventRouter router = EventRouter.launch(context())) {
            assertEquals(
                    "command",
                    assertThrows(NullPointerException.class, () -> router.submit(null))
                            .getMessage());
        }
    }

    @Test
    void shouldAnswerPublishersThatRaceWithClose() throws InterruptedException {
        for (int round = 0; round < 50; round++) {
            final AtomicReference<Throwable> failure = new AtomicReference<>();
            final AtomicLong accepted = new AtomicLong();
            delivered.set(0);
            final EventRouter router = withDevice(EventRouter.launch(context()));
            final Thread publisher = new Thread(() -> {
                try {
                    final EventDraft draft = event();
                    long result = router.publish(draft);
                    while (result != PublishResult.CLOSED) {
                        accepted.addAndGet(result >= 0 ? 1 : 0);
                        result = router.publish(draft);
                    }
                } catch (final Throwable problem) {
                    failure.set(problem);
                }
            });
            publisher.start();
            router.close();
            publisher.join();

            assertEquals(null, failure.get());
            assertEquals(accepted.get(), delivered.get(), "what was accepted was delivered: round=" + round);
        }
    }
}
