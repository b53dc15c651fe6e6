package io.eventrouter.loadgen.report;

import io.eventrouter.loadgen.json.Fields;

/**
 * A few values of a histogram of latencies, in nanoseconds.
 *
 * @param count how many were recorded.
 */
record LatencySummary(long count, long p50Ns, long p90Ns, long p99Ns, long p999Ns, long p9999Ns, long maxNs) {
    static LatencySummary of(final Fields fields) {
        return new LatencySummary(
                fields.count("count"),
                fields.count("p50_ns"),
                fields.count("p90_ns"),
                fields.count("p99_ns"),
                fields.count("p99_9_ns"),
                fields.count("p99_99_ns"),
                fields.count("max_ns"));
    }
}
