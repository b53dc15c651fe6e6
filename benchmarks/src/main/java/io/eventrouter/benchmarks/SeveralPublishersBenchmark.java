package io.eventrouter.benchmarks;

import io.eventrouter.benchmarks.workload.Fleet;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;

/**
 * Several gateways publish to one router, one event at a time each. Reported in events a second of all together. With
 * the routing thread there is one more thread than publishers; where there are fewer cores they take turns.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar jmh SeveralPublishers</pre>
 */
public class SeveralPublishersBenchmark extends ThroughputSuite {
    private static final int EVENTS_PER_INVOCATION = 4_096;
    private static final long FIRST_EVENTS_APART = 1_000_003;

    /** The router that all publish to. */
    @State(Scope.Benchmark)
    public static class Shared {
        @Param({"1000000"})
        public int devices;

        @Param({"100000"})
        public int subscriptions;

        private final List<Publisher> publishers = new ArrayList<>();
        private RunningRouter running;

        @Setup(Level.Trial)
        public void start() {
            running = new RunningRouter(new Fleet(devices, subscriptions, 42), "uniform");
        }

        @TearDown(Level.Trial)
        public void checkAndStop() {
            running.check(publishers.toArray(Publisher[]::new));
            running.close();
        }

        private synchronized Publisher join() {
            publishers.add(running.publisher(publishers.size() * FIRST_EVENTS_APART));
            return publishers.get(publishers.size() - 1);
        }
    }

    /** One of the gateways. */
    @State(Scope.Thread)
    public static class Gateway {
        private Publisher publisher;

        @Setup(Level.Trial)
        public void start(final Shared shared) {
            publisher = shared.join();
        }
    }

    @Benchmark
    @Threads(1)
    @OperationsPerInvocation(EVENTS_PER_INVOCATION)
    public void publishFromOneThread(final Gateway gateway) {
        gateway.publisher.publishOneAtATime(EVENTS_PER_INVOCATION);
    }

    @Benchmark
    @Threads(2)
    @OperationsPerInvocation(EVENTS_PER_INVOCATION)
    public void publishFromTwoThreads(final Gateway gateway) {
        gateway.publisher.publishOneAtATime(EVENTS_PER_INVOCATION);
    }

    @Benchmark
    @Threads(4)
    @OperationsPerInvocation(EVENTS_PER_INVOCATION)
    public void publishFromFourThreads(final Gateway gateway) {
        gateway.publisher.publishOneAtATime(EVENTS_PER_INVOCATION);
    }
}
