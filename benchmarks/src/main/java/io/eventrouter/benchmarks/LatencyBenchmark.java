package io.eventrouter.benchmarks;

import io.eventrouter.benchmarks.peers.BareRing;
import io.eventrouter.benchmarks.workload.Fleet;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.delivery.Delivery;
import io.eventrouter.delivery.RecipientKind;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * From the time at which a publish is due until the handler has the event, at a fixed rate that does not wait for the
 * router; and the same for slots of a bare Disruptor, in turns in one run. The rate is a number of events a second, or
 * half of the maximum that is measured just before. Counters: {@code p50Ns}, {@code p999Ns}, {@code bareP50Ns},
 * {@code bareP999Ns}, the rate that was asked for, and what share of it in thousandths was offered; below 999 the
 * machine was too slow for the publisher and the latencies are void.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar jmh Latency</pre>
 */
@State(Scope.Benchmark)
public class LatencyBenchmark extends SingleShotSuite {
    private static final int EVENTS_TO_FIND_THE_MAXIMUM = 1 << 21;
    private static final int ROUNDS = 4;
    private static final long SAMPLES_PER_SECOND = 250_000;
    private static final long MAX_LATENCY_NS = TimeUnit.SECONDS.toNanos(60);

    @Param({"100000", "1000000", "half-of-maximum"})
    public String eventsPerSecond;

    @Param({"1000000"})
    public int devices;

    @Param({"100000"})
    public int subscriptions;

    @Param({"1000"})
    public int roundMs;

    private final UnsafeBuffer slot = new UnsafeBuffer(new byte[BareRing.SLOT_LENGTH]);
    private final TimingHandler handler = new TimingHandler();
    private final Histogram bareLatencies = new Histogram(MAX_LATENCY_NS, 3);
    private final TurnIdleStrategy routerIdles = new TurnIdleStrategy();
    private final TurnIdleStrategy bareIdles = new TurnIdleStrategy();
    private RunningRouter running;
    private Publisher publisher;
    private BareRing bareRing;
    private long lastBareSequence;
    private long bareBytes;

    /** What was measured beside the time. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Latencies {
        public long p50Ns;
        public long p999Ns;
        public long bareP50Ns;
        public long bareP999Ns;
        public long askedPerSecond;
        public long offeredPerMille;
    }

    @Setup(Level.Trial)
    public void start() {
        final Fleet fleet = new Fleet(devices, subscriptions, 42);
        running = new RunningRouter(fleet, "uniform", RunningRouter.RING_SLOTS, handler, routerIdles);
        publisher = running.publisher(0);
        bareRing = new BareRing(RunningRouter.RING_SLOTS, bareIdles, this::onBareSlot);
    }

    /** In turns, so that a slow spell of the machine meets both: router, bare, bare, router. */
    @Benchmark
    public void publishAtFixedRate(final Latencies result) {
        final long perSecond =
                "half-of-maximum".equals(eventsPerSecond) ? maximumPerSecond() / 2 : Long.parseLong(eventsPerSecond);
        handler.latencies.reset();
        bareLatencies.reset();
        double leastOffered = perSecond;
        for (int i = 0; i < ROUNDS; i++) {
            final boolean bare = i % 4 == 1 || i % 4 == 2;
            final long count = perSecond * roundMs / 1_000;
            leastOffered = Math.min(leastOffered, bare ? runBare(perSecond, count) : runRouter(perSecond, count));
        }
        result.p50Ns = handler.latencies.getValueAtPercentile(50);
        result.p999Ns = handler.latencies.getValueAtPercentile(99.9);
        result.bareP50Ns = bareLatencies.getValueAtPercentile(50);
        result.bareP999Ns = bareLatencies.getValueAtPercentile(99.9);
        result.askedPerSecond = perSecond;
        result.offeredPerMille = Math.round(leastOffered * 1_000 / perSecond);
        Work.requireEqual("samples", handler.latencies.getTotalCount(), bareLatencies.getTotalCount());
    }

    @TearDown(Level.Trial)
    public void checkAndStop() {
        running.check(publisher);
        running.close();
        bareRing.awaitConsumed(lastBareSequence);
        bareRing.close();
    }

    private long maximumPerSecond() {
        bareIdles.rest();
        routerIdles.work();
        // Drafts keep their mark: with that of an earlier round every event here would be timed.
        publisher.publishNext(Sampling.NOT_SAMPLED);
        publisher.publishOneAtATime(EVENTS_TO_FIND_THE_MAXIMUM);
        running.awaitRouted(publisher);
        final long startNs = System.nanoTime();
        publisher.publishOneAtATime(EVENTS_TO_FIND_THE_MAXIMUM);
        running.awaitRouted(publisher);
        return EVENTS_TO_FIND_THE_MAXIMUM * TimeUnit.SECONDS.toNanos(1) / (System.nanoTime() - startNs);
    }

    private double runRouter(final long perSecond, final long count) {
        bareIdles.rest();
        routerIdles.work();
        final Sampling sampling = new Sampling(perSecond);
        final double offered =
                new OpenLoop(perSecond).run(count, intendedNs -> publisher.publishNext(sampling.next(intendedNs)));
        running.awaitRouted(publisher);
        return offered;
    }

    private double runBare(final long perSecond, final long count) {
        routerIdles.rest();
        bareIdles.work();
        final Sampling sampling = new Sampling(perSecond);
        final double offered = new OpenLoop(perSecond).run(count, intendedNs -> {
            slot.putLong(0, sampling.next(intendedNs));
            lastBareSequence = bareRing.publish(slot, 1);
        });
        bareRing.awaitConsumed(lastBareSequence);
        return offered;
    }

    private void onBareSlot(final UnsafeBuffer buffer, final int offset) {
        bareBytes += buffer.getLong(offset + BareRing.SLOT_LENGTH - Long.BYTES);
        final long intendedNs = buffer.getLong(offset);
        if (intendedNs != Sampling.NOT_SAMPLED) {
            bareLatencies.recordValue(System.nanoTime() - intendedNs);
        }
    }

    /** Marks so many events that reading the clock for them is not what takes the time. */
    private static final class Sampling {
        private static final long NOT_SAMPLED = 0;

        private final long every;
        private long count;

        Sampling(final long perSecond) {
            every = Math.max(1, perSecond / SAMPLES_PER_SECOND);
        }

        long next(final long intendedNs) {
            return count++ % every == 0 ? intendedNs : NOT_SAMPLED;
        }
    }

    /** Takes the time when an event with a mark reaches its device. */
    private static final class TimingHandler extends TouchingHandler {
        private final Histogram latencies = new Histogram(MAX_LATENCY_NS, 3);

        @Override
        public AttemptOutcome onDelivery(final Delivery delivery) {
            final long intendedNs = delivery.event().correlationId();
            if (intendedNs != Sampling.NOT_SAMPLED && delivery.recipientKind() == RecipientKind.DEVICE) {
                latencies.recordValue(System.nanoTime() - intendedNs);
            }
            return super.onDelivery(delivery);
        }
    }
}
