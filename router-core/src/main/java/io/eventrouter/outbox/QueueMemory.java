package io.eventrouter.outbox;

import io.eventrouter.memory.AlignedBuffer;
import java.util.ArrayDeque;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * Memory for the queues of outboxes. That of closed ones is used again, so that there is never more of it than for the
 * most outboxes that were open at once, and opening and closing them leaves nothing to be collected.
 *
 * <p><b>Threading:</b> any.
 */
final class QueueMemory {
    private final int capacity;
    private final ArrayDeque<UnsafeBuffer> free = new ArrayDeque<>();

    QueueMemory(final int capacity) {
        this.capacity = capacity;
    }

    /** Zeroed memory for one queue. */
    UnsafeBuffer take() {
        final UnsafeBuffer used = takeFree();
        if (used == null) {
            return AlignedBuffer.allocate(capacity + RingBufferDescriptor.TRAILER_LENGTH);
        }
        used.setMemory(0, used.capacity(), (byte) 0);
        return used;
    }

    private synchronized UnsafeBuffer takeFree() {
        return free.poll();
    }

    /** Memory that nobody reads or writes any more. */
    synchronized void giveBack(final UnsafeBuffer memory) {
        free.add(memory);
    }
}
