package io.eventrouter.benchmarks;

import io.eventrouter.benchmarks.workload.EventSequence;
import io.eventrouter.benchmarks.workload.Fleet;
import io.eventrouter.event.EventDraft;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the workload itself costs a publishing thread: the next event of the fleet is drafted, and published nowhere.
 * If this were not far below what a publish costs, the other suites would measure the generator. Reported per event.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar jmh Drafting</pre>
 */
@State(Scope.Benchmark)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 1,
        jvmArgsPrepend = {"--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED", "-Xms1g", "-Xmx1g"})
public class DraftingBenchmark extends ThroughputSuite {
    private static final int EVENTS_PER_INVOCATION = 16_384;
    private static final int EVENTS = 1 << 22;

    private final EventDraft[] drafts = new EventDraft[Publisher.EVENTS_TOGETHER];
    private EventSequence events;
    private long nextEvent;

    @Setup(Level.Trial)
    public void draw() {
        events = new EventSequence(new Fleet(1_000_000, 100_000, 42), EVENTS, "uniform", 42);
        for (int i = 0; i < drafts.length; i++) {
            drafts[i] = new EventDraft();
        }
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS_PER_INVOCATION)
    public long draftEvents() {
        long used = 0;
        for (int i = 0; i < EVENTS_PER_INVOCATION; i++) {
            final EventDraft draft = events.draft(nextEvent++, drafts[i % Publisher.EVENTS_TOGETHER]);
            used += draft.idHigh() + draft.idLow() + draft.nameLength();
        }
        return used;
    }
}
