package io.eventrouter.loadgen.load;

/**
 * What a publisher holds to.
 *
 * @param endNs when the schedule and what its end may be late are over, in nanoseconds from its start; what is handed
 *     over later is not in time.
 * @param maxLagNs how late an event may be handed over.
 * @param giveUpLagNs how late the publisher may be before it stops.
 * @param yields whether it lets other threads run while it waits, as there are fewer cores than threads.
 */
record PublisherLimits(long endNs, long maxLagNs, long giveUpLagNs, boolean yields) {}
