package io.eventrouter.loadgen.report;

import io.eventrouter.loadgen.figures.Figures;
import io.eventrouter.loadgen.page.DataTable;
import io.eventrouter.loadgen.page.KeyFigure;
import io.eventrouter.loadgen.page.Page;
import io.eventrouter.loadgen.page.Unit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the page says of runs: of one in full, of several side by side. */
final class RunSection {
    private static final Unit NS = Unit.NANOSECONDS;

    private final List<ReportedRun> runs;

    RunSection(final List<ReportedRun> runs) {
        this.runs = runs;
    }

    /** Verdicts and figures, then everything else. */
    void write(final Page page) {
        if (runs.isEmpty()) {
            return;
        }
        runs.forEach(run -> verdict(page, run));
        if (runs.size() == 1) {
            keyFigures(page, runs.get(0));
        } else {
            comparison(page);
        }
        writeDetails(page, "");
    }

    /** Percentiles, course of time and counts. */
    void writeDetails(final Page page, final String prefix) {
        if (runs.isEmpty()) {
            return;
        }
        page.heading(heading(prefix, "Latency by percentile"));
        new PercentileCharts(runs).write(page);
        latencyTables(page);
        page.heading(heading(prefix, "In the course of time"));
        new TimeCharts(runs).write(page);
        page.heading(heading(prefix, "Data operations"));
        new OperationsPart(runs).write(page);
        page.heading(heading(prefix, "What became of the events"));
        counts(page, "Events", run -> run.counts().events());
        counts(page, "Deliveries", run -> run.counts().deliveries());
    }

    private static String heading(final String prefix, final String text) {
        return prefix.isEmpty() ? text : prefix + text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }

    private void verdict(final Page page, final ReportedRun run) {
        final List<String> sentences = new ArrayList<>();
        if (run.head().verdict() == Verdict.MET) {
            run.objectives().forEach(objective -> sentences.add(sentence(objective)));
        } else {
            run.reasons().forEach(reason -> sentences.add(asSentence(reason)));
        }
        if (!run.head().isComplete()) {
            sentences.add("The run ended early (" + run.head().ended() + "); its figures are of what ran until then.");
        }
        final String label = runs.size() == 1 ? "" : run.head().label() + ": ";
        page.verdict(run.head().verdict().tone(), label + run.head().verdict().words(), String.join(" ", sentences));
    }

    // "p99.9 was ..." stays as it is: percentiles are not written with a capital.
    private static String asSentence(final String text) {
        final String begun =
                text.matches("[a-z]+ .*") ? text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) : text;
        return begun.endsWith(".") ? begun : begun + ".";
    }

    private static String sentence(final Objective objective) {
        return (objective.isLatency() ? objective.figure() : "The share of what was " + objective.figure()) + " was "
                + objective.text(objective.measured()) + ", "
                + (objective.isHeld() ? "within" : "above") + " the limit of " + objective.text(objective.limit())
                + ".";
    }

    private static void keyFigures(final Page page, final ReportedRun run) {
        final RunCounts counts = run.counts();
        final LatencySummary all = run.latencies().get(LatencyKind.ALL);
        final List<KeyFigure> figures = new ArrayList<>();
        figures.add(new KeyFigure(
                "Events offered",
                Unit.PER_SECOND.text(counts.ratePerSecond()),
                "asked for " + Unit.PER_SECOND.text(run.load().ratePerSecond())));
        if (all != null && all.count() > 0) {
            figures.add(new KeyFigure(
                    "Median latency", NS.text(all.p50Ns()), "of " + Unit.COUNT.text(all.count()) + " deliveries"));
            figures.add(new KeyFigure("p99.9", NS.text(all.p999Ns()), "greatest " + NS.text(all.maxNs())));
        }
        figures.add(new KeyFigure(
                "Refused", Unit.PERCENT.text(counts.refusedShare() * 100), Figures.count(counts.refused(), "event")));
        figures.add(new KeyFigure(
                "Data operations",
                Unit.COUNT.text(counts.operations()),
                perEvent(counts.operations(), counts.offered()) + " for each event"));
        page.keyFigures(figures);
    }

    private void comparison(final Page page) {
        final DataTable table = table("Side by side");
        row(table, "Asked for", run -> Unit.PER_SECOND.text(run.load().ratePerSecond()));
        row(table, "Offered", run -> Unit.PER_SECOND.text(run.counts().ratePerSecond()));
        row(table, "Refused", run -> Unit.PERCENT.text(run.counts().refusedShare() * 100));
        row(table, "Median latency", run -> latency(run, LatencySummary::p50Ns));
        row(table, "p99", run -> latency(run, LatencySummary::p99Ns));
        row(table, "p99.9", run -> latency(run, LatencySummary::p999Ns));
        row(table, "Greatest", run -> latency(run, LatencySummary::maxNs));
        row(table, "Data operations", run -> Unit.COUNT.text(run.counts().operations()));
        row(
                table,
                "Data operations for each event",
                run -> perEvent(run.counts().operations(), run.counts().offered()));
        page.table(table);
    }

    private void latencyTables(final Page page) {
        for (final ReportedRun run : runs) {
            final DataTable table = new DataTable(
                            runs.size() == 1 ? "" : run.head().label())
                    .text("Latency")
                    .number("count")
                    .number("p50")
                    .number("p90")
                    .number("p99")
                    .number("p99.9")
                    .number("p99.99")
                    .number("greatest");
            run.latencies().forEach((kind, summary) -> {
                if (summary.count() > 0) {
                    table.row(
                            kind.words(),
                            Unit.COUNT.text(summary.count()),
                            NS.text(summary.p50Ns()),
                            NS.text(summary.p90Ns()),
                            NS.text(summary.p99Ns()),
                            NS.text(summary.p999Ns()),
                            NS.text(summary.p9999Ns()),
                            NS.text(summary.maxNs()));
                }
            });
            if (!table.isEmpty()) {
                page.table(table);
            }
        }
    }

    private void counts(final Page page, final String caption, final Function<ReportedRun, Map<String, Long>> counts) {
        final Set<String> names = runs.stream()
                .flatMap(run -> counts.apply(run).keySet().stream())
                .collect(Collectors.toCollection(LinkedHashSet::new));
        final DataTable table = table(caption);
        for (final String name : names) {
            row(table, name, run -> {
                final Long count = counts.apply(run).get(name);
                return count == null ? "" : Figures.count(count);
            });
        }
        page.table(table);
    }

    private DataTable table(final String caption) {
        final DataTable table = new DataTable(caption).text("");
        runs.forEach(run -> table.number(runs.size() == 1 ? "count" : run.head().label()));
        return table;
    }

    private void row(final DataTable table, final String name, final Function<ReportedRun, String> cell) {
        final List<String> cells = new ArrayList<>(List.of(name));
        runs.forEach(run -> cells.add(cell.apply(run)));
        table.row(cells.toArray(new String[0]));
    }

    private static String latency(final ReportedRun run, final Function<LatencySummary, Long> figure) {
        final LatencySummary all = run.latencies().get(LatencyKind.ALL);
        return all == null || all.count() == 0 ? "–" : NS.text(figure.apply(all));
    }

    private static String perEvent(final long operations, final long events) {
        return Unit.COUNT.text(events == 0 ? Double.NaN : (double) operations / events);
    }
}
