package io.eventrouter.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.EventRouter;
import io.eventrouter.RouterContext;
import io.eventrouter.command.Command;
import io.eventrouter.command.EventStream;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.delivery.Delivery;
import io.eventrouter.delivery.RecipientKind;
import io.eventrouter.event.EventDraft;
import io.eventrouter.event.PublishResult;
import io.eventrouter.identity.EntityId;
import io.eventrouter.identity.ScopeId;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Outboxes with threads of their own: handlers that do not return, closing, churn, and what is left behind. */
@Timeout(300)
class OutboxThreadsTest {
    private static final long WATCHDOG_NS = TimeUnit.SECONDS.toNanos(60);
    private static final EntityId ANN = EntityId.of(0xa, 1);
    private static final int DEVICES = 16;
    private static final int EVENTS_FOR_AN_OUTBOX = 1_024;
    private static final String EVERYTHING = "everything";

    private final long seed = System.nanoTime();
    private final AtomicLong nowNs = new AtomicLong();

    /** Each round of the supervisor begins with one. */
    private final AtomicLong readingsOfSupervisor = new AtomicLong();

    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final CountDownLatch released = new CountDownLatch(1);
    private final UnsafeBuffer payload = new UnsafeBuffer(new byte[16_384]);
    private final EventDraft draft = new EventDraft();
    private long published;

    @AfterEach
    void release() {
        released.countDown();
    }

    private OutboxesContext context() {
        return new OutboxesContext()
                .bytesPerOutbox(OutboxesContext.MIN_BYTES_PER_OUTBOX)
                .nanoClock(this::now)
                .errorHandler(problem -> {})
                .threadFactory(task -> {
                    final Thread thread = new Thread(task);
                    thread.setDaemon(true);
                    threads.add(thread);
                    return thread;
                });
    }

    private long now() {
        if (Thread.currentThread().getName().equals("event-router-outbox-supervisor")) {
            readingsOfSupervisor.incrementAndGet();
        }
        return nowNs.get();
    }

    /**
     * Let so much time pass at once, behind a whole round of the supervisor: it knows who has something in hand now.
     */
    private void passTwoMinutes() {
        final long before = readingsOfSupervisor.get();
        await("the supervisor has looked", () -> readingsOfSupervisor.get() >= before + 2);
        nowNs.addAndGet(TimeUnit.MINUTES.toNanos(2));
    }

    private long liveThreads() {
        return threads.stream().filter(Thread::isAlive).count();
    }

    private static EventRouter launch(final Outboxes outboxes, final int lanes, final String... streams) {
        final EventRouter router =
                EventRouter.launch(new RouterContext().lanes(lanes).deliveryHandler(outboxes));
        router.execute(new Command.RegisterUser(ANN, 0));
        for (int i = 0; i < DEVICES; i++) {
            router.execute(new Command.RegisterDevice(EntityId.of(0xe, i)));
            router.execute(new Command.Claim(EntityId.of(0xe, i), ANN));
        }
        for (final String stream : streams) {
            router.execute(new Command.OpenStream(
                    new EventStream(stream, ScopeId.owner(ANN), null, stream.equals(EVERYTHING) ? "" : stream)));
        }
        return router;
    }

    private void publish(final EventRouter router, final String name, final int length) {
        draft.fromDevice(EntityId.of(0xe, (int) (published % DEVICES)))
                .name(name)
                .payload(payload, 0, length)
                .correlationId(published++);
        long sequence = router.publish(draft);
        while (sequence == PublishResult.BACK_PRESSURED) {
            Thread.yield();
            sequence = router.publish(draft);
        }
        assertTrue(sequence >= 0, "sequence=" + sequence);
    }

