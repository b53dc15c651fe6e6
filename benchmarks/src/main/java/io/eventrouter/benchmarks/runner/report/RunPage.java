package io.eventrouter.benchmarks.runner.report;

import io.eventrouter.benchmarks.runner.jmh.BenchmarkJar;
import io.eventrouter.benchmarks.runner.jmh.Measurement;
import io.eventrouter.benchmarks.runner.jmh.Metric;
import io.eventrouter.benchmarks.runner.profile.ProfileEntry;
import io.eventrouter.benchmarks.runner.results.CaseReport.Case;
import io.eventrouter.benchmarks.runner.results.CaseReport.Ending;
import io.eventrouter.benchmarks.runner.results.Environment;
import io.eventrouter.benchmarks.runner.results.FigureText;
import io.eventrouter.benchmarks.runner.results.Incomplete;
import io.eventrouter.loadgen.page.DataTable;
import io.eventrouter.loadgen.page.Page;
import io.eventrouter.loadgen.page.Tone;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The page of one run or of several: a section for each benchmark class, with charts for each kind of figure. */
public final class RunPage {
    /**
     * A run.
     *
     * @param name of its directory, by which series are told apart.
     * @param environment of the run.
     * @param measurements in order.
     * @param cases that were checked; of a run that was made before, only the errors.
     * @param incomplete how far it is; nothing if it got to its end.
     */
    public record Run(
            String name,
            Environment environment,
            List<Measurement> measurements,
            List<Case> cases,
            Optional<Incomplete> incomplete) {}

    static final String INCOMPLETE = "Incomplete";

    private static final String A_BENCHMARK_FAILED = "A benchmark failed";

    private RunPage() {}

    /**
     * The page of a run that has just been judged.
     *
     * @param run to show.
     * @return the page.
     */
    public static Page of(final Run run) {
        final Page page = new Page("Benchmarks: " + run.environment.profile());
        final List<Case> cases = run.cases;
        final long errors = count(cases, Ending.ERROR);
        final long failures = count(cases, Ending.FAILURE);
        final String reason = String.format(
                "%d measurements, %d of %d checks failed, %d could not be made.",
                run.measurements.size(), failures, cases.size(), errors);
        if (run.incomplete.isPresent()) {
            page.verdict(Tone.BAD, INCOMPLETE, run.incomplete.get().words() + "; " + reason);
        } else if (errors > 0) {
            page.verdict(Tone.BAD, A_BENCHMARK_FAILED, reason);
        } else if (failures > 0) {
            page.verdict(Tone.BAD, "A limit is exceeded", reason);
        } else {
            final boolean hasLimits = cases.size() > run.measurements.size();
            page.verdict(Tone.GOOD, hasLimits ? "Every limit is kept" : "Everything ran", reason);
        }
        addFailures(page, List.of(run));
        addRuns(page, List.of(run));
        return page;
    }

    /**
     * The page of one run or several side by side, which says what failed, but does not judge limits.
     *
     * @param runs to show, at least one.
     * @return the page.
     */
    public static Page of(final List<Run> runs) {
        final Page page = new Page("Benchmarks: " + runs.stream().map(Run::name).collect(Collectors.joining(", ")));
        if (runs.stream().map(run -> run.environment.machineAndJdk()).distinct().count() > 1) {
            page.verdict(
                    Tone.UNCERTAIN,
                    "Not comparable",
                    "These runs were made on different machines or JDKs; do not compare their figures.");
        } else if (runs.size() > 1) {
            page.note("Times of different jobs differ by more than most changes do; benchmarks ab judges time.");
        }
        for (final Run run : runs) {
            final long failed =
                    run.cases.stream().map(Case::benchmark).distinct().count();
            if (run.incomplete.isPresent()) {
                page.verdict(
                        Tone.BAD,
                        INCOMPLETE,
                        run.name + ": " + run.incomplete.get().words() + ".");
            } else if (failed > 0) {
                page.verdict(
                        Tone.BAD,
                        A_BENCHMARK_FAILED,
                        run.name + ": " + failed + (failed == 1 ? " benchmark" : " benchmarks")
                                + " failed or did not report a figure that has a limit.");
            }
        }
        addFailures(page, runs);
        addRuns(page, runs);
        return page;
    }

