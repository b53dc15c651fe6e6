package io.eventrouter.benchmarks;

import io.eventrouter.EventRouter;
import io.eventrouter.benchmarks.workload.EveryDeviceInTurn;
import io.eventrouter.benchmarks.workload.Fleet;
import io.eventrouter.status.RouterCounter;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
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
 * What the end of a usage window takes from events: the whole path at full speed, without windows and with one that
 * ends every second, in which every device of the fleet was active, so that each end emits a record for every device.
 * Records go to the handler on the routing thread, or through a data directory, which makes them durable first.
 *
 * <p>Counters: the time for an event in turns without windows ({@code nsPerEvent}) and with them
 * ({@code nsPerEventWithWindows}); events a second with windows to events a second without ({@code throughputRatio});
 * the time that one end takes from events ({@code msPerWindow}), which is the same for longer windows, and so less of
 * them; and the longest time from asking for the end of a window until all its records were handed over, or durable
 * ({@code longestUntilEmittedMs}).
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
    private static final int WINDOWS_PER_TURN = 2;
    private static final long AWAIT_NS = TimeUnit.SECONDS.toNanos(60);

    @Param({"100000", "1000000"})
    public int devices;

    /** When the data directory is forced; {@code none} if there is none. */
    @Param({"none", "every-batch"})
    public String policy;

    @Param({"1000"})
    public int windowMs;

    private final CountingUsageHandler records = new CountingUsageHandler();
    private Path directory;
    private EventRouter router;
    private Publisher publisher;
    private long windowsEnded;

    /** What was measured beside the time. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Costs {
        public double nsPerEvent;
        public double nsPerEventWithWindows;
        public double throughputRatio;
        public double msPerWindow;
        public double longestUntilEmittedMs;
    }

    @Setup(Level.Trial)
    public void start() {
        final Fleet fleet = new Fleet(devices, devices / 10, 42);
        directory = DataDirectories.make();
        router = EventRouter.launch(DataDirectories.keep(RunningRouter.context(fleet), directory, policy)
                .usageWindow(3_650, TimeUnit.DAYS)
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
        costs.throughputRatio = plain.nsPerEvent() / windowed.nsPerEvent();
        costs.msPerWindow = toMs(windowed.elapsedNs - plain.nsPerEvent() * windowed.events) / windowed.windows;
        costs.longestUntilEmittedMs = toMs(windowed.longestNs);
    }

    private void publishInOneWindow() {
        publishFor((long) WINDOWS_PER_TURN * windowMs);
    }

    private void publishInWindows(final Turns turns) {
        for (int i = 0; i < WINDOWS_PER_TURN; i++) {
            final CompletableFuture<Void> emitted = turns.endWindow();
            publishFor(windowMs);
            // A window ends when the one before is out of the way, so that none ends later than it was told to.
            publishUntil(() -> emitted.isDone() && records.records() == windowsEnded * devices);
        }
    }

    /** As long as it takes until every device has published, but so long at least. */
    private void publishFor(final long durationMs) {
        final long allHavePublished = publisher.published() + devices;
        final long endNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(durationMs);
        publishUntil(() -> System.nanoTime() - endNs >= 0 && publisher.published() >= allHavePublished);
    }

    private void publishUntil(final BooleanSupplier condition) {
        final long startNs = System.nanoTime();
        while (!condition.getAsBoolean()) {
            publisher.publishTogether(EVENTS_BETWEEN_LOOKS);
            Work.require(System.nanoTime() - startNs < AWAIT_NS, "a window ends in time");
        }
    }

    private static double toMs(final double durationNs) {
        return durationNs / TimeUnit.MILLISECONDS.toNanos(1);
    }

    /** Every device that was active in a window has one record of it, and the records have every operation. */
    @TearDown(Level.Trial)
    public void checkAndStop() {
        router.closeUsageWindow().join();
        windowsEnded++;
        records.awaitRecords(windowsEnded * devices);
        final long events = publisher.published();
        Work.requireEqual("routed", events, router.counter(RouterCounter.EVENTS_ROUTED));
        Work.requireEqual("deliveries", events, router.counter(RouterCounter.DELIVERIES_TO_DEVICES));
        Work.requireEqual("records", windowsEnded * devices, records.records());
        Work.requireEqual(
                "emitted records", windowsEnded * devices, router.counter(RouterCounter.USAGE_RECORDS_EMITTED));
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
            Work.require(router.awaitRouted(publisher.lastSequence(), AWAIT_NS), "everything is routed");
            elapsedNs += System.nanoTime() - startNs;
            events += publisher.published() - eventsBefore;
            router.acknowledgeUsage(records.lastSequence());
        }

        CompletableFuture<Void> endWindow() {
            windowsEnded++;
            windows++;
            final long startNs = System.nanoTime();
            // Windows complete one after the other.
            return router.closeUsageWindow()
                    .thenRun(() -> longestNs = Math.max(longestNs, System.nanoTime() - startNs));
        }

        double nsPerEvent() {
            return (double) elapsedNs / events;
        }
    }
}
