package io.eventrouter.benchmarks;

import io.eventrouter.EventRouter;
import io.eventrouter.benchmarks.workload.EveryDeviceInTurn;
import io.eventrouter.benchmarks.workload.Fleet;
import io.eventrouter.status.RouterCounter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to be billed: windows of usage end while events flow at full speed, and in each of them every device of
 * the fleet has published, so that each end emits a record for every device. Turns with and without windows alternate in
 * one run, and a window ends as soon as all devices have published once in it. Records go to the handler on the routing
 * thread, or through a data directory, which makes them durable first.
 *
 * <p>Counters: the time for an event in turns without windows ({@code nsPerEvent}) and with them
 * ({@code nsPerEventWithWindows}); what a record costs ({@code nsPerRecord}), their difference, as there are as many
 * records as events: times the devices that are active in a window, that is what its end takes from events, whether it
 * lasted a second or a minute; and the longest time from asking for the end of a window until all its records were
 * handed over, or durable ({@code longestUntilEmittedMs}).
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar jmh UsageWindow</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 3)
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
public class UsageWindowBenchmark {
    private static final long AWAIT_NS = TimeUnit.SECONDS.toNanos(60);

    @Param({"100000", "1000000"})
    public int devices;

    /** When the data directory is forced; {@code none} if there is none. */
    @Param({"none", "every-batch"})
    public String policy;

    @Param({"4000000"})
    public int eventsPerTurn;

    private final CountingUsageHandler records = new CountingUsageHandler();
    private Path directory;
    private EventRouter router;
    private Publisher publisher;
    private long windows;

    /** What was measured beside the time. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Costs {
        public double nsPerEvent;
        public double nsPerEventWithWindows;
        public double nsPerRecord;
        public double longestUntilEmittedMs;
    }

    @Setup(Level.Trial)
    public void start() {
        if (eventsPerTurn % devices != 0) {
            throw new IllegalArgumentException(
                    "eventsPerTurn must be a multiple of devices=" + devices + ": eventsPerTurn=" + eventsPerTurn);
        }
        final Fleet fleet = new Fleet(devices, devices / 10, 42);
        directory = DataDirectories.make();
        router = EventRouter.launch(DataDirectories.keep(RunningRouter.context(fleet), directory, policy)
                .usageWindow(1, TimeUnit.DAYS)
                .usageHandler(records)
                .deliveryHandler(new TouchingHandler()));
        FleetRegistration.load(fleet, router);
        publisher = new Publisher(router, new EveryDeviceInTurn(fleet, 42), 0);
    }

    /** In turns, so that a slow spell of the machine meets both: without windows, with, with, without. */
    @Benchmark
    public void publishAcrossWindows(final Costs costs) {
        final WindowEnds ends = new WindowEnds();
        final long firstNs = publishInOneWindow();
        final long windowedNs = publishInWindows(ends) + publishInWindows(ends);
        final long plainNs = firstNs + publishInOneWindow();
        costs.nsPerEvent = (double) plainNs / (2L * eventsPerTurn);
        costs.nsPerEventWithWindows = (double) windowedNs / (2L * eventsPerTurn);
        // As many records as events.
        costs.nsPerRecord = costs.nsPerEventWithWindows - costs.nsPerEvent;
        costs.longestUntilEmittedMs = (double) ends.longestNs / TimeUnit.MILLISECONDS.toNanos(1);
    }

    private long publishInOneWindow() {
        final long startNs = System.nanoTime();
        publisher.publishTogether(eventsPerTurn);
        Work.require(router.awaitRouted(publisher.lastSequence(), AWAIT_NS), "everything is routed");
        return System.nanoTime() - startNs;
    }

    private long publishInWindows(final WindowEnds ends) {
        final long startNs = System.nanoTime();
        for (int i = 0; i < eventsPerTurn; i += devices) {
            publisher.publishTogether(devices);
            ends.add(router.closeUsageWindow());
            windows++;
        }
        ends.awaitAll();
        final long elapsedNs = System.nanoTime() - startNs;
        acknowledge();
        return elapsedNs;
    }

    private void acknowledge() {
        records.awaitRecords(windows * devices);
        router.acknowledgeUsage(records.lastSequence());
    }

    /** Every device that was active in a window has one record of it, and the records have every operation. */
    @TearDown(Level.Trial)
    public void checkAndStop() {
        router.closeUsageWindow().join();
        windows++;
        acknowledge();
        final long events = publisher.published();
        Work.requireEqual("routed", events, router.counter(RouterCounter.EVENTS_ROUTED));
        Work.requireEqual("deliveries", events, router.counter(RouterCounter.DELIVERIES_TO_DEVICES));
        Work.requireEqual("records", windows * devices, records.records());
        Work.requireEqual("emitted records", windows * devices, router.counter(RouterCounter.USAGE_RECORDS_EMITTED));
        Work.requireEqual("publish operations in records", events, records.publishOperations());
        Work.requireEqual("subscribe operations in records", events, records.subscribeOperations());
        router.close();
        DataDirectories.delete(directory);
    }

    /** Windows that have ended, and how long their records took at most. */
    private static final class WindowEnds {
        private final List<CompletableFuture<Void>> emitted = new ArrayList<>();
        private volatile long longestNs;

        void add(final CompletableFuture<Long> end) {
            final long startNs = System.nanoTime();
            // One after the other, on the thread that acknowledges.
            emitted.add(end.thenRun(() -> longestNs = Math.max(longestNs, System.nanoTime() - startNs)));
        }

        void awaitAll() {
            emitted.forEach(CompletableFuture::join);
            emitted.clear();
        }
    }
}
