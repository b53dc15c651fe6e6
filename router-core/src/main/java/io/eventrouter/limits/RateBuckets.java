package io.eventrouter.limits;

import io.eventrouter.memory.OffHeapMemory;

/**
 * Buckets of one {@link RateLimit}, one for each handle: 8 bytes off-heap each.
 *
 * <p><b>Threading:</b> one thread.
 */
final class RateBuckets implements AutoCloseable {
    private final RateLimit limit;
    private final OffHeapMemory buckets;

    private RateBuckets(final RateLimit limit, final int maxHandle) {
        this.limit = limit;
        buckets = OffHeapMemory.reserve((maxHandle + 1L) * Long.BYTES);
    }

    /** Full buckets; null, and no memory, if there is no limit. */
    static RateBuckets of(final RateLimit limitOrNull, final int maxHandle) {
        return limitOrNull == null ? null : new RateBuckets(limitOrNull, maxHandle);
    }

    /** Have a bucket for each handle up to one, which must be done before it is asked for. */
    void makeRoom(final int handle) {
        buckets.ensureCapacity(position(handle + 1));
    }

    boolean hasToken(final int handle, final long nowMs) {
        final long position = position(handle);
        final long bucket = buckets.getLong(position);
        final long current = limit.at(bucket, nowMs);
        if (current != bucket) {
            buckets.putLong(position, current);
        }
        return limit.hasToken(current, nowMs);
    }

    /** Take a token that is there. */
    void take(final int handle, final long nowMs) {
        final long position = position(handle);
        buckets.putLong(position, limit.take(buckets.getLong(position), nowMs));
    }

    long capacity() {
        return buckets.capacity();
    }

    @Override
    public void close() {
        buckets.close();
    }

    private static long position(final int handle) {
        return (long) handle * Long.BYTES;
    }
}
