package io.eventrouter.loadgen.load;

import org.HdrHistogram.Histogram;

/**
 * One second of a load.
 *
 * @param second from the start, from 0.
 * @param progress what happened in it.
 * @param counters what the router's counters grew by.
 * @param ringSlotsUsed at its end.
 * @param latency of the deliveries in it, of all kinds.
 * @param lag of the events in it.
 */
public record SecondRow(
        int second, Progress progress, CounterSample counters, long ringSlotsUsed, Times latency, Times lag) {
    /**
     * What the generator did, in all or in some time.
     *
     * @param scheduled events that were due, on average over random arrivals.
     * @param offered events that were handed over.
     * @param accepted of those.
     * @param answers of integrations.
     * @param changes commands for changes of the fleet.
     */
    public record Progress(long scheduled, long offered, long accepted, long answers, long changes) {
        Progress minus(final Progress earlier) {
            return new Progress(
                    scheduled - earlier.scheduled,
                    offered - earlier.offered,
                    accepted - earlier.accepted,
                    answers - earlier.answers,
                    changes - earlier.changes);
        }
    }

    /**
     * A few figures of some times.
     *
     * @param count how many.
     * @param p50Ns half of them are at most this.
     * @param p99Ns 99% of them.
     * @param p999Ns 99.9% of them.
     * @param maxNs all of them.
     */
    public record Times(long count, long p50Ns, long p99Ns, long p999Ns, long maxNs) {
        static Times of(final Histogram histogram) {
            return new Times(
                    histogram.getTotalCount(),
                    histogram.getValueAtPercentile(50),
                    histogram.getValueAtPercentile(99),
                    histogram.getValueAtPercentile(99.9),
                    histogram.getMaxValue());
        }
    }
}
