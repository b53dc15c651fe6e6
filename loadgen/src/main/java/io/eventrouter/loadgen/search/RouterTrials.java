package io.eventrouter.loadgen.search;

import io.eventrouter.loadgen.load.Ended;
import io.eventrouter.loadgen.load.LoadFigures;
import io.eventrouter.loadgen.load.LoadListener;
import io.eventrouter.loadgen.load.LoadedRouter;
import io.eventrouter.loadgen.load.StopSignal;
import io.eventrouter.loadgen.load.Verdict;
import io.eventrouter.loadgen.scenario.Load;
import io.eventrouter.loadgen.scenario.Objective;
import io.eventrouter.loadgen.scenario.Phase;
import io.eventrouter.loadgen.scenario.Rate;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Trials against a router, at one constant rate each. A trial begins when the JVM has compiled what it runs, and ends
 * when it is clear that it does not hold.
 */
public final class RouterTrials implements Trials {
    private static final long SHORT_WARM_UP_NS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final double DECIDE_AFTER = 0.2;
    private static final double PERCENT = 100;

    /** Says which listener hears of a trial. */
    @FunctionalInterface
    public interface Listeners {
        /**
         * The listener of a trial.
         *
         * @param stage of it.
         * @return the listener.
         */
        LoadListener of(Trial.Stage stage);
    }

    private final LoadedRouter router;
    private final Load load;
    private final Objective objective;
    private final StopSignal stop;
    private final Listeners listeners;
    private boolean isWarm;

    /**
     * Trials.
     *
     * @param router that holds the fleet.
     * @param load whose rate and phases are replaced.
     * @param stop ends a trial early.
     * @param listeners of the trials.
     */
    public RouterTrials(final LoadedRouter router, final Load load, final StopSignal stop, final Listeners listeners) {
        this.router = router;
        this.load = load;
        this.objective = router.scenario().objective();
        this.stop = stop;
        this.listeners = listeners;
    }

    /**
     * The load of a trial.
     *
     * @param rate to run at.
     * @param durationNs how long, in nanoseconds.
     * @return the load.
     */
    public Load loadAt(final Rate rate, final long durationNs) {
        return load.withRate(rate).withPhases(List.of(new Phase.Constant(durationNs, Phase.RelativeRate.FULL)));
    }

    @Override
    public Trial run(final Trial.Stage stage, final Rate rate, final long durationNs) {
        final LoadListener listener = listeners.of(stage);
        final Load trial = loadAt(rate, durationNs);
        router.settle(isWarm ? trial.withWarmUpNs(Math.min(SHORT_WARM_UP_NS, load.warmUpNs())) : trial, stop, listener);
        isWarm = true;
        final LoadFigures figures = router.run(trial.withWarmUpNs(0), this::isClear, stop, listener);
        final Verdict verdict = Verdict.of(objective, trial, figures);
        return new Trial(
                stage,
                rate,
                durationNs,
                figures,
                figures.ended() == Ended.INTERRUPTED
                        // What held for a moment has not held for as long as a trial is.
                        ? new Verdict(Verdict.Outcome.INVALID, verdict.checks(), List.of("it was interrupted"))
                        : verdict);
    }

    /** Whether the objective cannot be met any more, if the rest is as long as it was going to be. */
    private boolean isClear(
            final double elapsedShare, final long offered, final long accepted, final Histogram latencies) {
        if (elapsedShare < DECIDE_AFTER || elapsedShare > 1) {
            return false;
        }
        if (offered - accepted > objective.refusedShare() * offered / elapsedShare) {
            return true;
        }
        for (final Objective.LatencyLimit limit : objective.latencies()) {
            final double allowed = (1 - limit.percentile() / PERCENT) * latencies.getTotalCount() / elapsedShare;
            if (limit.limitNs() < latencies.getMaxValue()
                    && latencies.getCountBetweenValues(limit.limitNs() + 1, latencies.getMaxValue()) > allowed + 1) {
                return true;
            }
        }
        return false;
    }
}
