package io.eventrouter.loadgen.search;

import io.eventrouter.loadgen.figures.Figures;
import io.eventrouter.loadgen.load.StopSignal;
import io.eventrouter.loadgen.load.Verdict;
import io.eventrouter.loadgen.scenario.Rate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the highest rate that holds: doubles it until one does not, narrows the range by bisection on a logarithmic
 * scale, and confirms with longer runs, going back a little if they do not hold.
 *
 * <p>A trial that does not hold is made a second time, as a machine that others use too can spoil one; only a rate that
 * fails twice counts as failed. So a trial alone can be lucky: what is reported is what a longer run has confirmed.
 *
 * <p>The same goes for a longer run. One that is invalid says nothing about the router, so it is no reason to go back:
 * it is made again, and where that does not help, the search ends without a confirmation.
 */
public final class RateSearch {
    private static final double GROWTH = 2;
    private static final int MAX_STEPS = 40;
    private static final int MAX_RETREATS = 4;
    private static final double RETREAT = 0.9;
    private static final int FAILURES_THAT_COUNT = 2;
    private static final int MAX_INVALID_CONFIRMATIONS = 3;
    private static final double PERCENT = 100;
    private static final double NS_PER_SECOND = 1e9;

    private final Trials maker;
    private final StopSignal stop;
    private final long trialNs;
    private final long confirmNs;
    private final double precision;
    private final List<Trial> trials = new ArrayList<>();
    private int heldWhenTriedAgain;
    private Optional<Trial> low = Optional.empty();
    private Optional<Trial> high = Optional.empty();
    private Optional<Trial> unjudged = Optional.empty();

    /**
     * A search.
     *
     * @param maker makes the trials.
     * @param stop ends the search early.
     * @param trialNs length of a trial in nanoseconds.
     * @param confirmNs length of a confirming run in nanoseconds.
     * @param precision relative width of the range at which to stop.
     */
    public RateSearch(
            final Trials maker,
            final StopSignal stop,
            final long trialNs,
            final long confirmNs,
            final double precision) {
        this.maker = maker;
        this.stop = stop;
        this.trialNs = trialNs;
        this.confirmNs = confirmNs;
        this.precision = precision;
    }

    /**
     * Search.
     *
     * @param from rate of the first trial.
     * @return what was found.
     */
    public SearchOutcome run(final Rate from) {
        grow(from);
        bisect();
        return confirm();
    }

    private void grow(final Rate from) {
        Rate rate = from;
        for (int step = 0; step < MAX_STEPS && !stop.isRequested(); step++) {
            if (tryRate(Trial.Stage.GROW, rate)) {
                if (high.isPresent() || rate.milliPerSecond() > Rate.MAX_MILLI_PER_SECOND / GROWTH) {
                    return;
                }
                rate = scaled(rate, GROWTH);
            } else {
                // Of less than one event there is nothing to learn.
                if (low.isPresent() || rate.perSecond() * trialNs <= NS_PER_SECOND) {
                    return;
                }
                rate = scaled(rate, 1 / GROWTH);
            }
        }
    }

    private void bisect() {
        while (low.isPresent() && high.isPresent() && !stop.isRequested()) {
            final long lowMilli = low.get().rate().milliPerSecond();
            final long highMilli = high.get().rate().milliPerSecond();
            final long middle = Math.round(Math.sqrt((double) lowMilli * highMilli));
            if (highMilli <= lowMilli * (1 + precision) || middle <= lowMilli || middle >= highMilli) {
                return;
            }
            tryRate(Trial.Stage.BISECT, new Rate(middle));
        }
    }

    private SearchOutcome confirm() {
        if (low.isEmpty()) {
            return outcome(Optional.empty(), SearchOutcome.Confidence.UNCONFIRMED);
        }
        Rate rate = low.get().rate();
        Optional<Trial> failed = Optional.empty();
        for (int retreat = 0; retreat <= MAX_RETREATS && !stop.isRequested(); retreat++) {
            final Trial last = confirmAt(rate);
            if (last.holds()) {
                high = failed.or(() -> high);
                return outcome(
                        Optional.of(last),
                        retreat == 0
                                ? SearchOutcome.Confidence.CONFIRMED
                                : SearchOutcome.Confidence.CONFIRMED_AFTER_RETREAT);
            }
            if (isInvalid(last) && !stop.isRequested()) {
                unjudged = Optional.of(last);
                break;
            }
            failed = Optional.of(last);
            rate = scaled(rate, RETREAT);
        }
        return outcome(low, SearchOutcome.Confidence.UNCONFIRMED);
    }

    /** Longer runs until one holds, two have failed, or too many said nothing; the last of them, which decided it. */
    private Trial confirmAt(final Rate rate) {
        int failures = 0;
        int invalid = 0;
        while (true) {
            final Trial trial = add(maker.run(Trial.Stage.CONFIRM, rate, confirmNs));
            if (trial.holds()) {
                heldWhenTriedAgain += failures + invalid > 0 ? 1 : 0;
                return trial;
            }
            if (isInvalid(trial)) {
                invalid++;
            } else {
                failures++;
            }
            if (failures == FAILURES_THAT_COUNT || invalid == MAX_INVALID_CONFIRMATIONS || stop.isRequested()) {
                return trial;
            }
        }
    }

