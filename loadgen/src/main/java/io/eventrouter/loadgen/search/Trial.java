package io.eventrouter.loadgen.search;

import io.eventrouter.loadgen.load.LoadFigures;
import io.eventrouter.loadgen.load.Verdict;
import io.eventrouter.loadgen.scenario.Rate;

/**
 * A load at one rate, and whether it held.
 *
 * @param stage of the search.
 * @param rate that was asked for.
 * @param durationNs how long it was to last, in nanoseconds.
 * @param figures that came of it.
 * @param verdict about them.
 */
public record Trial(Stage stage, Rate rate, long durationNs, LoadFigures figures, Verdict verdict) {
    /** What a trial is for. */
    public enum Stage {
        /** To find rates that hold and do not. */
        GROW,
        /** To narrow the range between them. */
        BISECT,
        /** To make sure, for longer. */
        CONFIRM
    }

    /**
     * Whether the objective was met.
     *
     * @return true if it was.
     */
    public boolean holds() {
        return verdict.outcome() == Verdict.Outcome.MET;
    }
}
