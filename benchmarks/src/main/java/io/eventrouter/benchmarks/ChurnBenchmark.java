package io.eventrouter.benchmarks;

import io.eventrouter.benchmarks.workload.Fleet;
import io.eventrouter.benchmarks.workload.FleetChanges;
import io.eventrouter.status.RouterCounter;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * A fleet that changes while it publishes: after every so many events a device is claimed by another user, moved to
 * another product, subscribes or takes a subscription back. Events are published one at a time on the same thread, so
 * what each of them meets is known. Reported in events a second.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar jmh Churn</pre>
 */
@State(Scope.Benchmark)
public class ChurnBenchmark extends ThroughputSuite {
    private static final int EVENTS_PER_INVOCATION = 16_000;

    @Param({"1000000"})
    public int devices;

    @Param({"100000"})
    public int subscriptions;

    @Param({"10", "100", "1000"})
    public int eventsPerChange;

    private RunningRouter running;
    private Publisher publisher;
    private FleetChanges changes;
    private long commandsBefore;
    private long submitted;

    @Setup(Level.Trial)
    public void start() {
        final Fleet fleet = new Fleet(devices, subscriptions, 42);
        running = new RunningRouter(fleet, "uniform");
        publisher = running.publisher(0);
        changes = new FleetChanges(fleet, 42);
        commandsBefore = running.router().counter(RouterCounter.COMMANDS_APPLIED);
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS_PER_INVOCATION)
    public long publishWhileTheFleetChanges() {
        for (int i = 0; i < EVENTS_PER_INVOCATION; i += eventsPerChange) {
            publisher.publishOneAtATime(eventsPerChange);
            running.router().submit(changes.any());
            submitted++;
        }
        return publisher.lastSequence();
    }

    /** Every event met what it had to meet, and every change took effect. */
    @TearDown(Level.Trial)
    public void checkAndStop() {
        running.router().closeUsageWindow().join();
        running.check(publisher);
        Work.requireEqual(
                "changes", submitted, running.router().counter(RouterCounter.COMMANDS_APPLIED) - commandsBefore);
        Work.requireEqual("refused changes", 0, running.router().counter(RouterCounter.COMMANDS_REFUSED));
        running.close();
    }
}
