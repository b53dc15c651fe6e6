package io.eventrouter.benchmarks;

import io.eventrouter.benchmarks.peers.BareRing;
import io.eventrouter.benchmarks.workload.EventSource;
import io.eventrouter.benchmarks.workload.Fleet;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Events with payloads of different lengths, published one at a time on the whole path; and as floors the bare copy of
 * as many bytes into memory as large as the ring, and a bare Disruptor that hands so many bytes over to another thread,
 * which reads both ends. The difference between two lengths should be that of their copies, and nothing should be
 * allocated, whatever the length. Reported in time per event.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar jmh PayloadSize -prof gc</pre>
 */
public class PayloadSizeBenchmark extends AverageTimeSuite {
    private static final int EVENTS_PER_INVOCATION = 4_096;
    private static final int OPERATION_LENGTH = 1_024;

    /** A payload. */
    @State(Scope.Benchmark)
    public static class Payload {
        @Param({"0", "64", "1024", "16384"})
        public int payloadLength;

        private UnsafeBuffer bytes;

        @Setup(Level.Trial)
        public void fill() {
            bytes = new UnsafeBuffer(new byte[payloadLength]);
            bytes.setMemory(0, payloadLength, (byte) '7');
        }
    }

    /** A router, and a publisher of events with the payload. */
    @State(Scope.Benchmark)
    public static class Routing {
        private RunningRouter running;
        private Publisher publisher;
        private int operationsPerEvent;

        @Setup(Level.Trial)
        public void start(final Payload payload) {
            running = new RunningRouter(new Fleet(100_000, 10_000, 42), "uniform");
            final EventSource events = (event, draft) ->
                    running.events().draft(event, draft).payload(payload.bytes, 0, payload.payloadLength);
            publisher = new Publisher(running.router(), events, 0);
            operationsPerEvent = Math.max(1, (payload.payloadLength + OPERATION_LENGTH - 1) / OPERATION_LENGTH);
        }

        @TearDown(Level.Trial)
        public void checkAndStop() {
            running.check(operationsPerEvent, publisher);
            running.close();
        }
    }

    /** Memory as large as the ring. */
    @State(Scope.Benchmark)
    public static class Target {
        private static final int LENGTH = RunningRouter.RING_SLOTS * 128;

        private final UnsafeBuffer memory = new UnsafeBuffer(BufferUtil.allocateDirectAligned(LENGTH, Long.SIZE));
        private int offset;

        private int place(final int length) {
            if (offset + length > LENGTH) {
                offset = 0;
            }
            final int place = offset;
            offset += length;
            return place;
        }
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS_PER_INVOCATION)
    public long publish(final Routing routing) {
        routing.publisher.publishOneAtATime(EVENTS_PER_INVOCATION);
        return routing.publisher.lastSequence();
    }

    /** A bare Disruptor whose slots are as long as the payload, in as much memory as the ring has. */
    @State(Scope.Benchmark)
    public static class Handing {
        private UnsafeBuffer bytes;
        private NumberedSlots slots;
        private BareRing ring;
        private long lastSequence = -1;

        @Setup(Level.Trial)
        public void start(final Payload payload) {
            final int slotLength =
                    BitUtil.align(Math.max(payload.payloadLength, BareRing.SLOT_LENGTH), BitUtil.CACHE_LINE_LENGTH);
            bytes = new UnsafeBuffer(new byte[slotLength]);
            slots = new NumberedSlots(slotLength);
            ring = new BareRing(
                    Integer.highestOneBit(Target.LENGTH / slotLength),
                    slotLength,
                    YieldingIdleStrategy.INSTANCE,
                    slots);
        }

        private void handOver() {
            slots.number(bytes, 0);
            lastSequence = ring.publish(bytes, 1);
        }

        /** Everything arrived once, with what was put in. */
        @TearDown(Level.Trial)
        public void checkAndStop() {
            ring.awaitConsumed(lastSequence);
            slots.check(lastSequence);
            ring.close();
        }
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS_PER_INVOCATION)
    public long handOverOnly(final Handing handing) {
        for (int i = 0; i < EVENTS_PER_INVOCATION; i++) {
            handing.handOver();
        }
        return handing.lastSequence;
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS_PER_INVOCATION)
    public long copyOnly(final Payload payload, final Target target) {
        long read = 0;
        for (int i = 0; i < EVENTS_PER_INVOCATION; i++) {
            final int place = target.place(payload.payloadLength);
            target.memory.putBytes(place, payload.bytes, 0, payload.payloadLength);
            read += payload.payloadLength == 0 ? 0 : target.memory.getByte(place + payload.payloadLength - 1);
        }
        return read;
    }
}
