package io.eventrouter.benchmarks;

import io.eventrouter.EventRouter;
import io.eventrouter.benchmarks.workload.Fleet;
import io.eventrouter.benchmarks.workload.FleetChanges;
import io.eventrouter.command.Command;
import io.eventrouter.status.RouterCounter;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How fast claims are acknowledged, under each policy of forcing a data directory and without one: for a caller who
 * waits for each claim, for sixteen such callers, and for one who keeps a thousand in flight.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar jmh Durability</pre>
 */
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsPrepend = {
            "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-exports=jdk.compiler/com.sun.tools.javac.file=ALL-UNNAMED",
            "-Xms2g",
            "-Xmx2g"
        })
public class DurabilityBenchmark extends ThroughputSuite {
    private static final int IN_FLIGHT = 1_024;
    private static final int CALLERS = 16;

    /** A router with a fleet, whose changes are kept. */
    @State(Scope.Benchmark)
    public static class Router {
        @Param({"none", "operating-system", "every-10-ms", "every-batch"})
        public String policy;

        @Param({"100000"})
        public int devices;

        private final AtomicInteger callers = new AtomicInteger();
        private Fleet fleet;
        private Path directory;
        private EventRouter router;

        @Setup(Level.Trial)
        public void start() {
            fleet = new Fleet(devices, devices / 10, 42);
            directory = DataDirectories.make();
            router = EventRouter.launch(DataDirectories.keep(RunningRouter.context(fleet), directory, policy)
                    .deliveryHandler(new TouchingHandler()));
            FleetRegistration.load(fleet, router);
        }

        /** Nothing was refused, and nothing failed. */
        @TearDown(Level.Trial)
        public void checkAndStop() {
            Work.requireEqual("refused commands", 0, router.counter(RouterCounter.COMMANDS_REFUSED));
            Work.requireEqual("failures of the disk", 0, router.counter(RouterCounter.JOURNAL_FAILURES));
            Work.require(
                    router.counter(RouterCounter.JOURNAL_BYTES_WRITTEN) > 0 != policy.equals("none"),
                    "changes are kept, unless nothing is");
            router.close();
            DataDirectories.delete(directory);
        }
    }

    /** The claims of one caller. */
    @State(Scope.Thread)
    public static class Caller {
        private final CompletableFuture<?>[] inFlight = new CompletableFuture<?>[IN_FLIGHT];
        private FleetChanges changes;

        @Setup(Level.Trial)
        public void start(final Router router) {
            changes = new FleetChanges(router.fleet, router.callers.getAndIncrement());
        }

        private Command claim() {
            return changes.claim();
        }
    }

    @Benchmark
    public long claimAndWait(final Router router, final Caller caller) {
        return router.router.execute(caller.claim());
    }

    @Benchmark
    @Threads(CALLERS)
    public long claimAndWaitFromSixteenThreads(final Router router, final Caller caller) {
        return router.router.execute(caller.claim());
    }

    @Benchmark
    @OperationsPerInvocation(IN_FLIGHT)
    public void claimThousandInFlight(final Router router, final Caller caller) {
        for (int i = 0; i < IN_FLIGHT; i++) {
            caller.inFlight[i] = router.router.submit(caller.claim());
        }
        for (final CompletableFuture<?> claim : caller.inFlight) {
            claim.join();
        }
    }
}
