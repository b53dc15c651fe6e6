package io.eventrouter.oracle;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.delivery.DeliveryHandler;
import io.eventrouter.oracle.Neighbourhood.Receipt;
import io.eventrouter.outbox.Outbox;
import io.eventrouter.outbox.OutboxCounter;
import io.eventrouter.outbox.OutboxRemains;
import io.eventrouter.outbox.OutboxState;
import io.eventrouter.outbox.OutboxesContext;
import io.eventrouter.status.RouterCounter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * One subscriber misbehaves, the others must not notice: what they hear is what the oracle says, everything, nothing
 * else, and in order. The one who misbehaves misses some, in order and without doubles, and is counted exactly.
 */
@Timeout(240)
class IsolatedSubscribersTest {
    private static final int EVENTS = 3_000;

    /** What the handler of a subscriber does. */
    enum Behaviour {
        GOOD,
        SLOW,
        BLOCKED,
        THROWS_EVERY_THIRD_TIME,
        THROWS_EXCEPTION,
        THROWS_ERROR,
        OVERFLOWS_STACK,
        RUNS_OUT_OF_MEMORY,
        FLAPS
    }

    private final long seed = System.nanoTime();
    private final CountDownLatch released = new CountDownLatch(1);
    private final AtomicInteger calls = new AtomicInteger();
    private final AtomicLong nowNs = new AtomicLong();
    private final ConcurrentLinkedQueue<String> told = new ConcurrentLinkedQueue<>();

    static Stream<Arguments> cases() {
        return Stream.of(Behaviour.values())
                .flatMap(behaviour -> Stream.of(1, 2)
                        .flatMap(lanes -> Stream.of("integration:everything", "devices:2")
                                .map(subscriber -> Arguments.of(behaviour, lanes, subscriber))));
    }

