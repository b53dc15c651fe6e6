package io.eventrouter.benchmarks.runner.results;

import io.eventrouter.benchmarks.runner.verdict.Comparison;
import io.eventrouter.benchmarks.runner.verdict.LimitCheck;
import io.eventrouter.benchmarks.runner.verdict.RatioInterval;
import io.eventrouter.benchmarks.runner.verdict.Verdict;
import java.io.IOException;
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
     * @param ratio of the candidate's speed to the baseline's, with a confidence of 99.9 %; null if time was not judged.
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
            line.limits.forEach(check -> cases.add(CaseReport.Case.of(check)));
        }
        return cases;
    }
}
