package io.eventrouter.status;

import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The values of all {@link RouterCounter}s.
 *
 * <p><b>Threading:</b> any thread adds and reads. Routing threads add once per batch, publishers only when they
 * are refused, so nobody meets on the hot path.
 */
public final class RouterCounters {
    private static final int LONGS_PER_CACHE_LINE = 8;

    private final AtomicLongArray values =
            new AtomicLongArray((RouterCounter.values().length + 1) * LONGS_PER_CACHE_LINE);

    /**
     * Add to a counter.
     *
     * @param counter to add to.
     * @param count to add.
     */
    public void add(final RouterCounter counter, final long count) {
        values.getAndAdd(index(counter), count);
    }

    /**
     * Read a counter.
     *
     * @param counter to read.
     * @return its value.
     */
    public long get(final RouterCounter counter) {
        return values.get(index(counter));
    }

    private static int index(final RouterCounter counter) {
        return (counter.ordinal() + 1) * LONGS_PER_CACHE_LINE;
    }
}
