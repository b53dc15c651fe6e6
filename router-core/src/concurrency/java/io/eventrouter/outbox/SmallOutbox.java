package io.eventrouter.outbox;

import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.delivery.AttemptReports;
import io.eventrouter.delivery.Delivery;
import io.eventrouter.delivery.RecipientKind;
import io.eventrouter.memory.AlignedBuffer;
import java.util.concurrent.atomic.AtomicInteger;
import org.agrona.concurrent.ManyToManyConcurrentArrayQueue;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/** A real outbox for devices, small enough to be made a million times, and all that it works with. */
final class SmallOutbox {
    private static final int LENGTH = 1_024 + RingBufferDescriptor.TRAILER_LENGTH;

    /** Far more than there ever are states at a time: memory of an outbox must not be garbage, there are too many. */
    private static final int AT_A_TIME = 4_096;

    private static final UnsafeBuffer ALL_MEMORY = AlignedBuffer.allocate(AT_A_TIME * LENGTH);
    private static final AtomicInteger NEXT = new AtomicInteger();
    private static final OutboxesContext CONTEXT =
            new OutboxesContext().errorHandler(problem -> {}).failureLimit(1);
    private static final AttemptReports ROUTER = (high, low, operations, outcome) -> 0;

    final ManyToManyConcurrentArrayQueue<Outbox> line = new ManyToManyConcurrentArrayQueue<>(4);
    final QueueMemory pool = new QueueMemory(1);
    final UnsafeBuffer memory = nextMemory();
    final Outbox outbox;

    /** Correlation id of what the handler heard last. */
    long heard;

    SmallOutbox(final AttemptOutcome answer) {
        outbox = new Outbox(
                CONTEXT,
                RecipientKind.DEVICE,
                null,
                "subscriber",
                delivery -> {
                    heard = delivery.event().correlationId();
                    if (answer == null) {
                        throw new IllegalStateException("planted");
                    }
                    return answer;
                },
                memory,
                line,
                () -> ROUTER);
    }

    /** With so many deliveries in the queue, and with a worker. */
    static SmallOutbox inTurn(final AttemptOutcome answer, final int deliveries) {
        final SmallOutbox made = new SmallOutbox(answer);
        made.outbox.offer(delivery(1));
        made.line.poll();
        if (deliveries == 0) {
            made.outbox.serve(1);
        }
        return made;
    }

    private static UnsafeBuffer nextMemory() {
        final UnsafeBuffer next =
                new UnsafeBuffer(ALL_MEMORY, (NEXT.getAndIncrement() & AT_A_TIME - 1) * LENGTH, LENGTH);
        next.setMemory(0, LENGTH, (byte) 0);
        return next;
    }

    static Delivery delivery(final long correlationId) {
        final UnsafeBuffer bytes = new UnsafeBuffer(new byte[OutboxLayout.NAME]);
        bytes.putLong(OutboxLayout.CORRELATION_ID, correlationId);
        final QueuedDelivery delivery = new QueuedDelivery(RecipientKind.DEVICE, null);
        delivery.wrap(bytes, 0);
        return delivery;
    }

    /** How often its memory was given back. */
    int timesGivenBack() {
        int times = 0;
        while (pool.take() == memory) {
            times++;
        }
        return times;
    }
}
