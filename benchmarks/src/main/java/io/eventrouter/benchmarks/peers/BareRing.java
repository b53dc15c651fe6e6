package io.eventrouter.benchmarks.peers;

import com.lmax.disruptor.BusySpinWaitStrategy;
import com.lmax.disruptor.InsufficientCapacityException;
import com.lmax.disruptor.MultiProducerSequencer;
import com.lmax.disruptor.Sequence;
import org.agrona.BufferUtil;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The ceiling of any router behind a Disruptor: the same sequencer for several publishers, slots of one length outside
 * of the heap, copied in by the publisher and read by one consuming thread, and nothing else.
 *
 * <p><b>Threading:</b> any thread publishes; the handler is called on the consuming thread.
 */
public final class BareRing implements AutoCloseable {
    /** Bytes in a slot of the router's ring. */
    public static final int SLOT_LENGTH = 128;

    private static final int CACHE_LINE_LENGTH = 64;
    private static final int MAX_SLOTS_PER_CYCLE = 1_024;

    private final MultiProducerSequencer sequencer;
    private final Sequence consumed = new Sequence();
    private final UnsafeBuffer buffer;
    private final int slotLength;
    private final int mask;
    private final AgentRunner runner;

    /** Reads a slot. */
    public interface SlotHandler {
        /** A slot was handed over. */
        void onSlot(UnsafeBuffer buffer, int offset);
    }

    /**
     * A ring of slots as long as those of the router, whose consuming thread runs.
     *
     * @param slots a power of two.
     * @param idleStrategy of the consuming thread.
     * @param handler that reads the slots.
     */
    public BareRing(final int slots, final IdleStrategy idleStrategy, final SlotHandler handler) {
        this(slots, SLOT_LENGTH, idleStrategy, handler);
    }

    /**
     * A ring of slots of any length, whose consuming thread runs.
     *
     * @param slots a power of two.
     * @param slotLength in bytes, a multiple of 64.
     * @param idleStrategy of the consuming thread.
     * @param handler that reads the slots.
     */
    public BareRing(final int slots, final int slotLength, final IdleStrategy idleStrategy, final SlotHandler handler) {
        this.slotLength = slotLength;
        sequencer = new MultiProducerSequencer(slots, new BusySpinWaitStrategy());
        sequencer.addGatingSequences(consumed);
        buffer = new UnsafeBuffer(BufferUtil.allocateDirectAligned(slots * slotLength, CACHE_LINE_LENGTH));
        mask = slots - 1;
        runner = new AgentRunner(
                idleStrategy,
                problem -> {
                    throw new IllegalStateException(problem);
                },
                null,
                new Consumer(handler));
        AgentRunner.startOnThread(runner);
    }

    /**
     * Hand slots over with one claim; waits for room.
     *
     * @param source of the bytes, one slot behind the other.
     * @param count of slots.
     * @return sequence of the last slot.
     */
    public long publish(final UnsafeBuffer source, final int count) {
        final long last = take(count);
        for (int i = 0; i < count; i++) {
            buffer.putBytes(offset(last - count + 1 + i), source, i * slotLength, slotLength);
        }
        sequencer.publish(last - count + 1, last);
        return last;
    }

    /**
     * Wait until everything up to a sequence has been read.
     *
     * @param sequence to wait for.
     */
    public void awaitConsumed(final long sequence) {
        while (consumed.get() < sequence) {
            Thread.yield();
        }
    }

    @Override
    public void close() {
        runner.close();
    }

    private long take(final int count) {
        while (true) {
            try {
                return sequencer.tryNext(count);
            } catch (final InsufficientCapacityException noRoom) {
                Thread.yield();
            }
        }
    }

    private int offset(final long sequence) {
        return ((int) sequence & mask) * slotLength;
    }

    private final class Consumer implements Agent {
        private final SlotHandler handler;

        Consumer(final SlotHandler handler) {
            this.handler = handler;
        }

        @Override
        public int doWork() {
            final long first = consumed.get() + 1;
            final long published = sequencer.getHighestPublishedSequence(first, sequencer.getCursor());
            final long last = Math.min(published, first + MAX_SLOTS_PER_CYCLE - 1);
            for (long sequence = first; sequence <= last; sequence++) {
                handler.onSlot(buffer, offset(sequence));
            }
            if (last >= first) {
                consumed.set(last);
            }
            return (int) (last - first + 1);
        }

        @Override
        public String roleName() {
            return "bare-ring-consumer";
        }
    }
}