    private static void await(final String what, final BooleanSupplier condition) {
        final long startNs = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertFalse(System.nanoTime() - startNs > WATCHDOG_NS, () -> "watchdog: " + what);
            LockSupport.parkNanos(20_000);
        }
    }

    private AttemptOutcome block(final Delivery delivery) {
        boolean wasInterrupted = false;
        while (released.getCount() > 0) {
            try {
                released.await();
            } catch (final InterruptedException interrupted) {
                wasInterrupted = true;
            }
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
        return null;
    }

    /** One worker, and three handlers that block one after the other: each costs a thread for as long as it blocks. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldHaveOneThreadMoreForEachStuckHandlerAndNoneWhenTheyReturn(final int lanes) {
        final Outboxes outboxes = Outboxes.launch(context().stuckTimeout(1, TimeUnit.MINUTES));
        final AtomicInteger heard = new AtomicInteger();
        try (EventRouter router = launch(outboxes, lanes, "a", "b", "c", "good")) {
            final List<Outbox> blocked = new ArrayList<>();
            for (final String id : List.of("a", "b", "c")) {
                blocked.add(outboxes.open(RecipientKind.STREAM, id, this::block));
            }
            final Outbox good = outboxes.open(RecipientKind.STREAM, "good", delivery -> {
                heard.incrementAndGet();
                return null;
            });
            final int workersAndSupervisor = 2;
            for (int i = 0; i < blocked.size(); i++) {
                final Outbox outbox = blocked.get(i);
                publish(router, outbox.recipientId(), 10);
                await("the handler is called", () -> outbox.inHand() != 0);
                final int expected = (i + 1) * 100;
                for (int event = 0; event < 100; event++) {
                    publish(router, "good", 10);
                }
                passTwoMinutes();
                await("it is found stuck", () -> outbox.state() == OutboxState.STUCK);
                await("the others are served by another thread", () -> heard.get() == expected);
                assertEquals(workersAndSupervisor + i + 1, liveThreads());
                publish(router, outbox.recipientId(), 10);
                await("it is dropped", () -> outbox.count(OutboxCounter.DROPPED_STUCK) == 1);
            }
            assertEquals(0, good.dropped());

            released.countDown();
            await("surplus threads end", () -> liveThreads() == workersAndSupervisor);
            for (final Outbox outbox : blocked) {
                await("it is back", () -> outbox.state() == OutboxState.OPEN);
                assertEquals(1, outbox.count(OutboxCounter.DELIVERED));
                publish(router, outbox.recipientId(), 10);
                await("it is served again", () -> outbox.count(OutboxCounter.DELIVERED) == 2);
            }
            outboxes.close();
            await("all threads end", () -> liveThreads() == 0);
        }
    }

    @Test
    void shouldCloseInTheTimeGivenThoughAHandlerNeverReturnsAndTellWhatIsLeft() {
        final Outboxes outboxes = Outboxes.launch(context().workers(2));
        final AtomicInteger heard = new AtomicInteger();
        try (EventRouter router = launch(outboxes, 1, "stuck", "good")) {
            final Outbox stuck = outboxes.open(RecipientKind.STREAM, "stuck", this::block);
            final Outbox good = outboxes.open(RecipientKind.STREAM, "good", delivery -> {
                heard.incrementAndGet();
                return null;
            });
            for (int i = 0; i < 50; i++) {
                publish(router, "stuck", 10);
                publish(router, "good", 10);
            }
            await(
                    "everything is taken",
                    () -> stuck.count(OutboxCounter.TAKEN) == 50 && good.count(OutboxCounter.TAKEN) == 50);
            await("the handler is called", () -> stuck.inHand() != 0);
            await("the other one has heard everything", () -> good.count(OutboxCounter.DELIVERED) == 50);

            final List<OutboxRemains> remains = outboxes.close(100, TimeUnit.MILLISECONDS);

            assertEquals(List.of(new OutboxRemains(stuck, 49, true)), remains);
            assertEquals(50, heard.get());
            assertEquals(49, stuck.count(OutboxCounter.UNDELIVERED));
            assertEquals(1, stuck.queued(), "the one in hand");
            await("the other threads end", () -> liveThreads() == 1);
            released.countDown();
            await("its thread ends when it returns", () -> liveThreads() == 0);
            assertEquals(1, stuck.count(OutboxCounter.DELIVERED));
            assertEquals(0, stuck.queued());
        }
    }

    @Test
    void shouldTellOnceThatThereIsNoThreadForAWorkerHoweverOftenItAsks() {
        final AtomicInteger asked = new AtomicInteger();
        final List<String> told = new CopyOnWriteArrayList<>();
        final Outboxes outboxes = Outboxes.launch(context()
                .errorHandler(problem -> told.add(problem.getMessage()))
                .threadFactory(task -> {
                    final int time = asked.incrementAndGet();
                    // The second is the supervisor, who asks again for a worker.
                    if (time != 2 && time < 6) {
                        throw new IllegalStateException("no thread");
                    }
                    final Thread thread = new Thread(task);
                    thread.setDaemon(true);
                    threads.add(thread);
                    return thread;
                }));
        await("a worker is there", () -> liveThreads() == 2);
        outboxes.close();
        assertEquals(List.of("no thread"), told);
    }

    /** A thread that is still interrupted does not sleep: parked, it comes back at once. */
    @Test
    void shouldPutAnInterruptAsideWhileItsThreadCloses() throws InterruptedException {
        final AtomicBoolean isInterruptedAfterwards = new AtomicBoolean();
        final Outboxes outboxes = Outboxes.launch(context());
        final Outbox stuck = outboxes.open(RecipientKind.STREAM, EVERYTHING, this::block);
        try (EventRouter router = launch(outboxes, 1, EVERYTHING)) {
            publish(router, "t", 0);
            await("the handler is called", () -> stuck.inHand() != 0);
            final Thread closing = new Thread(() -> {
                Thread.currentThread().interrupt();
                outboxes.close(stuck, Long.MAX_VALUE, TimeUnit.NANOSECONDS);
                isInterruptedAfterwards.set(Thread.interrupted());
            });
            closing.setDaemon(true);
            closing.start();
            await(
                    "the thread sleeps",
                    () -> closing.getState() == Thread.State.TIMED_WAITING && !closing.isInterrupted());
            release();
            closing.join();
        } finally {
            release();
            outboxes.close(1, TimeUnit.SECONDS);
        }
        assertTrue(isInterruptedAfterwards.get(), "the thread is still interrupted");
    }

    /** Closed while its handler is blocked, before anybody calls it stuck: others must not wait for that for ever. */
    @Test
    void shouldReplaceAWorkerWhoseOutboxWasClosedUnderIt() {
        final Outboxes outboxes = Outboxes.launch(context().stuckTimeout(1, TimeUnit.MINUTES));
        final AtomicInteger heard = new AtomicInteger();
        try (EventRouter router = launch(outboxes, 1, "stuck", "good")) {
            final Outbox stuck = outboxes.open(RecipientKind.STREAM, "stuck", this::block);
            outboxes.open(RecipientKind.STREAM, "good", delivery -> {
                heard.incrementAndGet();
                return null;
            });
            publish(router, "stuck", 10);
            await("the handler is called", () -> stuck.inHand() != 0);
            assertEquals(new OutboxRemains(stuck, 0, true), outboxes.close(stuck, 0, TimeUnit.SECONDS));
            publish(router, "good", 10);
            await("another thread takes over", () -> {
                nowNs.addAndGet(TimeUnit.MINUTES.toNanos(2));
                return heard.get() == 1;
            });
            outboxes.close();
        }
    }

    /**
     * A stream is opened and closed again and again while events flow. Each outbox hears a run of events without a gap
     * per publisher up to what it dropped, and its counts are exact; the others hear everything.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldOpenAndCloseOutboxesWhileEventsFlow(final int lanes) throws InterruptedException {
        final int events = 40_000;
        final Outboxes outboxes = Outboxes.launch(context().workers(2).maxOutboxes(8));
        final Map<Integer, Long> lastHeard = new ConcurrentHashMap<>();
        final AtomicLong heard = new AtomicLong();
        final AtomicInteger faults = new AtomicInteger();
        final SplittableRandom random = new SplittableRandom(seed);
        final AtomicLong opened = new AtomicLong();
        long taken = 0;
        try (EventRouter router = launch(outboxes, lanes, "x", EVERYTHING)) {
            final Outbox good = outboxes.open(RecipientKind.STREAM, EVERYTHING, delivery -> {
                final long number = delivery.event().correlationId();
                final Long before = lastHeard.put(delivery.event().publisherIdLow(), number);
                if (before != null && before != number - DEVICES) {
                    faults.incrementAndGet();
                }
                heard.incrementAndGet();
                return null;
            });
            final Thread publisher = new Thread(() -> {
                for (int i = 0; i < events; i++) {
                    publish(router, "x", i % 50);
                    if (i % 256 == 0) {
                        final int expected = i + 1;
                        await("the other hears it", () -> heard.get() == expected);
                        await("outboxes come and go", () -> opened.get() > expected / EVENTS_FOR_AN_OUTBOX);
                    }
                }
            });
            publisher.start();
            while (publisher.isAlive()) {
                final ConcurrentHashMap<Long, Boolean> numbers = new ConcurrentHashMap<>();
                final Outbox outbox = outboxes.open(RecipientKind.STREAM, "x", delivery -> {
                    if (numbers.put(delivery.event().correlationId(), true) != null) {
                        faults.incrementAndGet();
                    }
                    return null;
                });
                if (opened.incrementAndGet() == 1) {
                    await("events flow", () -> outbox.count(OutboxCounter.TAKEN) > 0);
                }
                LockSupport.parkNanos(random.nextInt(300_000));
                final OutboxRemains remains = outboxes.close(outbox, random.nextInt(3), TimeUnit.MILLISECONDS);
                final long handed = remains.isInHand() ? -1 : numbers.size();
                taken += outbox.count(OutboxCounter.TAKEN);
                if (handed >= 0) {
                    assertEquals(outbox.count(OutboxCounter.TAKEN), handed + remains.undelivered(), "seed=" + seed);
                    assertEquals(handed, outbox.count(OutboxCounter.DELIVERED), "seed=" + seed);
                    assertEquals(0, outbox.queued(), "seed=" + seed);
                }
                assertEquals(
                        outbox.count(OutboxCounter.OFFERED),
                        outbox.count(OutboxCounter.TAKEN) + outbox.dropped(),
                        "seed=" + seed);
            }
            publisher.join();
            await("the other hears everything", () -> heard.get() == events);
            assertEquals(0, faults.get(), "seed=" + seed);
            assertEquals(0, good.dropped());
            assertTrue(opened.get() > 20 && taken > 0, "opened=" + opened + ", taken=" + taken + ", seed=" + seed);
            outboxes.close();
        }
    }

    @Test
    void shouldLeaveNeitherThreadsNorMemoryBehind() {
        settle();
        final long memoryBefore = directMemory();
        for (int round = 0; round < 20; round++) {
            final Outboxes outboxes = Outboxes.launch(context().workers(3));
            try (EventRouter router = launch(outboxes, 2, "x")) {
                for (int i = 0; i < 20; i++) {
                    final Outbox outbox = outboxes.open(RecipientKind.STREAM, "x", delivery -> null);
                    publish(router, "x", 100);
                    await("it comes", () -> outbox.count(OutboxCounter.DELIVERED) + outboxes.withoutOutbox() > 0);
                    outboxes.close(outbox, 1, TimeUnit.SECONDS);
                }
                outboxes.close();
            }
        }
        await("all threads end", () -> liveThreads() == 0);
        assertEquals(20 * 4, threads.size());
        // From JDK 19 on, a thread that has ended still has what it was made to run.
        threads.clear();
        await("memory is given back", () -> {
            settle();
            return directMemory() <= memoryBefore;
        });
    }

    private static void settle() {
        System.gc();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }

    private static long directMemory() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    @Test
    void shouldStartAThreadLaterThatTheMachineCouldNotGive() {
        final AtomicInteger refusals = new AtomicInteger(3);
        final List<Throwable> told = new CopyOnWriteArrayList<>();
        final OutboxesContext context = context().errorHandler(told::add).threadFactory(task -> {
            final Thread thread = new Thread(task);
            thread.setDaemon(true);
            if (threads.isEmpty() && refusals.getAndDecrement() > 0) {
                throw new OutOfMemoryError("unable to create native thread");
            }
            return thread;
        });
        // The supervisor is the second thread that is asked for, so let the first one be refused only.
        refusals.set(1);
        final Outboxes outboxes = Outboxes.launch(context);
        try (EventRouter router = launch(outboxes, 1, "x")) {
            final Outbox outbox = outboxes.open(RecipientKind.STREAM, "x", delivery -> null);
            publish(router, "x", 10);
            await("it comes", () -> outbox.count(OutboxCounter.DELIVERED) == 1);
            assertEquals(1, told.size());
            outboxes.close();
        }
    }

    @Test
    void shouldReplaceAWorkerWhoseThreadHasEnded() {
        final AtomicInteger failures = new AtomicInteger(1);
        final List<Throwable> told = new CopyOnWriteArrayList<>();
        final Outboxes outboxes = Outboxes.launch(
                context().errorHandler(told::add).idleStrategy(() -> new FailingIdleStrategy(failures)));
        try (EventRouter router = launch(outboxes, 1, "x")) {
            await("the only worker ends", () -> told.size() == 1);
            final Outbox outbox = outboxes.open(RecipientKind.STREAM, "x", delivery -> null);
            publish(router, "x", 10);
            await("it comes", () -> outbox.count(OutboxCounter.DELIVERED) == 1);
            assertEquals("idle strategy", told.get(0).getMessage());
            outboxes.close();
        }
        await("all threads end", () -> liveThreads() == 0);
        assertEquals(3, threads.size());
    }

    /** Throws so many times, with all of its kind together. */
    private record FailingIdleStrategy(AtomicInteger failures) implements IdleStrategy {
        @Override
        public void idle(final int workCount) {
            idle();
        }

        @Override
        public void idle() {
            if (failures.getAndDecrement() > 0) {
                throw new IllegalStateException("idle strategy");
            }
            LockSupport.parkNanos(20_000);
        }

        @Override
        public void reset() {
            // It has no state of its own.
        }
    }

    @Test
    void shouldLeaveNoThreadBehindWhenItCannotBeLaunched() {
        final OutboxesContext context = context().workers(2);
        final ThreadFactory factory = context.threadFactory();
        context.threadFactory(task -> {
            if (threads.size() == 2) {
                throw new IllegalStateException("no thread for the supervisor");
            }
            return factory.newThread(task);
        });

        assertEquals(
                "no thread for the supervisor",
                assertThrows(IllegalStateException.class, () -> Outboxes.launch(context))
                        .getMessage());

        assertEquals(2, threads.size());
        await("all threads end", () -> liveThreads() == 0);
    }
}
