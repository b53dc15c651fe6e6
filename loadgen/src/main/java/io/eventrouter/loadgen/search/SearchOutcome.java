package io.eventrouter.loadgen.search;

import io.eventrouter.loadgen.load.Verdict;
import io.eventrouter.loadgen.scenario.Rate;
import java.util.List;
import java.util.Optional;

/**
 * What a search has found.
 *
 * @param trials in order.
 * @param limit the best trial: the longest of those at the highest rate that held; empty if no rate held.
 * @param upper the lowest rate that failed, above the limit if there is one; none if none did.
 * @param boundedBy what kept higher rates from holding.
 * @param confidence how sure the limit is.
 * @param sentence all of it in words.
 */
public record SearchOutcome(
        List<Trial> trials,
        Optional<Trial> limit,
        Optional<Rate> upper,
        BoundedBy boundedBy,
        Confidence confidence,
        String sentence) {
    /** What kept higher rates from holding. */
    public enum BoundedBy {
        /** The router did not hold the objective. */
        ROUTER,
        /** The generator could not keep the schedule: the router may do more. */
        GENERATOR,
        /** Nothing so far: the search ended, or was ended, before any rate failed. */
        NOTHING
    }

    /** How sure a limit is. */
    public enum Confidence {
        /** A longer run at the rate that the bisection found held. */
        CONFIRMED,
        /** A longer run held only at a somewhat lower rate. */
        CONFIRMED_AFTER_RETREAT,
        /** No longer run held. */
        UNCONFIRMED
    }

    public SearchOutcome {
        trials = List.copyOf(trials);
    }

    /**
     * What it says about the objective.
     *
     * @return met if a rate is confirmed, invalid if there was no valid trial, else not met.
     */
    public Verdict.Outcome verdict() {
        if (limit.isPresent() && confidence != Confidence.UNCONFIRMED) {
            return Verdict.Outcome.MET;
        }
        return trials.stream().allMatch(trial -> trial.verdict().outcome() == Verdict.Outcome.INVALID)
                ? Verdict.Outcome.INVALID
                : Verdict.Outcome.NOT_MET;
    }
}
