package io.eventrouter.benchmarks;

import io.eventrouter.EventRouter;
import io.eventrouter.benchmarks.workload.Fleet;
import java.nio.file.Path;
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
 * How long a router takes to start on the data directory of an earlier one with a fleet: everything is read, checked
 * and in force when it has started. The files are in the page cache, as after a crash of the process alone.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar jmh Restart</pre>
 */
@State(Scope.Benchmark)
@Measurement(iterations = 5)
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
public class RestartBenchmark extends SingleShotSuite {
    @Param({"1000000"})
    public int devices;

    private Fleet fleet;
    private Path directory;
    private EventRouter router;

    @Setup(Level.Trial)
    public void fill() {
        fleet = new Fleet(devices, devices / 10, 42);
        directory = DataDirectories.make();
        router = launch();
        FleetRegistration.load(fleet, router);
        router.close();
    }

    /** The last device is there. */
    @TearDown(Level.Iteration)
    public void checkAndStop() {
        Work.require(router.ownershipOf(fleet.device(devices - 1)).isPresent(), "the fleet is there again");
        router.close();
    }

    @TearDown(Level.Trial)
    public void delete() {
        DataDirectories.delete(directory);
    }

    @Benchmark
    public EventRouter start() {
        router = launch();
        return router;
    }

    private EventRouter launch() {
        return EventRouter.launch(
                RunningRouter.context(fleet).dataDirectory(directory).deliveryHandler(new TouchingHandler()));
    }
}
