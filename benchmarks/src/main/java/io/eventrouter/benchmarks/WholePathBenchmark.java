package io.eventrouter.benchmarks;

import io.eventrouter.benchmarks.workload.Fleet;
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
 * A gateway publishes device events, one at a time, with or without the handles that its connections have kept, or
 * sixteen at once; a router on its own thread looks owners up, matches the scopes of owner, product and organization,
 * counts, and hands deliveries to a handler that reads them. The events of a smaller ring stay in the processor's
 * caches on their way; a larger one outlasts longer stalls of the handler. Reported per event.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar jmh WholePath -prof gc</pre>
 *
 * <p>The large fleet:
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar jmh WholePath -p devices=10000000 -p subscriptions=1000000</pre>
 */
@State(Scope.Benchmark)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 3)
public class WholePathBenchmark extends ThroughputSuite {
    private static final int EVENTS_PER_INVOCATION = 16_384;

    @Param({"1000000"})
    public int devices;

    @Param({"100000"})
    public int subscriptions;

    @Param({"uniform", "zipf"})
    public String skew;

    @Param({"65536"})
    public int ringSlots;

    private RunningRouter running;
    private Publisher publisher;
    private Publisher connections;

    @Setup(Level.Trial)
    public void start() {
        running = new RunningRouter(new Fleet(devices, subscriptions, 42), skew, ringSlots, new TouchingHandler());
        publisher = running.publisher(0);
        connections = new Publisher(running.router(), running.events().withHandles(running.router()), 0);
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS_PER_INVOCATION)
    public long publishOneAtATime() {
        publisher.publishOneAtATime(EVENTS_PER_INVOCATION);
        return publisher.lastSequence();
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS_PER_INVOCATION)
    public long publishOneAtATimeWithHandle() {
        connections.publishOneAtATime(EVENTS_PER_INVOCATION);
        return connections.lastSequence();
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS_PER_INVOCATION)
    public long publishSixteenAtATime() {
        publisher.publishTogether(EVENTS_PER_INVOCATION);
        return publisher.lastSequence();
    }

    @TearDown(Level.Trial)
    public void checkAndStop() {
        running.check(publisher, connections);
        running.close();
    }
}
