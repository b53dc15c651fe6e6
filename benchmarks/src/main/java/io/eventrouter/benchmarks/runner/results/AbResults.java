package io.eventrouter.benchmarks.runner.results;

import io.eventrouter.benchmarks.runner.verdict.Comparison;
import io.eventrouter.benchmarks.runner.verdict.LimitCheck;
import io.eventrouter.benchmarks.runner.verdict.RatioInterval;
import io.eventrouter.benchmarks.runner.verdict.Verdict;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of measuring two jars side by side; the content of {@code ab.json}.
 *
 * @param baseline the jar to compare with.
 * @param candidate the jar that is judged.
 * @param thresholdPercent differences in speed up to this count as none.
 * @param benchmarks in the order of the profile.
 */
public record AbResults(Jar baseline, Jar candidate, double thresholdPercent, List<Line> benchmarks) {
    /** What is said of a benchmark of which nothing was judged. */
    public static final String NOTHING_JUDGED = "not judged: the baseline does not have it, and it has no limits";

    /**
     * A jar.
     *
     * @param path as it was given.
     * @param build what it was built from.
     */
    public record Jar(String path, BuildInfo build) {
        private static Jar of(final Path path) throws IOException {
            return new Jar(path.toString(), BuildInfo.of(path));
        }
    }

    /**
     * What came of one benchmark.
     *
     * @param benchmark with its parameters.
     * @param failure why it failed; null if it did not.
     * @param comparedBy metric that time was judged by; null if time was not judged.
     * @param verdict on time; null if time was not judged.
     * @param ratio of the candidate's speed to the baseline's, with a confidence of 99.9 %; null if time was not
     *     judged.
     * @param rounds the ratio of each round.
     * @param limits that were checked.
     */
    public record Line(
            String benchmark,
            String failure,
            String comparedBy,
            Verdict verdict,
            RatioInterval ratio,
            List<Double> rounds,
            List<LimitCheck> limits) {
        private static Line of(final Comparison comparison) {
            final boolean judged = comparison.judgesTime() && comparison.failure() == null;
            return new Line(
                    comparison.trial().name(),
                    comparison.failure(),
                    judged ? comparison.trial().entry().comparedBy() : null,
                    judged ? comparison.verdict() : null,
                    judged ? comparison.interval() : null,
                    comparison.ratios(),
                    comparison.limitChecks());
        }

        /** Whether a limit is exceeded. */
        public boolean exceedsLimit() {
            return limits.stream().anyMatch(LimitCheck::exceeded);
        }

        /** Whether the benchmark failed, or did not report a figure that has a limit. */
        public boolean failed() {
            return failure != null || limits.stream().anyMatch(LimitCheck::missing);
        }

        /** Whether nothing was judged: it is new, so there is no speed to compare with, and it has no limits. */
        public boolean judgesNothing() {
            return failure == null && verdict == null && limits.isEmpty();
        }
    }

    /**
     * Put together what comparisons found.
     *
     * @param baseline jar to compare with.
     * @param candidate jar that is judged.
     * @param thresholdPercent of the verdicts.
     * @param comparisons that have ended.
     * @return the results.
     * @throws IOException if a jar cannot be read.
     */
    public static AbResults of(
            final Path baseline,
            final Path candidate,
            final double thresholdPercent,
            final List<Comparison> comparisons)
            throws IOException {
        return new AbResults(
                Jar.of(baseline),
                Jar.of(candidate),
                thresholdPercent,
                comparisons.stream().map(Line::of).toList());
    }

    /**
     * How many benchmarks got a verdict.
     *
     * @param verdict to count.
     * @return how many.
     */
    public long count(final Verdict verdict) {
        return benchmarks.stream().filter(line -> line.verdict == verdict).count();
    }

    /**
     * The verdicts on time in numbers.
     *
     * @return a part of a sentence.
     */
    public String countsOfVerdicts() {
        final long notJudged = benchmarks.stream().filter(Line::judgesNothing).count();
        return String.format(
                "%d worse, %d better, %d the same within %s %%, %d inconclusive%s",
                count(Verdict.WORSE),
                count(Verdict.BETTER),
                count(Verdict.SAME),
                BigDecimal.valueOf(thresholdPercent).stripTrailingZeros().toPlainString(),
                count(Verdict.INCONCLUSIVE),
                notJudged == 0 ? "" : ", " + notJudged + " not judged");
    }

    /**
     * The cases for continuous integration servers.
     *
     * @return one for each benchmark and limit.
     */
    public List<CaseReport.Case> cases() {
        final List<CaseReport.Case> cases = new ArrayList<>();
        for (final Line line : benchmarks) {
            if (line.failure != null) {
                cases.add(new CaseReport.Case(line.benchmark, "runs", CaseReport.Ending.ERROR, line.failure));
            }
            if (line.verdict != null) {
                final CaseReport.Ending ending = switch (line.verdict) {
                    case WORSE -> CaseReport.Ending.FAILURE;
                    case INCONCLUSIVE -> CaseReport.Ending.SKIPPED;
                    default -> CaseReport.Ending.PASSED;
                };
                final String message = line.verdict.word() + ": " + FigureText.of(line.ratio);
                cases.add(new CaseReport.Case(line.benchmark, "is as fast as the baseline", ending, message));
            }
            if (line.judgesNothing()) {
                cases.add(new CaseReport.Case(
                        line.benchmark, "is as fast as the baseline", CaseReport.Ending.SKIPPED, NOTHING_JUDGED));
            }
            line.limits.forEach(check -> cases.add(CaseReport.Case.of(check)));
        }
        return cases;
    }
}
