package io.eventrouter.benchmarks.runner.verdict;

import io.eventrouter.benchmarks.runner.jmh.Measurement;
import io.eventrouter.benchmarks.runner.jmh.Trial;
import io.eventrouter.benchmarks.runner.jmh.TrialRunner.Outcome;
import java.util.ArrayList;
import java.util.List;

/** Two jars on one trial, round after round, until the verdict is clear. */
public final class Comparison {
    /** Rounds before which nothing is decided: three or four lie on one side by chance too often. */
    public static final int MIN_ROUNDS = 5;

    // Whoever accuses has to be surer than whoever acquits: a job asks many times. 99.9 % is what JMH uses as well, and
    // 90 % is what tests of equivalence at 5 % use.
    private static final double CONFIDENCE_OF_CHANGE = 0.999;
    private static final double CONFIDENCE_OF_SAME = 0.90;

    /** The two jars. */
    public enum Side {
        /** The jar to compare with. */
        BASELINE,
        /** The jar to judge. */
        CANDIDATE
    }

    private static final List<Side> ABBA = List.of(Side.BASELINE, Side.CANDIDATE, Side.CANDIDATE, Side.BASELINE);
    private static final List<Side> BAAB = List.of(Side.CANDIDATE, Side.BASELINE, Side.BASELINE, Side.CANDIDATE);

    private final Trial trial;
    private final boolean inBaseline;
    private final double threshold;
    private final List<Measurement> baseline = new ArrayList<>();
    private final List<Measurement> candidate = new ArrayList<>();
    private final List<Double> logRatios = new ArrayList<>();
    private String failure;
    private RatioInterval interval;
    private Verdict verdict = Verdict.INCONCLUSIVE;

    /**
     * A comparison that has not begun.
     *
     * @param trial to measure.
     * @param inBaseline whether the baseline has it too; otherwise only limits are checked.
     * @param threshold of the verdict, in (0, 1).
     */
    public Comparison(final Trial trial, final boolean inBaseline, final double threshold) {
        this.trial = trial;
        this.inBaseline = inBaseline;
        this.threshold = threshold;
    }

    /**
     * Whose turn it is in the next round. Rounds begin with either side in turn, so that a drift of the machine favours
     * each of them as often as the other.
     *
     * @return the sides in order; empty when nothing more is to be measured.
     */
    public List<Side> nextRound() {
        if (failure != null) {
            return List.of();
        }
        if (!judgesTime()) {
            if (!candidate.isEmpty()) {
                return List.of();
            }
            return inBaseline ? List.of(Side.BASELINE, Side.CANDIDATE) : List.of(Side.CANDIDATE);
        }
        if (verdict != Verdict.INCONCLUSIVE) {
            return List.of();
        }
        return logRatios.size() % 2 == 0 ? ABBA : BAAB;
    }

    /**
     * Take what came of a round. What counts is the faster of a side's two JVMs: a busy machine, and a JVM that happens
     * to compile or to lay out its memory badly, only ever make one slower.
     *
     * @param sides that were asked for.
     * @param outcomes of each.
     */
    public void add(final List<Side> sides, final List<Outcome> outcomes) {
        double baselineSpeed = Double.NEGATIVE_INFINITY;
        double candidateSpeed = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < sides.size(); i++) {
            final boolean ofCandidate = sides.get(i) == Side.CANDIDATE;
            final Outcome outcome = outcomes.get(i);
            if (!outcome.measured()) {
                failure = (ofCandidate ? "candidate: " : "baseline: ") + outcome.failure();
                return;
            }
            final Measurement measurement = outcome.measurements().get(0);
            (ofCandidate ? candidate : baseline).add(measurement);
            if (judgesTime()) {
                final double speed = measurement.speed(trial.entry().comparedBy());
                // A speed that is not a number spoils the round, as it should.
                baselineSpeed = ofCandidate ? baselineSpeed : Math.max(baselineSpeed, speed);
                candidateSpeed = ofCandidate ? Math.max(candidateSpeed, speed) : candidateSpeed;
            }
        }
        if (judgesTime()) {
            addRatio(Math.log(candidateSpeed / baselineSpeed));
        }
    }

    /**
     * Measure no more. What is judged stays so, everything else counts as failed.
     *
     * @param reason why.
     */
    public void stop(final String reason) {
        if (!nextRound().isEmpty()) {
            failure = reason;
        }
    }

    private void addRatio(final double logRatio) {
        if (!Double.isFinite(logRatio)) {
            failure = "no time to compare: metric=" + trial.entry().comparedBy();
            return;
        }
        logRatios.add(logRatio);
        if (logRatios.size() < MIN_ROUNDS) {
            return;
        }
        final BootstrapMeans means = new BootstrapMeans(logRatios);
        interval = means.interval(CONFIDENCE_OF_CHANGE);
        verdict = Verdict.of(interval, means.interval(CONFIDENCE_OF_SAME), threshold);
    }

    /** What is measured. */
    public Trial trial() {
        return trial;
    }

    /** Whether time is judged, and not only limits. */
    public boolean judgesTime() {
        return inBaseline && trial.entry().comparedBy() != null;
    }

    /** Why a benchmark failed; null if none did. */
    public String failure() {
        return failure;
    }

    /** The verdict on time so far. */
    public Verdict verdict() {
        return verdict;
    }

    /** The range of the ratio of speeds with a confidence of 99.9 %; null before there are enough rounds. */
    public RatioInterval interval() {
        return interval;
    }

    /** The ratio of speeds in each round. */
    public List<Double> ratios() {
        return logRatios.stream().map(Math::exp).toList();
    }

    /** All measurements of the baseline as one; null without any. */
    public Measurement baseline() {
        return baseline.isEmpty() ? null : Measurement.merge(baseline);
    }

    /** All measurements of the candidate as one; null without any. */
    public Measurement candidate() {
        return candidate.isEmpty() ? null : Measurement.merge(candidate);
    }

    /**
     * The limits of the candidate: those of the profile, and the baseline's values.
     *
     * @return the checks; empty if a benchmark failed.
     */
    public List<LimitCheck> limitChecks() {
        if (failure != null || candidate.isEmpty()) {
            return List.of();
        }
        final List<LimitCheck> checks = new ArrayList<>(LimitCheck.ofProfile(candidate(), trial.entry()));
        if (!baseline.isEmpty()) {
            checks.addAll(LimitCheck.ofOlder(baseline(), candidate(), trial.entry()));
        }
        return checks;
    }
}
