package io.eventrouter.loadgen.load;

/**
 * When an event was due and how late it was handed over, in the 64 bits that come back with every delivery: 44 bits of
 * nanoseconds from the start of the load, which lasts four hours at most, 20 bits of lag in units of 1,024 ns, rounded
 * down, up to a second.
 */
final class EventStamp {
    private static final int LAG_BITS = 20;
    private static final int LAG_UNIT_LOG2 = 10;
    private static final long MAX_LAG = (1L << LAG_BITS) - 1;

    private EventStamp() {}

    static long of(final long dueNs, final long lagNs) {
        return dueNs << LAG_BITS | Math.min(MAX_LAG, lagNs >>> LAG_UNIT_LOG2);
    }

    static long dueNs(final long stamp) {
        return stamp >>> LAG_BITS;
    }

    static long handedOverNs(final long stamp) {
        return (stamp >>> LAG_BITS) + ((stamp & MAX_LAG) << LAG_UNIT_LOG2);
    }
}
