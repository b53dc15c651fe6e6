package io.eventrouter.benchmarks;

import io.eventrouter.benchmarks.peers.BareRing;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * The ceiling of the whole path: a bare Disruptor hands slots over that its publisher copies in and its consumer reads,
 * one slot at a time or sixteen with one claim. Ring, slots and idle strategy are those of a router. Reported per slot.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar jmh 'HandOver|WholePath'</pre>
 */
@State(Scope.Benchmark)
@Fork(
        value = 1,
        jvmArgsPrepend = {"--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED", "-Xms1g", "-Xmx1g"})
public class HandOverBenchmark extends ThroughputSuite {
    private static final int SLOTS_PER_INVOCATION = 16_384;

    @Param({"4096", "65536"})
    public int ringSlots;

    private final UnsafeBuffer source = new UnsafeBuffer(new byte[Publisher.EVENTS_TOGETHER * BareRing.SLOT_LENGTH]);
    private NumberedSlots slots;
    private BareRing ring;
    private long lastSequence = -1;

    @Setup(Level.Trial)
    public void start() {
        slots = new NumberedSlots(BareRing.SLOT_LENGTH);
        ring = new BareRing(ringSlots, YieldingIdleStrategy.INSTANCE, slots);
    }

    @Benchmark
    @OperationsPerInvocation(SLOTS_PER_INVOCATION)
    public long handOverOneAtATime() {
        return handOver(1);
    }

    @Benchmark
    @OperationsPerInvocation(SLOTS_PER_INVOCATION)
    public long handOverSixteenAtATime() {
        return handOver(Publisher.EVENTS_TOGETHER);
    }

    /** Every slot arrived once, with what was put in. */
    @TearDown(Level.Trial)
    public void checkAndStop() {
        ring.awaitConsumed(lastSequence);
        slots.check(lastSequence);
        ring.close();
    }

    private long handOver(final int together) {
        for (int i = 0; i < SLOTS_PER_INVOCATION; i += together) {
            for (int j = 0; j < together; j++) {
                slots.number(source, j * BareRing.SLOT_LENGTH);
            }
            lastSequence = ring.publish(source, together);
        }
        return lastSequence;
    }
}
