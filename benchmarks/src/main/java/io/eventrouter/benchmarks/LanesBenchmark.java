package io.eventrouter.benchmarks;

import io.eventrouter.EventRouter;
import io.eventrouter.benchmarks.workload.EventSequence;
import io.eventrouter.benchmarks.workload.Fleet;
import io.eventrouter.benchmarks.workload.FleetChanges;
import io.eventrouter.benchmarks.workload.NaiveMatches;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.delivery.Delivery;
import io.eventrouter.event.EventDraft;
import io.eventrouter.event.PublishResult;
import io.eventrouter.status.RouterCounter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What lanes bring and what they cost, on the fleet of the whole path. A gateway publishes sixteen events at a time;
 * its events wait in the rings while every lane is held up in its handler, as by a transport that stalls. So filling
 * the rings takes time of the publisher alone, and catching up of the lanes alone; publishing while the lanes route is
 * both together.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar jmh Lanes</pre>
 */
@State(Scope.Benchmark)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 4, time = 2)
public class LanesBenchmark extends ThroughputSuite {
    private static final int EVENTS = 1 << 22;
    private static final int BACKLOG_EVENTS = 1 << 17;
    private static final int RING_SLOTS = 1 << 18;
    private static final int EVENTS_AT_ONCE = 16;
    private static final int CLAIMS = 1 << 14;
    private static final int LONGS_PER_CACHE_LINE = 8;
    private static final long AWAIT_NS = TimeUnit.SECONDS.toNanos(30);

    @Param({"1", "2"})
    public int lanes;

    @Param({"1000000"})
    public int devices;

    @Param({"100000"})
    public int subscriptions;

    private final EventDraft[] drafts = new EventDraft[EVENTS_AT_ONCE];
    private final EventDraft[] waiting = new EventDraft[EVENTS_AT_ONCE];
    private final long[] results = new long[EVENTS_AT_ONCE];
    private EventSequence events;
    private NaiveMatches expected;
    private FleetChanges changes;
    private EventRouter router;
    private long[] lastSequences;
    private long[] touched;
    private long published;
    private long commands;
    private volatile boolean isHeld;

    @Setup(Level.Trial)
    public void start() {
        final Fleet fleet = new Fleet(devices, subscriptions, 42);
        events = new EventSequence(fleet, EVENTS, "uniform", 42);
        expected = new NaiveMatches(fleet, events);
        changes = new FleetChanges(fleet, 42);
        lastSequences = new long[lanes];
        touched = new long[(lanes + 1) * LONGS_PER_CACHE_LINE];
        for (int i = 0; i < drafts.length; i++) {
            drafts[i] = new EventDraft();
        }
        router = EventRouter.launch(RunningRouter.context(fleet)
                .lanes(lanes)
                .ringSlots(RING_SLOTS)
                .idleStrategy(() -> YieldingIdleStrategy.INSTANCE)
                .deliveryHandler(this::onDelivery));
        FleetRegistration.load(fleet, router);
        commands = router.counter(RouterCounter.COMMANDS_APPLIED);
    }

    // Lanes run at the same time: each adds to a cache line of its own.
    private AttemptOutcome onDelivery(final Delivery delivery) {
        while (isHeld) {
            LockSupport.parkNanos(1_000);
        }
        final int lane = (int) delivery.event().sequence() & lanes - 1;
        touched[(lane + 1) * LONGS_PER_CACHE_LINE] += delivery.event().payloadLength() + delivery.deviceIdLow();
        return AttemptOutcome.PENDING;
    }

    /** Rings with room and lanes that are held up. */
    @State(Scope.Benchmark)
    public static class HeldLanes {
        @Setup(Level.Invocation)
        public void hold(final LanesBenchmark benchmark) {
            benchmark.isHeld = true;
        }

        @TearDown(Level.Invocation)
        public void catchUp(final LanesBenchmark benchmark) {
            benchmark.releaseAndAwait();
        }
    }