    private static boolean isInvalid(final Trial trial) {
        return trial.verdict().outcome() == Verdict.Outcome.INVALID;
    }

    private boolean tryRate(final Trial.Stage stage, final Rate rate) {
        Trial trial = add(maker.run(stage, rate, trialNs));
        if (!trial.holds() && !stop.isRequested()) {
            trial = add(maker.run(stage, rate, trialNs));
            heldWhenTriedAgain += trial.holds() ? 1 : 0;
        }
        if (trial.holds()) {
            low = Optional.of(trial);
        } else if (!stop.isRequested()) {
            high = Optional.of(trial);
        }
        return trial.holds();
    }

    private Trial add(final Trial trial) {
        trials.add(trial);
        return trial;
    }

    private static Rate scaled(final Rate rate, final double factor) {
        return new Rate(Math.max(1, Math.round(rate.milliPerSecond() * factor)));
    }

    private SearchOutcome outcome(final Optional<Trial> limit, final SearchOutcome.Confidence confidence) {
        final SearchOutcome.BoundedBy boundedBy = high.map(
                        trial -> isInvalid(trial) ? SearchOutcome.BoundedBy.GENERATOR : SearchOutcome.BoundedBy.ROUTER)
                .orElse(SearchOutcome.BoundedBy.NOTHING);
        return new SearchOutcome(
                trials, limit, high.map(Trial::rate), boundedBy, confidence, sentence(limit, boundedBy, confidence));
    }

    private String sentence(
            final Optional<Trial> limit,
            final SearchOutcome.BoundedBy boundedBy,
            final SearchOutcome.Confidence confidence) {
        final StringBuilder words = new StringBuilder();
        if (limit.isEmpty()) {
            words.append("No rate held the objective");
        } else {
            words.append(Figures.rate(limit.get().rate().perSecond())).append(" events/s held the objective");
            final String duration = Figures.seconds(limit.get().durationNs());
            words.append(
                    switch (confidence) {
                        case CONFIRMED -> ", and did so in a longer run of " + duration;
                        case CONFIRMED_AFTER_RETREAT ->
                            " in a longer run of " + duration + ", after higher rates had held only in shorter ones";
                        case UNCONFIRMED -> ", but only in a trial of " + duration;
                    });
        }
        unjudged.ifPresent(last -> words.append(String.format(
                Locale.ROOT,
                "; %d longer runs at %s events/s said nothing about the router: %s",
                MAX_INVALID_CONFIRMATIONS,
                Figures.rate(last.rate().perSecond()),
                String.join("; ", last.verdict().reasons()))));
        high.ifPresent(failed -> words.append(String.format(
                Locale.ROOT,
                "; %s events/s%s failed twice: %s",
                Figures.rate(failed.rate().perSecond()),
                limit.map(held -> String.format(
                                Locale.ROOT,
                                ", %.0f%% more,",
                                PERCENT
                                        * ((double) failed.rate().milliPerSecond()
                                                        / held.rate().milliPerSecond()
                                                - 1)))
                        .orElse(""),
                String.join("; ", failed.verdict().reasons()))));
        if (boundedBy == SearchOutcome.BoundedBy.GENERATOR) {
            words.append(". It was the generator that failed there: the router may do more");
        }
        if (boundedBy == SearchOutcome.BoundedBy.NOTHING && limit.isPresent()) {
            words.append(". No higher rate was found to fail");
        }
        words.append('.');
        if (heldWhenTriedAgain > 0) {
            words.append(heldWhenTriedAgain == 1 ? " One rate" : " " + heldWhenTriedAgain + " rates")
                    .append(" held only when tried again: verdicts of single trials are unsure here.");
        }
        if (!stop.isRequested()) {
            words.append(advice(limit, confidence));
        }
        return words.toString();
    }

    // For whoever has to plan with what was found, and found that nothing was confirmed.
    private String advice(final Optional<Trial> limit, final SearchOutcome.Confidence confidence) {
        if (confidence != SearchOutcome.Confidence.UNCONFIRMED) {
            return "";
        }
        if (unjudged.isPresent() || trials.stream().allMatch(RateSearch::isInvalid)) {
            return " So nothing is confirmed, and there is no rate to plan with: what an invalid run shows is the"
                    + " generator's doing, not the router's. If it was late, search again when nothing else runs on"
                    + " this machine, which both share, or with a larger max-lag.";
        }
        final Trial last = trials.get(trials.size() - 1);
        return limit.isPresent()
                ? " So nothing is confirmed, and there is no rate to plan with: at "
                        + Figures.rate(last.rate().perSecond()) + " events/s longer runs still failed: "
                        + String.join("; ", last.verdict().reasons())
                        + ". Short trials are lucky here: search again with a longer --trial."
                : " So there is no rate to plan with: see above what failed at the lowest rate, and whether this fleet"
                        + " can meet the objective at all.";
    }
}
