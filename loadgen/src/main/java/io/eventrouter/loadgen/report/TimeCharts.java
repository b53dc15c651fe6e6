package io.eventrouter.loadgen.report;

import io.eventrouter.loadgen.page.LineChart;
import io.eventrouter.loadgen.page.Page;
import io.eventrouter.loadgen.page.Unit;
import java.util.Arrays;
import java.util.List;

/** The course of runs, second by second; of several runs each chart shows one figure of all of them. */
final class TimeCharts {
    private static final double NS_PER_SECOND = 1e9;
    private static final int MOST_PHASES_MARKED = 6;

    /** A column of a run's series; those that tell most are compared when there are several runs. */
    private record Figure(String name, String column, boolean isCompared) {}

    /** Figures that share a chart when there is one run. */
    private record Group(String title, String yLabel, Unit unit, Figure... figures) {
        LineChart chart(final String chartTitle, final String label) {
            final LineChart chart = LineChart.overTime(chartTitle, label, unit);
            return unit == Unit.NANOSECONDS ? chart.logarithmicY() : chart;
        }
    }

    private static final List<Group> GROUPS = List.of(
            new Group(
                    "Latency",
                    "latency",
                    Unit.NANOSECONDS,
                    new Figure("p50", "p50_ns", true),
                    new Figure("p99", "p99_ns", false),
                    new Figure("p99.9", "p99_9_ns", true),
                    new Figure("greatest", "max_ns", false)),
            new Group(
                    "Events",
                    "events a second",
                    Unit.PER_SECOND,
                    new Figure("scheduled", "scheduled", false),
                    new Figure("offered", "offered", true),
                    new Figure("refused", "refused", true)),
            new Group(
                    "Deliveries",
                    "deliveries a second",
                    Unit.PER_SECOND,
                    new Figure("to devices", "device", true),
                    new Figure("to integrations", "integration", true),
                    new Figure("to Logic functions", "logic", true),
                    new Figure("to event streams", "stream", true)),
            new Group(
                    "Data operations",
                    "operations a second",
                    Unit.PER_SECOND,
                    new Figure("publishes", "publish_operations", false),
                    new Figure("deliveries to devices", "subscribe_operations", false)),
            new Group(
                    "Schedule lag",
                    "lag",
                    Unit.NANOSECONDS,
                    new Figure("p99", "lag_p99_ns", true),
                    new Figure("greatest", "lag_max_ns", false)),
            new Group("Ring", "slots in use", Unit.COUNT, new Figure("slots in use", "ring_slots_used", true)));

    private final List<ReportedRun> runs;

    TimeCharts(final List<ReportedRun> runs) {
        this.runs = runs;
    }

    void write(final Page page) {
        for (final Group group : GROUPS) {
            if (runs.size() == 1) {
                page.chart(ofOne(group, runs.get(0)));
                continue;
            }
            for (final Figure figure : group.figures) {
                if (figure.isCompared) {
                    page.chart(ofSeveral(group, figure));
                }
            }
        }
        page.note("Each point is a second; the warm-up is left out, and so is a last second that is not whole.");
    }

    private static LineChart ofOne(final Group group, final ReportedRun run) {
        final LineChart chart = group.chart(group.title, group.yLabel);
        for (final Figure figure : group.figures) {
            add(chart, figure.name, run, figure);
        }
        final List<ReportedRun.Phase> phases = run.load().phases();
        if (phases.size() <= MOST_PHASES_MARKED) {
            phases.stream()
                    .filter(phase -> phase.startNs() > 0)
                    .forEach(phase -> chart.moment(phase.kind(), phase.startNs() / NS_PER_SECOND));
        }
        return chart;
    }

    private LineChart ofSeveral(final Group group, final Figure figure) {
        final LineChart chart = group.chart(group.title + ": " + figure.name, group.yLabel);
        runs.forEach(run -> add(chart, run.head().label(), run, figure));
        return chart;
    }

    // A column in which nothing ever happened would be a line at 0 and a name in the legend.
    private static void add(final LineChart chart, final String name, final ReportedRun run, final Figure figure) {
        final double[] values = whole(run, run.series().numbers(figure.column));
        if (Arrays.stream(values).anyMatch(value -> value > 0)) {
            chart.series(name, whole(run, run.series().numbers("second")), values);
        }
    }

    /** The seconds that are whole: another one would look like a slump. */
    private static double[] whole(final ReportedRun run, final double[] column) {
        final double seconds = Math.max(1, run.load().durationNs() / NS_PER_SECOND);
        return Arrays.copyOf(column, (int) Math.min(column.length, seconds));
    }
}
