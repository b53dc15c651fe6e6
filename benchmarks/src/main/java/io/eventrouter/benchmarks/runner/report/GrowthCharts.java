package io.eventrouter.benchmarks.runner.report;

import io.eventrouter.loadgen.page.LineChart;
import io.eventrouter.loadgen.page.Unit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What becomes of figures as a parameter grows: a chart for each parameter that was measured with several numbers,
 * with a line for each combination of everything else.
 */
final class GrowthCharts {
    // A number; or a name and a number, such as devices-10m.
    private static final Pattern NUMBER = Pattern.compile("(?:(.+)-)?(\\d+)([km]?)");
    private static final int MAX_LINES = 8;

    /** Points that differ in nothing but the number, and what tells them from other lines. */
    private record Line(Map<String, String> labels, SortedMap<Double, Figure> points) {}

    private GrowthCharts() {}

    static List<LineChart> of(final Figure.Kind kind, final List<Figure> figures) {
        final List<LineChart> charts = new ArrayList<>();
        for (final String parameter : parameters(figures)) {
            final List<Line> lines = lines(figures, parameter);
            if (!lines.isEmpty()) {
                charts.addAll(charts(kind, parameter, lines));
            }
        }
        return charts;
    }

    /** Whether no figure is left out because nothing grew beside it. */
    static boolean drawEvery(final List<Figure> figures) {
        return parameters(figures).stream()
                .flatMap(parameter -> lines(figures, parameter).stream())
                .flatMap(line -> line.points.values().stream())
                .collect(Collectors.toSet())
                .containsAll(figures);
    }

    private static SortedSet<String> parameters(final List<Figure> figures) {
        return figures.stream()
                .flatMap(figure -> figure.measured().measurement().parameters().keySet().stream())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<Line> lines(final List<Figure> figures, final String parameter) {
        final Map<Map<String, String>, Line> lines = new LinkedHashMap<>();
        for (final Figure figure : figures) {
            final Map<String, String> labels = figure.labels();
            final Matcher value = NUMBER.matcher(labels.getOrDefault(parameter, ""));
            if (value.matches() && number(value) > 0) {
                labels.put(parameter, value.group(1) == null ? "" : value.group(1));
                lines.computeIfAbsent(labels, key -> new Line(key, new TreeMap<>()))
                        .points
                        .put(number(value), figure);
            }
        }
        return lines.values().stream().filter(line -> line.points.size() > 1).toList();
    }

    private static double number(final Matcher value) {
        final double factor = value.group(3).equals("m") ? 1e6 : value.group(3).equals("k") ? 1e3 : 1;
        return Double.parseDouble(value.group(2)) * factor;
    }

    // Few lines fit into one chart; of many, those that differ in what has most values stay together.
    private static List<LineChart> charts(final Figure.Kind kind, final String parameter, final List<Line> lines) {
        final Set<String> varying = varyingLabels(lines);
        final Set<String> together = lines.size() <= MAX_LINES || varying.isEmpty()
                ? varying
                : Set.of(varying.stream()
                        .max(Comparator.comparingInt(
                                label -> values(lines, label).size()))
                        .orElseThrow());
        final Map<String, List<Line>> byChart = lines.stream()
                .collect(Collectors.groupingBy(
                        line -> words(
                                line,
                                varying.stream()
                                        .filter(label -> !together.contains(label))
                                        .toList()),
                        LinkedHashMap::new,
                        Collectors.toList()));
        final List<LineChart> charts = new ArrayList<>();
        byChart.forEach((apart, ofChart) -> charts.add(chart(kind, parameter, apart, ofChart, List.copyOf(together))));
        return charts;
    }

    private static LineChart chart(
            final Figure.Kind kind,
            final String parameter,
            final String apart,
            final List<Line> lines,
            final List<String> together) {
        final LineChart chart = LineChart.growth(
                kind.title() + " by " + parameter + (apart.isEmpty() ? "" : ": " + apart),
                parameter,
                Unit.COUNT,
                kind.label(),
                kind.unit());
        if (Figure.isWide(
                lines.stream().flatMap(line -> line.points.values().stream()).toList())) {
            chart.logarithmicY();
        }
        for (final Line line : lines) {
            final String name = words(line, together);
            final List<Figure> figures = List.copyOf(line.points.values());
            chart.series(
                    name.isEmpty() ? figures.get(0).measured().method() : name,
                    line.points.keySet().stream()
                            .mapToDouble(Double::doubleValue)
                            .toArray(),
                    figures.stream()
                            .mapToDouble(figure -> figure.metric().score())
                            .toArray(),
                    figures.stream().mapToDouble(Figure::low).toArray(),
                    figures.stream().mapToDouble(Figure::high).toArray());
        }
        return chart;
    }

    private static Set<String> varyingLabels(final List<Line> lines) {
        final Set<String> labels = new LinkedHashSet<>();
        lines.forEach(line -> labels.addAll(line.labels.keySet()));
        labels.removeIf(label -> values(lines, label).size() == 1);
        return labels;
    }

    private static Set<String> values(final List<Line> lines, final String label) {
        return lines.stream().map(line -> line.labels.getOrDefault(label, "")).collect(Collectors.toSet());
    }

    private static String words(final Line line, final List<String> labels) {
        return labels.stream()
                .map(label -> line.labels.getOrDefault(label, ""))
                .filter(value -> !value.isEmpty())
                .collect(Collectors.joining(", "));
    }
}
