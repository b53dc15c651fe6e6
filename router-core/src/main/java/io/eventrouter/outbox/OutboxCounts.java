package io.eventrouter.outbox;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The values of all {@link OutboxCounter}s of one outbox.
 *
 * <p><b>Threading:</b> any. What routing threads count and what workers count lie on different cache lines.
 */
final class OutboxCounts {
    private static final OutboxCounter[] DROPPED = {
        OutboxCounter.DROPPED_FULL,
        OutboxCounter.DROPPED_TOO_LONG,
        OutboxCounter.DROPPED_SET_ASIDE,
        OutboxCounter.DROPPED_STUCK,
        OutboxCounter.DROPPED_CLOSED,
        OutboxCounter.DROPPED_BY_FAULT
    };

    private static final int LONGS_PER_LINE = 8;

    /** Lines apart, because processors fetch lines in pairs. */
    private static final int GAP = 2 * LONGS_PER_LINE;

    private static final int FIRST_OF_WORKERS = OutboxCounter.DELIVERED.ordinal();

    private final AtomicLongArray values = new AtomicLongArray(3 * GAP + OutboxCounter.values().length);

    void increment(final OutboxCounter counter) {
        values.getAndIncrement(index(counter));
    }

    void add(final OutboxCounter counter, final long count) {
        values.getAndAdd(index(counter), count);
    }

    long get(final OutboxCounter counter) {
        return values.get(index(counter));
    }

    /** Everything that was dropped, whatever the reason. */
    long dropped() {
        long dropped = 0;
        for (final OutboxCounter counter : DROPPED) {
            dropped += get(counter);
        }
        return dropped;
    }

    /**
     * Whether no routing thread is inside an offer, at some moment during this call. Once the outbox refuses
     * everything, that stays so for whatever might still be put into the queue.
     */
    boolean areOffersSettled() {
        // What ends an offer is read before what begins one: equal sums then leave no room for an offer between them.
        final long ended = get(OutboxCounter.TAKEN) + dropped();
        return ended == get(OutboxCounter.OFFERED);
    }

    private static int index(final OutboxCounter counter) {
        final int ordinal = counter.ordinal();
        return ordinal < FIRST_OF_WORKERS ? GAP + ordinal : 2 * GAP + ordinal;
    }
}
