package io.eventrouter.loadgen.report;

import io.eventrouter.loadgen.page.LineChart;
import io.eventrouter.loadgen.page.Page;
import io.eventrouter.loadgen.page.Unit;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Latency by percentile: of one run by what it is made of, of several runs by run. */
final class PercentileCharts {
    private static final Set<LatencyKind> STAGES = EnumSet.of(LatencyKind.ALL, LatencyKind.HANDOVER, LatencyKind.LAG);

    private final List<ReportedRun> runs;

    PercentileCharts(final List<ReportedRun> runs) {
        this.runs = runs;
    }

    void write(final Page page) {
        if (runs.size() == 1) {
            ofOne(page, runs.get(0));
        } else {
            ofSeveral(page);
        }
    }

    private static void ofOne(final Page page, final ReportedRun run) {
        final LineChart stages = chart("Where the time goes")
                .caption("All deliveries, and the two parts of their latency: how late the generator handed the event"
                        + " over, and how long the router took from there.");
        levels(stages, run);
        final LineChart kinds = chart("By kind of subscriber");
        levels(kinds, run);
        run.curves().forEach((kind, curve) -> {
            if (STAGES.contains(kind)) {
                stages.series(kind.words(), curve.percentiles(), curve.valuesNs());
            } else if (kind.isPart()) {
                kinds.series(kind.words(), curve.percentiles(), curve.valuesNs());
            }
        });
        page.chart(stages);
        if (run.curves().keySet().stream().filter(LatencyKind::isPart).count() > 1) {
            page.chart(kinds);
        }
        final PercentileCurve changes = run.curves().get(LatencyKind.CHANGE);
        if (changes != null) {
            page.chart(chart("Changes of the fleet")
                    .caption("From when a claim or a session was due until it was acknowledged.")
                    .series(LatencyKind.CHANGE.words(), changes.percentiles(), changes.valuesNs()));
        }
    }

    private void ofSeveral(final Page page) {
        for (final LatencyKind kind : LatencyKind.values()) {
            final List<ReportedRun> having =
                    runs.stream().filter(run -> run.curves().containsKey(kind)).toList();
            final boolean isSameAsAll = kind.isPart()
                    && having.stream()
                            .allMatch(run -> run.curves().keySet().stream()
                                            .filter(LatencyKind::isPart)
                                            .count()
                                    == 1);
            if (isSameAsAll) {
                continue;
            }
            final LineChart chart = chart("Latency: " + kind.words());
            if (kind == LatencyKind.ALL) {
                having.forEach(run -> levels(chart, run));
            }
            for (final ReportedRun run : having) {
                final PercentileCurve curve = run.curves().get(kind);
                chart.series(run.head().label(), curve.percentiles(), curve.valuesNs());
            }
            page.chart(chart);
        }
    }

    private static LineChart chart(final String title) {
        return LineChart.byPercentile(title, "latency", Unit.NANOSECONDS);
    }

    private static void levels(final LineChart chart, final ReportedRun run) {
        run.objectives().stream()
                .filter(Objective::isLatency)
                .forEach(objective -> chart.level("objective: " + objective.words(), objective.limit()));
    }
}
