package io.eventrouter.limits;

/**
 * A token bucket: so many a second on average, and a burst at once after a pause. Exact, in integers.
 *
 * <p>A bucket is one {@code long}, 0 when full, so buckets can lie in arrays; this holds what they have in common.
 * Immutable and safe on any thread.
 *
 * @param perSecond that a bucket fills up by, 1 to {@link #MAX}.
 * @param burst that a bucket holds, 1 to {@link #MAX}.
 */
public record RateLimit(int perSecond, int burst) {
    /** The greatest rate and the greatest burst. */
    public static final int MAX = 1_000_000;

    /*
     * The bucket holds the time at which it will be full again, in units of which a millisecond has as many as a second
     * brings tokens, and a token is worth a thousand: no division, no remainder, nothing is rounded. What lies ahead of
     * now is what the bucket lacks, and a bucket that nobody uses fills up without being looked at.
     *
     * Times come from the publishing threads' clock, in the order of the ring: a thread that was interrupted between
     * reading it and taking its place is a little behind. Up to MAX_LAG_MS a bucket takes that for what it is, an
     * earlier look at the same bucket, which lacks more then; so going back refills nothing. If time goes back further,
     * the clock was set: the bucket starts anew from there, empty. So a step back refuses for so long at most plus what
     * an empty bucket takes to refill, and a step forward grants one burst at most.
     */
    private static final long UNITS_PER_TOKEN = 1_000;
    private static final long MAX_LAG_MS = 1_000;
    private static final long MAX_TIME_MS = (1L << 42) - 1;

    public RateLimit {
        checkRange("perSecond", perSecond);
        checkRange("burst", burst);
    }

    /**
     * The bucket as it is at a time; asking changes it only if the clock was set back.
     *
     * @param bucket before.
     * @param nowMs in milliseconds since the epoch; any value will do.
     * @return the bucket to ask and to take from.
     */
    public long at(final long bucket, final long nowMs) {
        final long empty = units(nowMs) + burst * UNITS_PER_TOKEN;
        return bucket - empty > MAX_LAG_MS * perSecond ? empty : bucket;
    }

    /**
     * Whether a bucket has a token.
     *
     * @param bucket as it is {@link #at} the time.
     * @param nowMs in milliseconds since the epoch.
     * @return false if one more would be over the limit.
     */
    public boolean hasToken(final long bucket, final long nowMs) {
        return bucket - units(nowMs) <= (burst - 1) * UNITS_PER_TOKEN;
    }

    /**
     * Take a token out of a bucket that has one.
     *
     * @param bucket as it is {@link #at} the time.
     * @param nowMs in milliseconds since the epoch.
     * @return the bucket afterwards.
     */
    public long take(final long bucket, final long nowMs) {
        return Math.max(bucket, units(nowMs)) + UNITS_PER_TOKEN;
    }

    private long units(final long timeMs) {
        return Math.max(0, Math.min(MAX_TIME_MS, timeMs)) * perSecond;
    }

    private static void checkRange(final String name, final int value) {
        if (value < 1 || value > MAX) {
            throw new IllegalArgumentException(name + " must be in [1, " + MAX + "]: " + name + "=" + value);
        }
    }

    @Override
    public String toString() {
        return perSecond + "/s, burst " + burst;
    }
}
