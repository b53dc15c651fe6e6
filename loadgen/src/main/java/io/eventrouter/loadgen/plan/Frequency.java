package io.eventrouter.loadgen.plan;

/**
 * How often something is published: so many times in so many seconds.
 *
 * @param times that it is published.
 * @param seconds in which it is.
 */
public record Frequency(long times, long seconds) {
    /** Seconds of a day. */
    public static final long SECONDS_PER_DAY = 86_400;

    /**
     * How often that is in a month.
     *
     * @param days of the month.
     * @return times, rounded down: what begins in this month and is not over belongs to the next.
     */
    public long inDays(final int days) {
        return Math.multiplyExact(times, Math.multiplyExact(SECONDS_PER_DAY, (long) days)) / seconds;
    }
}
