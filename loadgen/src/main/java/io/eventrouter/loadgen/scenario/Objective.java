package io.eventrouter.loadgen.scenario;

import java.util.List;

/**
 * What a load is to hold.
 *
 * @param latencies limits; empty if the load is only to be watched.
 * @param refusedShare share of the events that may be refused, 0 to 1.
 * @param isSet whether the scenario names any objective.
 */
public record Objective(List<LatencyLimit> latencies, double refusedShare, boolean isSet) {
    /**
     * A latency that a share of the deliveries may not exceed.
     *
     * @param name as in the file, such as {@code p99.9}.
     * @param percentile 0 to 100; 100 for the longest.
     * @param limitNs in nanoseconds.
     */
    public record LatencyLimit(String name, double percentile, long limitNs) {}

    public Objective {
        latencies = List.copyOf(latencies);
    }
}