    @AfterEach
    void release() {
        released.countDown();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void shouldKeepOthersUnharmed(final Behaviour behaviour, final int lanes, final String misbehaving) {
        final OutboxesContext context = new OutboxesContext()
                .workers(2)
                .bytesPerOutbox(1 << 18)
                .failureLimit(8)
                .pause(1, 8, TimeUnit.SECONDS)
                .stuckTimeout(2, TimeUnit.HOURS)
                .nanoClock(nowNs::get)
                .errorHandler(problem -> told.add(problem.getMessage()));
        try (Neighbourhood neighbourhood = new Neighbourhood(lanes, context)) {
            neighbourhood.open(misbehaving, handler(behaviour));
            neighbourhood.register();
            neighbourhood.publish(
                    new SplittableRandom(seed),
                    EVENTS,
                    behaviour == Behaviour.GOOD ? "nobody" : misbehaving,
                    () -> passTime(behaviour));
            if (behaviour == Behaviour.BLOCKED) {
                final Outbox blocked = neighbourhood.outbox(misbehaving);
                Neighbourhood.await("it is found stuck", () -> {
                    passTime(behaviour);
                    return blocked.state() == OutboxState.STUCK;
                });
            }

            // Still blocked here: the others have had everything by now.
            final Map<String, List<Receipt>> expected = neighbourhood.expected();
            expected.forEach((subscriber, receipts) -> {
                if (!subscriber.equals(misbehaving)) {
                    checkUnharmed(neighbourhood, subscriber, receipts, lanes);
                }
            });
            released.countDown();
            final OutboxRemains remains =
                    neighbourhood.outboxes().close(neighbourhood.outbox(misbehaving), 30, TimeUnit.SECONDS);
            checkMisbehaving(neighbourhood, misbehaving, expected.get(misbehaving), remains);
            checkCharges(neighbourhood, expected);
            checkEffect(behaviour, neighbourhood.outbox(misbehaving));
        }
    }

    /** Nobody else has a delivery in hand now, so that whoever is found stuck is stuck. */
    private void passTime(final Behaviour behaviour) {
        final boolean isBlocked = behaviour == Behaviour.BLOCKED && calls.get() > 0;
        nowNs.addAndGet(TimeUnit.SECONDS.toNanos(isBlocked ? 3_600 : 1));
    }

    private DeliveryHandler handler(final Behaviour behaviour) {
        return delivery -> {
            misbehave(behaviour, calls.incrementAndGet());
            return AttemptOutcome.PENDING;
        };
    }

    private void misbehave(final Behaviour behaviour, final int call) {
        switch (behaviour) {
            case SLOW -> LockSupport.parkNanos(200_000);
            case BLOCKED -> awaitRelease();
            case THROWS_EVERY_THIRD_TIME -> fail(call % 3 == 0);
            case THROWS_EXCEPTION -> fail(true);
            case THROWS_ERROR -> throw new AssertionError("call=" + call);
            case OVERFLOWS_STACK -> recurse(call);
            case RUNS_OUT_OF_MEMORY -> calls.addAndGet(new long[Integer.MAX_VALUE].length);
            case FLAPS -> fail(call / 20 % 2 == 1);
            default -> {
                // It behaves.
            }
        }
    }

    private void awaitRelease() {
        try {
            released.await();
        } catch (final InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }

    private static void fail(final boolean fails) {
        if (fails) {
            throw new IllegalStateException("not today");
        }
    }

    private static int recurse(final int depth) {
        return recurse(depth + 1) + depth;
    }

    private void checkUnharmed(
            final Neighbourhood neighbourhood, final String subscriber, final List<Receipt> expected, final int lanes) {
        final Outbox outbox = neighbourhood.outbox(subscriber);
        final String context = subscriber + ", seed=" + seed + ", told=" + told;
        assertEquals(0, outbox.dropped(), context);
        assertEquals(expected.size(), outbox.count(OutboxCounter.OFFERED), context);
        assertEquals(expected.size(), outbox.count(OutboxCounter.DELIVERED), context);
        final List<Receipt> heard = neighbourhood.heard(subscriber);
        if (lanes == 1) {
            // The router delivers one event to devices in an order of its own.
            assertEquals(steps(expected), steps(heard), context);
        }
        assertEquals(byPublisher(expected), byPublisher(heard), context);
    }

    private void checkMisbehaving(
            final Neighbourhood neighbourhood,
            final String subscriber,
            final List<Receipt> expected,
            final OutboxRemains remains) {
        final Outbox outbox = neighbourhood.outbox(subscriber);
        final String context = subscriber + ", seed=" + seed + ", remains=" + remains;
        assertEquals(false, remains.isInHand(), context);
        checkIdentities(outbox, context);
        final List<Receipt> heard = neighbourhood.heard(subscriber);
        assertEquals(expected.size(), outbox.count(OutboxCounter.OFFERED), context);
        assertEquals(heard.size(), outbox.count(OutboxCounter.DELIVERED) + outbox.count(OutboxCounter.FAILED), context);
        assertEquals(remains.undelivered(), outbox.count(OutboxCounter.UNDELIVERED), context);
        final Map<String, List<Receipt>> expectedByPublisher = byPublisher(expected);
        byPublisher(heard)
                .forEach((publisher, receipts) -> assertTrue(
                        isInOrderWithin(receipts, expectedByPublisher.get(publisher)), "of " + publisher + context));
    }

    private static void checkIdentities(final Outbox outbox, final String context) {
        assertEquals(
                outbox.count(OutboxCounter.OFFERED), outbox.count(OutboxCounter.TAKEN) + outbox.dropped(), context);
        assertEquals(
                outbox.count(OutboxCounter.TAKEN),
                outbox.count(OutboxCounter.DELIVERED)
                        + outbox.count(OutboxCounter.FAILED)
                        + outbox.count(OutboxCounter.UNDELIVERED),
                context);
        assertEquals(0, outbox.queued(), context);
        assertEquals(0, outbox.queuedBytes(), context);
    }

    /** Every delivery to a device costs one operation here, so charges are deliveries that an outbox took. */
    private void checkCharges(final Neighbourhood neighbourhood, final Map<String, List<Receipt>> expected) {
        long expectedToDevices = 0;
        long handedOver = 0;
        long undelivered = 0;
        long dropped = 0;
        for (int i = 0; i < Neighbourhood.DEVICE_OUTBOXES; i++) {
            final Outbox outbox = neighbourhood.outbox("devices:" + i);
            expectedToDevices += expected.get("devices:" + i).size();
            handedOver += outbox.count(OutboxCounter.OPERATIONS_HANDED_OVER);
            undelivered += outbox.count(OutboxCounter.UNDELIVERED);
            dropped += outbox.dropped();
        }
        final long skipped = neighbourhood.router().counter(RouterCounter.DEVICES_SKIPPED_NOT_ATTEMPTED);
        final long delivered = neighbourhood.router().counter(RouterCounter.DELIVERIES_TO_DEVICES);
        assertEquals(dropped, skipped, "seed=" + seed);
        assertEquals(expectedToDevices, delivered + skipped, "seed=" + seed);
        assertEquals(expectedToDevices, neighbourhood.router().counter(RouterCounter.DEVICES_MATCHED));
        assertEquals(
                handedOver + undelivered,
                neighbourhood.router().counter(RouterCounter.SUBSCRIBE_OPERATIONS),
                "seed=" + seed);
        assertEquals(
                handedOver + undelivered,
                neighbourhood
                        .router()
                        .usageSnapshot()
                        .join()
                        .products()
                        .values()
                        .iterator()
                        .next()
                        .subscribeOperations());
    }

    /** The misbehaviour has happened: a comparison proves nothing about what did not. */
    private void checkEffect(final Behaviour behaviour, final Outbox outbox) {
        final String context = behaviour + ", seed=" + seed + ", told=" + told;
        switch (behaviour) {
            case GOOD -> assertEquals(0, outbox.dropped(), context);
            case SLOW -> assertEquals(0, outbox.count(OutboxCounter.FAILED), context);
            case BLOCKED -> {
                assertEquals(1, outbox.count(OutboxCounter.TIMES_STUCK), context);
                assertTrue(told.stream().anyMatch(message -> message.startsWith("a handler does not return")), context);
            }
            case THROWS_EVERY_THIRD_TIME -> {
                assertEquals(0, outbox.count(OutboxCounter.TIMES_SET_ASIDE), context);
                assertTrue(outbox.count(OutboxCounter.FAILED) > 0, context);
            }
            default -> {
                assertTrue(outbox.count(OutboxCounter.TIMES_SET_ASIDE) > 0, context);
                assertTrue(outbox.count(OutboxCounter.FAILED) >= 8, context);
            }
        }
    }

    private static boolean isEmpty(final Outbox outbox) {
        return outbox.queued() == 0 && outbox.queuedBytes() == 0;
    }

    private static List<Long> steps(final List<Receipt> receipts) {
        return receipts.stream().map(Receipt::step).toList();
    }

    /** Receipts of each publisher in order; those of one event, which may come to several devices, sorted. */
    private static Map<String, List<Receipt>> byPublisher(final List<Receipt> receipts) {
        final Map<String, List<Receipt>> byPublisher = new HashMap<>();
        receipts.forEach(receipt -> byPublisher
                .computeIfAbsent(receipt.delivery().publisher(), publisher -> new ArrayList<>())
                .add(receipt));
        byPublisher.values().forEach(IsolatedSubscribersTest::sortWithinEvents);
        return byPublisher;
    }

    private static void sortWithinEvents(final List<Receipt> receipts) {
        int begin = 0;
        for (int end = 1; end <= receipts.size(); end++) {
            if (end == receipts.size()
                    || receipts.get(end).step() != receipts.get(begin).step()) {
                receipts.subList(begin, end)
                        .sort(Comparator.comparing(receipt -> receipt.delivery().recipient()));
                begin = end;
            }
        }
    }

    private static boolean isInOrderWithin(final List<Receipt> some, final List<Receipt> all) {
        int next = 0;
        for (final Receipt receipt : all) {
            if (next < some.size() && some.get(next).equals(receipt)) {
                next++;
            }
        }
        return next == some.size();
    }
}
