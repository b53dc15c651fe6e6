package io.eventrouter.loadgen.load;

import org.HdrHistogram.Histogram;

/** Ends a load when its outcome is clear, so that a router that is overloaded is not buried in events. */
@FunctionalInterface
public interface EarlyDecision {
    /** Always go on to the end. */
    EarlyDecision NEVER = (elapsedShare, offered, accepted, latencies) -> false;

    /**
     * Whether the outcome is clear.
     *
     * @param elapsedShare of the load that is over, 0 to 1.
     * @param offered events so far.
     * @param accepted of those.
     * @param latencies of the deliveries so far.
     * @return true to stop.
     */
    boolean isClear(double elapsedShare, long offered, long accepted, Histogram latencies);
}
