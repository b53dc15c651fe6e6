package io.eventrouter.benchmarks;

import io.eventrouter.benchmarks.workload.OneProductFleet;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A broadcast: one event of a device reaches 1,000,000 devices of its product, each of which is charged and handed to
 * a handler that reads the event. From the publish until everything is handed over. Reported in time per delivery.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar jmh FanOut -prof gc</pre>
 */
@State(Scope.Benchmark)
public class FanOutBenchmark extends AverageTimeSuite {
    private static final int SUBSCRIBERS = 1_000_000;

    private OneProduct product;

    @Setup(Level.Trial)
    public void start() {
        product = new OneProduct(new OneProductFleet(SUBSCRIBERS, SUBSCRIBERS, true, 42));
    }

    @Benchmark
    @OperationsPerInvocation(SUBSCRIBERS)
    public long broadcast() {
        product.publisher().publishOneAtATime(1);
        product.awaitRouted();
        return product.publisher().lastSequence();
    }

    @TearDown(Level.Trial)
    public void checkAndStop() {
        product.check(SUBSCRIBERS);
        product.close();
    }
}
