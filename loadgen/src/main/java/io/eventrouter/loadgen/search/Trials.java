package io.eventrouter.loadgen.search;

import io.eventrouter.loadgen.scenario.Rate;

/** Makes trials. */
@FunctionalInterface
public interface Trials {
    /**
     * Run a load at a rate.
     *
     * @param stage what for.
     * @param rate to run it at.
     * @param durationNs how long, in nanoseconds.
     * @return what came of it.
     */
    Trial run(Trial.Stage stage, Rate rate, long durationNs);
}
