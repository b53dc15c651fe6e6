package io.eventrouter.benchmarks;

import io.eventrouter.EventRouter;
import io.eventrouter.benchmarks.workload.EveryDeviceInTurn;
import io.eventrouter.benchmarks.workload.Fleet;
import io.eventrouter.status.RouterCounter;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
 * What it costs to be billed: windows of usage end while events flow at full speed, and in each of them every device of
 * the fleet has published, so that each end emits a record for every device. Turns with and without windows alternate in
 * one run, and a window ends as soon as all devices have published in it and the window before has been emitted. Records
 * go to the handler on the routing thread, or through a data directory, which makes them durable first.
 *
 * <p>Counters: the time for an event in turns without windows ({@code nsPerEvent}) and with them
 * ({@code nsPerEventWithWindows}); what a record costs ({@code nsPerRecord}), which is the difference of both turns
 * over their records: times the devices that are active in a window, it is what the end of the window takes from
 * events, whether it lasted a second or a minute; and the longest time from asking for the end of a window until all its
 * records were handed over, or durable ({@code longestUntilEmittedMs}).
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar jmh UsageWindow</pre>
 */
@State(Scope.Benchmark)
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
public class UsageWindowBenchmark extends SingleShotSuite {
    private static final int EVENTS_BETWEEN_LOOKS = 1_024;
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
        if (eventsPerTurn < devices) {
            throw new IllegalArgumentException("eventsPerTurn must be at least devices=" + devices
                    + ", so that all are active: eventsPerTurn=" + eventsPerTurn);
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
        final Turns plain = new Turns();
        final Turns windowed = new Turns();
        plain.run(this::publishInOneWindow);
        windowed.run(() -> publishInWindows(windowed));
        windowed.run(() -> publishInWindows(windowed));
        plain.run(this::publishInOneWindow);
        costs.nsPerEvent = plain.nsPerEvent();
        costs.nsPerEventWithWindows = windowed.nsPerEvent();
        costs.nsPerRecord =
                (windowed.nsPerEvent() - plain.nsPerEvent()) * windowed.events / (windowed.windows * devices);
        costs.longestUntilEmittedMs = (double) windowed.longestNs / TimeUnit.MILLISECONDS.toNanos(1);
    }

    private void publishInOneWindow() {
        publisher.publishTogether(eventsPerTurn);
        Work.require(router.awaitRouted(publisher.lastSequence(), AWAIT_NS), "everything is routed");
    }

    private void publishInWindows(final Turns turns) {
        final long end = publisher.published() + eventsPerTurn;
        CompletableFuture<Void> emitted = CompletableFuture.completedFuture(null);
        while (publisher.published() < end) {
            publisher.publishTogether(devices);
            // A window ends when the one before is out of the way, so that none ends later than it was told to.
            while (!emitted.isDone()) {
                publisher.publishTogether(EVENTS_BETWEEN_LOOKS);
            }
            emitted = turns.end(router.closeUsageWindow());
            windows++;
        }
        emitted.join();
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

    /** Turns of one kind. */
    private final class Turns {
        private long events;
        private long elapsedNs;
        private long windows;
        private volatile long longestNs;

        void run(final Runnable turn) {
            final long eventsBefore = publisher.published();
            final long startNs = System.nanoTime();
            turn.run();
            elapsedNs += System.nanoTime() - startNs;
            events += publisher.published() - eventsBefore;
            acknowledge();
        }

        CompletableFuture<Void> end(final CompletableFuture<Long> window) {
            windows++;
            final long startNs = System.nanoTime();
            // One after the other, on the thread that acknowledges.
            return window.thenRun(() -> longestNs = Math.max(longestNs, System.nanoTime() - startNs));
        }

        double nsPerEvent() {
            return (double) elapsedNs / events;
        }
    }
}
