package io.eventrouter.benchmarks;

import io.eventrouter.benchmarks.workload.OneProductFleet;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A product of 1,000,000 devices in which devices take orders under their own id: each order meets one subscriber.
 * Either ten of the devices subscribe, or all, so that one scope holds 1,000,000 distinct prefixes. The whole path,
 * sixteen events at once. Reported in time per event.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar jmh LargeScope</pre>
 */
@State(Scope.Benchmark)
public class LargeScopeBenchmark extends AverageTimeSuite {
    private static final int EVENTS_PER_INVOCATION = 16_384;

    @Param({"1000000"})
    public int devices;

    @Param({"10", "1000000"})
    public int prefixes;

    private OneProduct product;

    @Setup(Level.Trial)
    public void start() {
        product = new OneProduct(new OneProductFleet(devices, prefixes, false, 42));
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS_PER_INVOCATION)
    public long giveOrders() {
        product.publisher().publishTogether(EVENTS_PER_INVOCATION);
        return product.publisher().lastSequence();
    }

    @TearDown(Level.Trial)
    public void checkAndStop() {
        product.check(1);
        product.close();
    }
}
