package io.eventrouter.loadgen.load;

import io.eventrouter.loadgen.scenario.Load;
import io.eventrouter.loadgen.scenario.Objective;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Whether a load held its objective, and whether that can be known at all.
 *
 * <p>A run says nothing if the generator did not keep its schedule, or if the objective was missed by the generator's
 * lateness alone: by the latency from when events were due, but not by that from when they were handed over.
 *
 * @param outcome of the load.
 * @param checks one for each part of the objective, but for latencies where nothing was delivered.
 * @param reasons sentences that say why.
 */
public record Verdict(Outcome outcome, List<Check> checks, List<String> reasons) {
    /** The share of the events that must be handed over before the end of the schedule. */
    public static final double OFFERED_IN_TIME = 0.999;

    private static final double LAG_PERCENTILE = 99.9;
    // An overload may make the JVM compile a little anew; a start that came too early, much.
    private static final double DOUBTFUL_COMPILING = 0.2;
    private static final double NS_PER_SECOND = 1e9;
    private static final double NS_PER_MS = 1e6;
    private static final double PERCENT = 100;

    /** What came out. */
    public enum Outcome {
        /** The objective was met. */
        MET,
        /** The router did not meet the objective. */
        NOT_MET,
        /** The run says nothing about the router. */
        INVALID,
        /** There was no objective, and the run is valid. */
        NONE
    }

    /**
     * One part of the objective.
     *
     * @param figure such as {@code p99.9} or {@code refused}.
     * @param limit in nanoseconds, or a share.
     * @param measured in nanoseconds, or a share.
     * @param holds whether the limit was kept.
     */
    public record Check(String figure, double limit, double measured, boolean holds) {
        /**
         * Whether it is about a share, rather than nanoseconds.
         *
         * @return true if so.
         */
        public boolean isShare() {
            return figure.equals("refused");
        }
    }

    public Verdict {
        checks = List.copyOf(checks);
        reasons = List.copyOf(reasons);
    }

    /**
     * Judge a load.
     *
     * @param objective that it was to hold.
     * @param load that was run.
     * @param figures that came of it.
     * @return the verdict.
     */
    public static Verdict of(final Objective objective, final Load load, final LoadFigures figures) {
        final List<Check> checks = checks(objective, figures);
        final List<String> invalid = new ArrayList<>();
        final List<String> missed = new ArrayList<>();
        checkSchedule(load, figures, invalid, missed);
        for (final Check check : checks) {
            if (!check.holds()) {
                (isGeneratorsFault(objective, figures, check) ? invalid : missed)
                        .add(sentence(check, objective, figures));
            }
        }
        // Where the router did not get through, latencies are not known, but that it did not is.
        if (!objective.latencies().isEmpty() && !isAnyDelivered(figures) && figures.isDrained()) {
            invalid.add("nothing was delivered, so there is no latency to judge");
        }
        if (!figures.isDrained()) {
            missed.add("the router had not delivered everything a minute after the last event");
        }
        if (figures.changesFailed() > 0) {
            invalid.add(figures.changesFailed() + " changes of the fleet failed");
        }
        if (!invalid.isEmpty()) {
            return new Verdict(Outcome.INVALID, checks, withDoubts(invalid, figures));
        }
        if (!missed.isEmpty()) {
            return new Verdict(Outcome.NOT_MET, checks, withDoubts(missed, figures));
        }
        return objective.isSet()
                ? new Verdict(Outcome.MET, checks, List.of("every part of the objective holds"))
                : new Verdict(Outcome.NONE, checks, List.of("the scenario sets no objective"));
    }

