package io.eventrouter.pipeline;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.EventRouter;
import io.eventrouter.RouterContext;
import io.eventrouter.command.Command;
import io.eventrouter.command.EventStream;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.event.EventDraft;
import io.eventrouter.identity.EntityId;
import io.eventrouter.identity.ScopeId;
import io.eventrouter.pipeline.LinearHistory.Call;
import io.eventrouter.pipeline.LinearHistory.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Two threads claim, release, publish and ask about one device; what each call returned and when it began and ended is
 * written down by the clock, and there must be one order that explains it. The router's own sequences are not asked.
 */
@Timeout(900)
class RealTimeOrderTest {
    private static final int CALLS_PER_THREAD = 6;
    private static final int THREADS = 2;
    private static final int NOTHING = -1;
    private static final EntityId DEVICE = EntityId.of(0xe, 1);

    private final long seed = System.nanoTime();
    private final ConcurrentHashMap<Long, Integer> heard = new ConcurrentHashMap<>();

    /** Where an answer to "who owns it" comes from. */
    private enum Answers {
        FROM_ROUTER,
        /** By one call of whoever made the change, so that it does not take luck to see it. */
        FROM_A_COPY_THAT_LAGS
    }

    private volatile int laggingCopy;

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldHaveOneOrderForAShortWhile(final int lanes) throws InterruptedException {
        assertTrue(findStrangeWindow(lanes, 500, Answers.FROM_ROUTER) == null);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    @Tag("concurrency")
    void shouldHaveOneOrderForALongWhile(final int lanes) throws InterruptedException {
        final List<Call> strange = findStrangeWindow(lanes, 50_000, Answers.FROM_ROUTER);

        assertTrue(strange == null, () -> "seed=" + seed + ", calls=" + strange);
    }

    @Test
    void shouldFindACopyThatLags() throws InterruptedException {
        assertFalse(findStrangeWindow(1, 5_000, Answers.FROM_A_COPY_THAT_LAGS) == null, "seed=" + seed);
    }

    @Test
    void shouldKnowStrangeHistories() {
        final Call claim = new Call(Kind.CLAIM, 1, 0, 10);
        assertTrue(LinearHistory.isLinearizable(List.of(claim, new Call(Kind.PUBLISH, 1, 5, 15))));
        assertTrue(LinearHistory.isLinearizable(List.of(claim, new Call(Kind.PUBLISH, 0, 5, 15))));
        // Behind the claim in real time, and still heard by nobody.
        assertFalse(LinearHistory.isLinearizable(List.of(claim, new Call(Kind.PUBLISH, 0, 11, 15))));
        // Heard by two owners.
        assertFalse(LinearHistory.isLinearizable(List.of(claim, new Call(Kind.PUBLISH, 12, 5, 15))));
        // New, then old.
        assertFalse(LinearHistory.isLinearizable(
                List.of(claim, new Call(Kind.OWNER, 1, 1, 2), new Call(Kind.OWNER, 0, 3, 4))));
    }

    // The first window whose calls no order explains, or null.
    private List<Call> findStrangeWindow(final int lanes, final int windows, final Answers answers)
            throws InterruptedException {
        System.out.println("real-time order: lanes=" + lanes + ", windows=" + windows + ", seed=" + seed);
        try (EventRouter router = launch(lanes)) {
            final AtomicReference<Throwable> problem = new AtomicReference<>();
            final AtomicReference<List<Call>> strange = new AtomicReference<>();
            final List<List<Call>> calls = List.of(new ArrayList<>(), new ArrayList<>());
            final CyclicBarrier end = new CyclicBarrier(THREADS, () -> {
                final List<Call> window = new ArrayList<>(calls.get(0));
                window.addAll(calls.get(1));
                calls.forEach(List::clear);
                if (strange.get() == null && !window.isEmpty() && !LinearHistory.isLinearizable(window)) {
                    strange.set(window);
                }
                router.execute(new Command.Unclaim(DEVICE));
                laggingCopy = 0;
            });
            final Thread[] threads = new Thread[THREADS];
            for (int i = 0; i < THREADS; i++) {
                final int number = i;
                threads[i] = new Thread(() -> {
                    try {
                        final Caller caller = new Caller(router, number, answers);
                        for (int window = 0; window < windows && strange.get() == null; window++) {
                            caller.run(calls.get(number));
                            end.await(60, TimeUnit.SECONDS);
                        }
                    } catch (final InterruptedException
                            | BrokenBarrierException
                            | TimeoutException
                            | RuntimeException
                            | Error failure) {
                        problem.compareAndSet(null, failure);
                        end.reset();
                    }
                });
                threads[i].start();
            }
            for (final Thread thread : threads) {
                thread.join();
            }
            if (problem.get() != null) {
                throw new AssertionError("seed=" + seed, problem.get());
            }
            return strange.get();
        }
    }

    private EventRouter launch(final int lanes) {
        final EventRouter router = EventRouter.launch(new RouterContext()
                .lanes(lanes)
                .maxDevices(100)
                .maxAccounts(100)
                .deliveryHandler(delivery -> {
                    heard.merge(
                            delivery.event().correlationId(),
                            Integer.valueOf(delivery.recipientId()),
                            (some, other) -> 10 * some + other);
                    return AttemptOutcome.PENDING;
                }));
        for (int number = 1; number <= 2; number++) {
            final EntityId owner = EntityId.of(0xa, number);
            router.execute(new Command.RegisterUser(owner, 0));
            router.execute(new Command.OpenStream(EventStream.of("" + number, ScopeId.owner(owner))));
        }
        router.execute(new Command.RegisterDevice(DEVICE));
        return router;
    }

    private final class Caller {
        private final EventRouter router;
        private final Answers answers;
        private final SplittableRandom random;
        private final EventDraft draft = new EventDraft().fromDevice(DEVICE).name("t");
        private long nextEvent;

        Caller(final EventRouter router, final int number, final Answers answers) {
            this.router = router;
            this.answers = answers;
            random = new SplittableRandom(seed + number);
            nextEvent = number;
        }

        void run(final List<Call> calls) {
            int notYetCopied = NOTHING;
            for (int i = 0; i < CALLS_PER_THREAD; i++) {
                final Kind kind = Kind.values()[random.nextInt(Kind.values().length)];
                final int owner = 1 + random.nextInt(2);
                final long startNs = System.nanoTime();
                final int value = call(kind, owner);
                calls.add(new Call(kind, value, startNs, System.nanoTime()));
                laggingCopy = notYetCopied == NOTHING ? laggingCopy : notYetCopied;
                notYetCopied = kind == Kind.CLAIM || kind == Kind.UNCLAIM ? value : NOTHING;
            }
        }

        private int call(final Kind kind, final int owner) {
            return switch (kind) {
                case CLAIM -> {
                    router.execute(new Command.Claim(DEVICE, EntityId.of(0xa, owner)));
                    yield owner;
                }
                case UNCLAIM -> {
                    router.execute(new Command.Unclaim(DEVICE));
                    yield 0;
                }
                case PUBLISH -> publish();
                case OWNER ->
                    answers == Answers.FROM_A_COPY_THAT_LAGS
                            ? laggingCopy
                            : router.ownershipOf(DEVICE)
                                    .orElseThrow()
                                    .owner()
                                    .map(EntityId::low)
                                    .orElse(0);
            };
        }

        private int publish() {
            nextEvent += THREADS;
            final long sequence = router.publish(draft.correlationId(nextEvent));
            assertTrue(sequence >= 0);
            assertTrue(router.awaitRouted(sequence, TimeUnit.SECONDS.toNanos(60)));
            final Integer owners = heard.remove(nextEvent);
            return owners == null ? 0 : owners;
        }
    }
}
