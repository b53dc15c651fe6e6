package io.eventrouter.benchmarks;

import io.eventrouter.benchmarks.workload.Fleet;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * How the cost of an event grows with what the router holds: the whole path, sixteen events at once, on fleets that
 * differ in one number at a time. Reported in time per event.
 *
 * <ul>
 *   <li>{@code subscriptions-…}: so many subscriptions on 1,000,000 devices, all of which publish
 *   <li>{@code devices-…}: so many devices with 100,000 subscriptions, all of which publish
 *   <li>{@code elsewhere-…}: 1,000,000 devices in 10,000 products, but only the 100 devices in each of ten products
 *       publish, which all subscribe; in the other products all devices subscribe, or none
 * </ul>
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar jmh Growth -p fleet=subscriptions-1k,subscriptions-1m</pre>
 */
@State(Scope.Benchmark)
@Fork(
        value = 1,
        jvmArgsPrepend = {"--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED", "-Xms4g", "-Xmx4g"})
public class GrowthBenchmark extends AverageTimeSuite {
    private static final int EVENTS_PER_INVOCATION = 16_384;

    @Param({
        "subscriptions-1k",
        "subscriptions-10k",
        "subscriptions-100k",
        "subscriptions-1m",
        "devices-100k",
        "devices-1m",
        "devices-10m",
        "elsewhere-1k",
        "elsewhere-1m"
    })
    public String fleet;

    private RunningRouter running;
    private Publisher publisher;

    @Setup(Level.Trial)
    public void start() {
        running = switch (fleet) {
            case "subscriptions-1k" -> new RunningRouter(fleet(1_000_000, 1_000), "uniform");
            case "subscriptions-10k" -> new RunningRouter(fleet(1_000_000, 10_000), "uniform");
            case "subscriptions-100k", "devices-1m" -> new RunningRouter(fleet(1_000_000, 100_000), "uniform");
            case "subscriptions-1m" -> new RunningRouter(fleet(1_000_000, 1_000_000), "uniform");
            case "devices-100k" -> new RunningRouter(fleet(100_000, 100_000), "uniform");
            case "devices-10m" -> new RunningRouter(fleet(10_000_000, 100_000), "uniform");
            case "elsewhere-1k" -> new RunningRouter(fleet(1_000_000, 1_000_000).subscribingOnlyIn(10), "ten-products");
            case "elsewhere-1m" -> new RunningRouter(fleet(1_000_000, 1_000_000), "ten-products");
            default -> throw new IllegalArgumentException("fleet=" + fleet);
        };
        publisher = running.publisher(0);
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS_PER_INVOCATION)
    public long publishSixteenAtATime() {
        publisher.publishTogether(EVENTS_PER_INVOCATION);
        return publisher.lastSequence();
    }

    @TearDown(Level.Trial)
    public void checkAndStop() {
        running.check(publisher);
        running.close();
    }

    private static Fleet fleet(final int devices, final int subscriptions) {
        return new Fleet(devices, subscriptions, 42);
    }
}