    private static void addFailures(final Page page, final List<Run> runs) {
        final boolean withRuns = runs.size() > 1;
        final DataTable table = new DataTable("What failed").text("benchmark");
        if (withRuns) {
            table.text("run");
        }
        table.text("check").text("outcome");
        for (final Run run : runs) {
            for (final Case one : run.cases) {
                if (one.ending() == Ending.ERROR || one.ending() == Ending.FAILURE) {
                    table.row(
                            Tone.BAD,
                            withRuns
                                    ? new String[] {one.benchmark(), run.name, one.name(), one.message()}
                                    : new String[] {one.benchmark(), one.name(), one.message()});
                }
            }
        }
        if (!table.isEmpty()) {
            page.table(table);
        }
    }

    private static void addRuns(final Page page, final List<Run> runs) {
        final Map<String, List<Measured>> byClass = new LinkedHashMap<>();
        for (final Run run : runs) {
            for (final Measurement measurement : run.measurements) {
                byClass.computeIfAbsent(className(measurement), key -> new ArrayList<>())
                        .add(new Measured(runs.size() > 1 ? run.name : "", measurement));
            }
        }
        byClass.forEach((name, measured) -> {
            page.heading(name);
            Figure.byKind(measured).forEach((kind, figures) -> {
                GrowthCharts.of(kind, figures).forEach(page::chart);
                if (!GrowthCharts.drawEvery(figures)) {
                    page.chart(FigureChart.of(kind, figures));
                }
            });
            page.table(table(measured, runs.size() > 1));
        });
        page.heading("Environment");
        for (final Run run : runs) {
            page.subheading(run.name);
            page.facts(facts(run.environment));
        }
        page.footer("Ranges are those of the iterations, from the slowest to the fastest.");
    }

    private static DataTable table(final List<Measured> all, final boolean withRuns) {
        final DataTable table = new DataTable("").text("benchmark");
        if (withRuns) {
            table.text("run");
        }
        table.text("metric").number("value").number("lowest").number("highest");
        for (final Measured measured : all) {
            row(table, measured, ProfileEntry.SCORE, measured.measurement().primary(), withRuns);
            measured.measurement().secondary().forEach((name, metric) -> {
                if (FigureText.matters(name)) {
                    row(table, measured, name, metric, withRuns);
                }
            });
        }
        return table;
    }

    private static void row(
            final DataTable table,
            final Measured measured,
            final String name,
            final Metric metric,
            final boolean withRuns) {
        final Metric low = new Metric(metric.quantile(0), Double.NaN, metric.unit(), List.of());
        final Metric high = new Metric(metric.quantile(1), Double.NaN, metric.unit(), List.of());
        final List<String> cells = new ArrayList<>();
        final String benchmark = measured.measurement().name();
        cells.add(benchmark.substring(benchmark.indexOf('.') + 1));
        if (withRuns) {
            cells.add(measured.run());
        }
        cells.addAll(List.of(name, FigureText.of(metric), FigureText.of(low), FigureText.of(high)));
        table.row(cells.toArray(new String[0]));
    }

    static Map<String, String> facts(final Environment environment) {
        final Map<String, String> facts = new LinkedHashMap<>();
        facts.put("started", environment.startedAt());
        facts.put("profile", environment.profile());
        facts.put("commit", environment.commit() + (environment.dirty().equals("true") ? " with changes" : ""));
        environment.machineAndJdk().forEach(facts::put);
        facts.put("load average before", String.valueOf(environment.loadAverageBefore()));
        return facts;
    }

    private static String className(final Measurement measurement) {
        final String name = BenchmarkJar.shortName(measurement.benchmark());
        return name.substring(0, name.indexOf('.'));
    }

    private static long count(final List<Case> cases, final Ending ending) {
        return cases.stream().filter(one -> one.ending() == ending).count();
    }
}