    /** Rings with a backlog of events. */
    @State(Scope.Benchmark)
    public static class Backlog {
        @Setup(Level.Invocation)
        public void fill(final LanesBenchmark benchmark) {
            benchmark.isHeld = true;
            benchmark.publish(BACKLOG_EVENTS);
        }
    }

    /** Rings with a backlog of claims, the lanes being held up before them. */
    @State(Scope.Benchmark)
    public static class BacklogOfClaims {
        @Setup(Level.Invocation)
        public void fill(final LanesBenchmark benchmark) {
            benchmark.isHeld = true;
            benchmark.publish(64 * benchmark.lanes);
            benchmark.claim();
        }
    }

    @Benchmark
    @OperationsPerInvocation(BACKLOG_EVENTS)
    public long fillRingsOfHeldLanes(final HeldLanes held) {
        publish(BACKLOG_EVENTS);
        return published;
    }

    @Benchmark
    @OperationsPerInvocation(BACKLOG_EVENTS)
    public long catchUpWithEvents(final Backlog backlog) {
        releaseAndAwait();
        return published;
    }

    @Benchmark
    @OperationsPerInvocation(CLAIMS)
    public long catchUpWithClaims(final BacklogOfClaims backlog) {
        releaseAndAwait();
        router.execute(changes.claim());
        commands++;
        return commands;
    }

    @Benchmark
    @OperationsPerInvocation(BACKLOG_EVENTS)
    public long publishSixteenAtATime() {
        publish(BACKLOG_EVENTS);
        return published;
    }

    /** Every event was accepted, routed and charged, and found its subscribers; every command was applied once. */
    @TearDown(Level.Trial)
    public void checkAndStop() {
        releaseAndAwait();
        final long delivered = expected.of(0, published);
        requireCount(RouterCounter.EVENTS_ACCEPTED, published);
        requireCount(RouterCounter.EVENTS_ROUTED, published);
        requireCount(RouterCounter.PUBLISH_OPERATIONS, published);
        requireCount(RouterCounter.DELIVERIES_TO_DEVICES, delivered);
        requireCount(RouterCounter.SUBSCRIBE_OPERATIONS, delivered);
        requireCount(RouterCounter.COMMANDS_APPLIED, commands);
        requireCount(RouterCounter.COMMANDS_REFUSED, 0);
        router.close();
    }

    private void requireCount(final RouterCounter counter, final long count) {
        Work.requireEqual(counter.name(), count, router.counter(counter));
    }

    private void publish(final int count) {
        for (int i = 0; i < count; i += EVENTS_AT_ONCE) {
            for (int k = 0; k < EVENTS_AT_ONCE; k++) {
                events.draft(published + k, drafts[k]);
            }
            publishSixteen();
            published += EVENTS_AT_ONCE;
        }
    }

    // Those of a full lane come again, the others do not wait for them.
    private void publishSixteen() {
        System.arraycopy(drafts, 0, waiting, 0, EVENTS_AT_ONCE);
        int count = EVENTS_AT_ONCE;
        while (count > 0) {
            router.publishAll(waiting, count, results);
            int left = 0;
            for (int i = 0; i < count; i++) {
                if (results[i] >= 0) {
                    lastSequences[(int) results[i] & lanes - 1] = results[i];
                } else if (results[i] == PublishResult.BACK_PRESSURED) {
                    waiting[left++] = waiting[i];
                } else {
                    throw new IllegalStateException(waiting[i].explain(results[i]));
                }
            }
            count = left;
            if (count > 0) {
                Thread.yield();
            }
        }
    }

    private void claim() {
        for (int i = 0; i < CLAIMS; i++) {
            router.submit(changes.claim());
        }
        commands += CLAIMS;
    }

    private void releaseAndAwait() {
        isHeld = false;
        for (final long sequence : lastSequences) {
            Work.require(router.awaitRouted(sequence, AWAIT_NS), "everything is routed");
        }
    }
}
