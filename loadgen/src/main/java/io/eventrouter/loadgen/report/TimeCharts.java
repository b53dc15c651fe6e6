package io.eventrouter.loadgen.report;

import io.eventrouter.loadgen.page.LineChart;
import io.eventrouter.loadgen.page.Page;
import io.eventrouter.loadgen.page.Unit;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The course of runs, second by second; of several runs each chart shows one figure of all of them. */
final class TimeCharts {
    private static final double NS_PER_SECOND = 1e9;
    private static final int MOST_PHASES_MARKED = 6;

    private final List<RunResult> runs;

    TimeCharts(final List<RunResult> runs) {
        this.runs = runs;
    }

    void write(final Page page) {
        chart(
                page,
                "Latency",
                Unit.NANOSECONDS,
                true,
                columns("p50", "p50_ns", "p99", "p99_ns", "p99.9", "p99_9_ns", "greatest", "max_ns"));
        chart(
                page,
                "Events a second",
                Unit.PER_SECOND,
                false,
                columns("scheduled", "scheduled", "offered", "offered", "refused", "refused"));
        chart(
                page,
                "Deliveries a second",
                Unit.PER_SECOND,
                false,
                columns(
                        "to devices",
                        "device",
                        "to integrations",
                        "integration",
                        "to Logic functions",
                        "logic",
                        "to event streams",
                        "stream"));
        chart(
                page,
                "Data operations a second",
                Unit.PER_SECOND,
                false,
                columns("for publishes", "publish_operations", "for deliveries", "subscribe_operations"));
        chart(page, "Schedule lag", Unit.NANOSECONDS, true, columns("p99", "lag_p99_ns", "greatest", "lag_max_ns"));
        chart(page, "Ring in use", Unit.COUNT, false, columns("slots", "ring_slots_used"));
    }

    private void chart(
            final Page page,
            final String title,
            final Unit unit,
            final boolean isLatency,
            final Map<String, String> columns) {
        if (runs.size() == 1) {
            final LineChart chart =
                    LineChart.overTime(title, unit == Unit.COUNT ? "slots" : title.toLowerCase(Locale.ROOT), unit);
            columns.forEach((name, column) -> series(chart, name, runs.get(0), column));
            phases(chart, runs.get(0));
            page.chart(isLatency ? chart.logarithmicY() : chart);
            return;
        }
        columns.forEach((name, column) -> {
            final LineChart chart = LineChart.overTime(title + ": " + name, name, unit);
            runs.forEach(run -> series(chart, run.head().label(), run, column));
            page.chart(isLatency ? chart.logarithmicY() : chart);
        });
    }

    // A column in which nothing ever happened is no line but a legend.
    private static void series(final LineChart chart, final String name, final RunResult run, final String column) {
        final double[] values = full(run, run.series().numbers(column));
        if (Arrays.stream(values).anyMatch(value -> value > 0)) {
            chart.series(name, full(run, run.series().numbers("second")), values);
        }
    }

    /** The seconds that are whole: the last one would look like a slump. */
    private static double[] full(final RunResult run, final double[] column) {
        final int whole = (int) Math.min(column.length, Math.max(1, run.load().durationNs() / NS_PER_SECOND));
        return Arrays.copyOf(column, whole);
    }

    private static void phases(final LineChart chart, final RunResult run) {
        final List<RunResult.Phase> phases = run.load().phases();
        if (phases.size() > 1 && phases.size() <= MOST_PHASES_MARKED) {
            phases.stream()
                    .filter(phase -> phase.startNs() > 0)
                    .forEach(phase -> chart.moment(phase.kind(), phase.startNs() / NS_PER_SECOND));
        }
    }

    private static Map<String, String> columns(final String... namesAndColumns) {
        final Map<String, String> columns = new LinkedHashMap<>();
        for (int i = 0; i < namesAndColumns.length; i += 2) {
            columns.put(namesAndColumns[i], namesAndColumns[i + 1]);
        }
        return columns;
    }
}
