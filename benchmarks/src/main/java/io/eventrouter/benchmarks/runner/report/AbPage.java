package io.eventrouter.benchmarks.runner.report;

import io.eventrouter.benchmarks.runner.results.AbResults;
import io.eventrouter.benchmarks.runner.results.BuildInfo;
import io.eventrouter.benchmarks.runner.results.Environment;
import io.eventrouter.benchmarks.runner.results.FigureText;
import io.eventrouter.benchmarks.runner.results.Incomplete;
import io.eventrouter.benchmarks.runner.verdict.LimitCheck;
import io.eventrouter.benchmarks.runner.verdict.RatioInterval;
import io.eventrouter.benchmarks.runner.verdict.Verdict;
import io.eventrouter.loadgen.page.DataTable;
import io.eventrouter.loadgen.page.IntervalChart;
import io.eventrouter.loadgen.page.LineChart;
import io.eventrouter.loadgen.page.Page;
import io.eventrouter.loadgen.page.Tone;
import io.eventrouter.loadgen.page.Unit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** The page of two jars side by side: verdicts, intervals, and the ratio of every round. */
public final class AbPage {
    private AbPage() {}

    /**
     * The page.
     *
     * @param results to show.
     * @param environment in which they were measured.
     * @param incomplete how far the run is; nothing if it got to its end.
     * @return the page.
     */
    public static Page of(
            final AbResults results, final Environment environment, final Optional<Incomplete> incomplete) {
        final Page page = new Page("Benchmarks: candidate against baseline");
        addVerdict(page, results, incomplete);
        addSpeeds(page, results);
        addLimits(page, results);
        page.heading("Environment");
        final Map<String, String> facts = new LinkedHashMap<>();
        facts.put("baseline", text(results.baseline()));
        facts.put("candidate", text(results.candidate()));
        facts.putAll(RunPage.facts(environment));
        page.facts(facts);
        return page;
    }

    private static void addVerdict(final Page page, final AbResults results, final Optional<Incomplete> incomplete) {
        final boolean failed = results.benchmarks().stream().anyMatch(AbResults.Line::failed);
        final boolean exceeded = results.benchmarks().stream().anyMatch(AbResults.Line::exceedsLimit);
        final String reason = results.countsOfVerdicts() + ".";
        if (incomplete.isPresent()) {
            page.verdict(Tone.BAD, RunPage.INCOMPLETE, incomplete.get().words() + "; " + reason);
        } else if (failed) {
            page.verdict(Tone.BAD, "A benchmark failed", reason);
        } else if (results.count(Verdict.WORSE) > 0 || exceeded) {
            page.verdict(Tone.BAD, exceeded ? "A limit is exceeded" : "Slower", reason);
        } else if (results.count(Verdict.INCONCLUSIVE) > 0) {
            page.verdict(Tone.UNCERTAIN, "Inconclusive", reason);
        } else {
            page.verdict(Tone.GOOD, "Not worse", reason);
        }
    }

    private static void addSpeeds(final Page page, final AbResults results) {
        page.heading("Speed");
        final IntervalChart intervals = new IntervalChart("Candidate's speed over the baseline's", "ratio", Unit.RATIO)
                .caption("With the 99.9 % interval; to the right of 1 the candidate is faster.")
                .level("no difference", 1);
        final LineChart rounds = LineChart.bySteps("The same, round by round", "round", "ratio", Unit.RATIO)
                .level("no difference", 1);
        final DataTable table = new DataTable("")
                .text("benchmark")
                .text("verdict")
                .number("ratio")
                .number("rounds");
        for (final AbResults.Line line : results.benchmarks()) {
            if (line.failure() != null) {
                table.row(Tone.BAD, line.benchmark(), "failed: " + line.failure(), "", "");
            } else if (line.judgesNothing()) {
                table.row(Tone.UNCERTAIN, line.benchmark(), AbResults.NOTHING_JUDGED, "", "");
            } else if (line.ratio() != null) {
                final RatioInterval ratio = line.ratio();
                intervals.point(line.benchmark(), "ratio", ratio.estimate(), ratio.low(), ratio.high());
                final List<Double> ratios = line.rounds();
                rounds.series(
                        line.benchmark(),
                        IntStream.rangeClosed(1, ratios.size()).asDoubleStream().toArray(),
                        ratios.stream().mapToDouble(Double::doubleValue).toArray());
                table.row(
                        tone(line.verdict()),
                        line.benchmark(),
                        line.verdict().word(),
                        FigureText.of(ratio),
                        Integer.toString(ratios.size()));
            }
        }
        page.chart(intervals).chart(rounds);
        if (!table.isEmpty()) {
            page.table(table);
        }
    }

    private static void addLimits(final Page page, final AbResults results) {
        page.heading("Limits");
        final DataTable table = new DataTable("").text("benchmark").text("check");
        for (final AbResults.Line line : results.benchmarks()) {
            for (final LimitCheck check : line.limits()) {
                table.row(check.exceeded() || check.missing() ? Tone.BAD : Tone.GOOD, line.benchmark(), check.words());
            }
        }
        if (table.isEmpty()) {
            page.paragraph("The profile has no limits for what was compared.");
        } else {
            page.table(table);
        }
    }

    private static Tone tone(final Verdict verdict) {
        return switch (verdict) {
            case WORSE -> Tone.BAD;
            case INCONCLUSIVE -> Tone.UNCERTAIN;
            default -> Tone.GOOD;
        };
    }

    private static String text(final AbResults.Jar jar) {
        final BuildInfo build = jar.build();
        return jar.path() + ", commit " + build.commit() + (build.dirty().equals("true") ? " with changes" : "");
    }
}
