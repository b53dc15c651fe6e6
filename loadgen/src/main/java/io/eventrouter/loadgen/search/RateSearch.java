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
 */
public final class RateSearch {
    private static final double GROWTH = 2;
    private static final int MAX_STEPS = 40;
    private static final int MAX_RETREATS = 4;
    private static final double RETREAT = 0.9;
    private static final double PERCENT = 100;

    private final Trials maker;
    private final StopSignal stop;
    private final long trialNs;
    private final long confirmNs;
    private final double precision;
    private final List<Trial> trials = new ArrayList<>();
    private int heldOnceOnly;
    private Optional<Trial> low = Optional.empty();
    private Optional<Trial> high = Optional.empty();

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
                if (low.isPresent() || rate.milliPerSecond() <= 1) {
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
        for (int retreat = 0; retreat <= MAX_RETREATS && !stop.isRequested(); retreat++) {
            final Trial trial = add(maker.run(Trial.Stage.CONFIRM, rate, confirmNs));
            if (trial.holds()) {
                return outcome(
                        Optional.of(trial),
                        retreat == 0
                                ? SearchOutcome.Confidence.CONFIRMED
                                : SearchOutcome.Confidence.CONFIRMED_AFTER_RETREAT);
            }
            rate = scaled(rate, RETREAT);
        }
        return outcome(low, SearchOutcome.Confidence.UNCONFIRMED);
    }

    private boolean tryRate(final Trial.Stage stage, final Rate rate) {
        Trial trial = add(maker.run(stage, rate, trialNs));
        if (!trial.holds() && !stop.isRequested()) {
            trial = add(maker.run(stage, rate, trialNs));
            heldOnceOnly += trial.holds() ? 1 : 0;
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
                        trial -> trial.verdict().outcome() == Verdict.Outcome.INVALID
                                ? SearchOutcome.BoundedBy.GENERATOR
                                : SearchOutcome.BoundedBy.ROUTER)
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
        if (boundedBy == SearchOutcome.BoundedBy.NOTHING) {
            words.append(". No higher rate was found to fail");
        }
        words.append('.');
        if (heldOnceOnly > 0) {
            words.append(heldOnceOnly == 1 ? " One rate" : " " + heldOnceOnly + " rates")
                    .append(" failed once and held when tried again: verdicts of single trials are unsure here.");
        }
        return words.toString();
    }
}
