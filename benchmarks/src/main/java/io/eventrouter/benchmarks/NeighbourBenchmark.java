package io.eventrouter.benchmarks;

import io.eventrouter.RouterContext;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * How long a user's events wait because of a neighbour whose <b>broadcasts are long</b>, and how slices help. For a
 * neighbour that <b>floods or churns</b>, and for limits, see {@link NoisyNeighbourBenchmark}.
 *
 * <p>Latency is from the time at which a publish is due until the handler has the event, at a fixed rate, while
 * somebody else's product broadcasts to 1,000,000 devices without a pause ({@code sliced}). The same without the
 * broadcasts ({@code quiet}), and with a router that delivers every broadcast in one go ({@code uncut}), in turns in
 * one run. Counters: percentiles of each in nanoseconds, how many broadcast deliveries a second there were, and what
 * share of the rate in thousandths was offered; below 999 the latencies are void.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar jmh benchmarks.NeighbourBenchmark</pre>
 */
@State(Scope.Benchmark)
@Measurement(iterations = 3)
@Fork(
        value = 1,
        jvmArgsPrepend = {"--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED", "-Xms2g", "-Xmx2g"})
public class NeighbourBenchmark extends SingleShotSuite {
    private static final int TURNS = 2;

    @Param({"10000"})
    public int eventsPerSecond;

    @Param({"1000000"})
    public int devicesOfNeighbour;

    @Param({"2000"})
    public int turnMs;

    private final Turn quiet = new Turn();
    private final Turn sliced = new Turn();
    private final Turn uncut = new Turn();
    private Neighbours router;
    private Neighbours uncutRouter;

    /** What was measured beside the time. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Latencies {
        public long quietP50Ns;
        public long quietP99Ns;
        public long quietP999Ns;
        public long slicedP50Ns;
        public long slicedP99Ns;
        public long slicedP999Ns;
        public long uncutP50Ns;
        public long uncutP99Ns;
        public long uncutP999Ns;
        public long slicedBroadcastDeliveriesPerSecond;
        public long uncutBroadcastDeliveriesPerSecond;
        public long offeredPerMille;
    }

    @Setup(Level.Trial)
    public void start() {
        router = new Neighbours(new RouterContext(), devicesOfNeighbour);
        uncutRouter = new Neighbours(new RouterContext().sliceLength(RouterContext.UNCUT), devicesOfNeighbour);
    }

    /** In turns, so that a slow spell of the machine meets all: quiet, sliced, uncut, uncut, sliced, quiet. */
    @Benchmark
    public void publishBesideBroadcasts(final Latencies result) {
        quiet.reset();
        sliced.reset();
        uncut.reset();
        for (int i = 0; i < TURNS; i++) {
            if (i % 2 == 0) {
                run(quiet, router, false);
                run(sliced, router, true);
                run(uncut, uncutRouter, true);
            } else {
                run(uncut, uncutRouter, true);
                run(sliced, router, true);
                run(quiet, router, false);
            }
        }
        result.quietP50Ns = quiet.latencies.getValueAtPercentile(50);
        result.quietP99Ns = quiet.latencies.getValueAtPercentile(99);
        result.quietP999Ns = quiet.latencies.getValueAtPercentile(99.9);
        result.slicedP50Ns = sliced.latencies.getValueAtPercentile(50);
        result.slicedP99Ns = sliced.latencies.getValueAtPercentile(99);
        result.slicedP999Ns = sliced.latencies.getValueAtPercentile(99.9);
        result.uncutP50Ns = uncut.latencies.getValueAtPercentile(50);
        result.uncutP99Ns = uncut.latencies.getValueAtPercentile(99);
        result.uncutP999Ns = uncut.latencies.getValueAtPercentile(99.9);
        result.slicedBroadcastDeliveriesPerSecond = sliced.broadcastDeliveriesPerSecond();
        result.uncutBroadcastDeliveriesPerSecond = uncut.broadcastDeliveriesPerSecond();
        result.offeredPerMille = Math.round(1_000
                * Math.min(quiet.leastOffered, Math.min(sliced.leastOffered, uncut.leastOffered))
                / eventsPerSecond);
        Work.requireEqual("samples", quiet.latencies.getTotalCount(), sliced.latencies.getTotalCount());
        Work.requireEqual("samples", quiet.latencies.getTotalCount(), uncut.latencies.getTotalCount());
    }

    private void run(final Turn turn, final Neighbours neighbours, final boolean broadcasts) {
        turn.add(neighbours, eventsPerSecond, (long) eventsPerSecond * turnMs / 1_000, broadcasts);
    }

    @TearDown(Level.Trial)
    public void checkAndStop() {
        router.checkAndClose();
        uncutRouter.checkAndClose();
    }

    /** All turns of one kind. */
    private static final class Turn {
        private final Histogram latencies = new Histogram(Neighbours.MAX_LATENCY_NS, 3);
        private long broadcastDeliveries;
        private long elapsedNs;
        private double leastOffered;

        void reset() {
            latencies.reset();
            broadcastDeliveries = 0;
            elapsedNs = 0;
            leastOffered = Double.MAX_VALUE;
        }

        void add(final Neighbours neighbours, final long perSecond, final long count, final boolean broadcasts) {
            final long deliveriesBefore = neighbours.broadcastDeliveries();
            final long startNs = System.nanoTime();
            leastOffered = Math.min(leastOffered, neighbours.publish(perSecond, count, broadcasts));
            elapsedNs += System.nanoTime() - startNs;
            broadcastDeliveries += neighbours.broadcastDeliveries() - deliveriesBefore;
            latencies.add(neighbours.takeLatencies());
        }

        long broadcastDeliveriesPerSecond() {
            return broadcastDeliveries * TimeUnit.SECONDS.toNanos(1) / elapsedNs;
        }
    }
}
