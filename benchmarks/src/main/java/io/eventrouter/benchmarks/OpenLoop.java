package io.eventrouter.benchmarks;

import java.util.function.LongConsumer;

/**
 * Starts something at a fixed rate, whatever it takes: each start has a time at which it is meant to happen, and one
 * that is late does not move those behind it.
 *
 * <p><b>Threading:</b> one thread, which spins.
 */
final class OpenLoop {
    private static final long NS_PER_SECOND = 1_000_000_000L;

    private final long perSecond;

    /**
     * A loop.
     *
     * @param perSecond starts a second; the schedule is exact, rounded down to a nanosecond for each start alone.
     */
    OpenLoop(final long perSecond) {
        this.perSecond = perSecond;
    }

    /**
     * Run it.
     *
     * @param count of starts, less than 9 billion.
     * @param start what to do, with the time at which it is meant to happen, of {@link System#nanoTime()}.
     * @return starts a second that were made.
     */
    double run(final long count, final LongConsumer start) {
        final long beginNs = System.nanoTime();
        for (long i = 0; i < count; i++) {
            final long intendedNs = beginNs + i * NS_PER_SECOND / perSecond;
            while (System.nanoTime() < intendedNs) {
                Thread.onSpinWait();
            }
            start.accept(intendedNs);
        }
        return (double) count * NS_PER_SECOND / (System.nanoTime() - beginNs);
    }
}
