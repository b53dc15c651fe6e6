package io.eventrouter.benchmarks.runner.report;

import io.eventrouter.loadgen.page.IntervalChart;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The chart of all figures of a kind, a row for each combination of parameters. */
final class FigureChart {
    private FigureChart() {}

    static IntervalChart of(final Figure.Kind kind, final List<Figure> figures) {
        final IntervalChart chart = new IntervalChart(kind.title(), kind.label(), kind.unit());
        if (Figure.isWide(figures)) {
            chart.logarithmic();
        }
        for (final Figure figure : figures) {
            chart.point(row(figure.measured()), series(figure), figure.metric().score(), figure.low(), figure.high());
        }
        return chart;
    }

    private static String row(final Measured measured) {
        final String values = measured.measurement().parameters().entrySet().stream()
                .map(parameter -> parameter.getKey() + " " + parameter.getValue())
                .collect(Collectors.joining(", "));
        return values.isEmpty() ? measured.method() : values;
    }

    private static String series(final Figure figure) {
        return Stream.of(figure.measured().run(), figure.measured().method(), figure.name())
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(", "));
    }
}