    private static List<Check> checks(final Objective objective, final LoadFigures figures) {
        final List<Check> checks = new ArrayList<>();
        if (isAnyDelivered(figures)) {
            for (final Objective.LatencyLimit limit : objective.latencies()) {
                final long measured = figures.latencies().all().getValueAtPercentile(limit.percentile());
                checks.add(new Check(limit.name(), limit.limitNs(), measured, measured <= limit.limitNs()));
            }
        }
        if (objective.isSet()) {
            final EventCounts events = figures.events();
            final double refused = share(events.refused() + events.refusedAtPlace(), events.offered());
            checks.add(new Check("refused", objective.refusedShare(), refused, refused <= objective.refusedShare()));
        }
        return checks;
    }

    private static boolean isAnyDelivered(final LoadFigures figures) {
        return figures.latencies().all().getTotalCount() > 0;
    }

    private static void checkSchedule(
            final Load load, final LoadFigures figures, final List<String> invalid, final List<String> missed) {
        final EventCounts events = figures.events();
        // What was still due when a load was stopped early was not late.
        final boolean isStopped = figures.ended() == Ended.INTERRUPTED || figures.ended() == Ended.DECIDED;
        final double inTime = share(events.inTime(), isStopped ? events.offered() : events.scheduled());
        if (events.scheduled() == 0) {
            invalid.add("no event was due");
        } else if (inTime < OFFERED_IN_TIME) {
            final boolean isBackPressure = events.excused() >= events.scheduled() - events.inTime();
            (isBackPressure ? missed : invalid)
                    .add(String.format(
                            Locale.ROOT,
                            "only %.2f%% of the events were handed over before the end of the schedule, %s",
                            inTime * PERCENT,
                            isBackPressure
                                    ? "as changes of the fleet had to wait for room in the router"
                                    : "less than 99.9%: the generator could not keep it"));
        }
        final long lagNs = figures.latencies().lag().getValueAtPercentile(LAG_PERCENTILE);
        if (lagNs > load.maxLagNs()) {
            invalid.add(String.format(
                    Locale.ROOT,
                    "the generator was up to %.3f ms late in 99.9%% of the events, more than max-lag, %.3f ms",
                    lagNs / NS_PER_MS,
                    load.maxLagNs() / NS_PER_MS));
        }
    }

    /** Why a load failed, and what else than router and generator may have made it. */
    private static List<String> withDoubts(final List<String> reasons, final LoadFigures figures) {
        if (share(figures.compilingNs(), figures.elapsedNs()) > DOUBTFUL_COMPILING) {
            reasons.add(String.format(
                    Locale.ROOT,
                    "the JVM was still compiling, %.2f s of %.2f s, which may be why",
                    figures.compilingNs() / NS_PER_SECOND,
                    figures.elapsedNs() / NS_PER_SECOND));
        }
        return reasons;
    }

    private static boolean isGeneratorsFault(final Objective objective, final LoadFigures figures, final Check check) {
        if (check.isShare()) {
            final EventCounts events = figures.events();
            final long othersRefused = events.refused() - events.refusedLate() + events.refusedAtPlace();
            return share(othersRefused, events.offered()) <= check.limit();
        }
        return objective.latencies().stream()
                .filter(limit -> limit.name().equals(check.figure()))
                .allMatch(limit ->
                        figures.latencies().handover().getValueAtPercentile(limit.percentile()) <= limit.limitNs());
    }

    private static String sentence(final Check check, final Objective objective, final LoadFigures figures) {
        if (check.isShare()) {
            return String.format(
                    Locale.ROOT,
                    "%.4f%% of the events were refused, more than %.4f%%%s",
                    check.measured() * PERCENT,
                    check.limit() * PERCENT,
                    isGeneratorsFault(objective, figures, check) ? ", but while the generator was late" : "");
        }
        return String.format(
                Locale.ROOT,
                "%s was %.3f ms, more than %.3f ms%s",
                check.figure(),
                check.measured() / NS_PER_MS,
                check.limit() / NS_PER_MS,
                isGeneratorsFault(objective, figures, check)
                        ? ", but only because the generator was late: counted from the hand-over it holds"
                        : "");
    }

    private static double share(final long part, final long whole) {
        return whole == 0 ? 0 : (double) part / whole;
    }
}
