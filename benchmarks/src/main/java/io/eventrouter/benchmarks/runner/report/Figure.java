package io.eventrouter.benchmarks.runner.report;

import io.eventrouter.benchmarks.runner.jmh.Metric;
import io.eventrouter.benchmarks.runner.results.FigureText;
import io.eventrouter.loadgen.page.Unit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A figure for charts: what a benchmark counts itself, if it does, because then the time of the whole says nothing;
 * otherwise its score.
 *
 * @param measured where it is from.
 * @param name of what the benchmark counted; empty for its score.
 * @param metric the figure.
 */
record Figure(Measured measured, String name, Metric metric) {
    private static final double WIDE_RANGE = 10;

    /**
     * What figures of one chart have in common.
     *
     * @param title of the chart.
     * @param label of its axis.
     * @param unit of its axis.
     */
    record Kind(String title, String label, Unit unit) {}

    static Map<Kind, List<Figure>> byKind(final List<Measured> all) {
        return all.stream()
                .flatMap(Figure::of)
                .filter(figure -> Double.isFinite(figure.metric.score()))
                .collect(Collectors.groupingBy(Figure::kind, LinkedHashMap::new, Collectors.toList()));
    }

    /** Whether the figures are so different that small ones could not be seen beside large ones. */
    static boolean isWide(final List<Figure> figures) {
        final double lowest = figures.stream().mapToDouble(Figure::low).min().orElse(0);
        final double highest = figures.stream().mapToDouble(Figure::high).max().orElse(0);
        return lowest > 0 && highest / lowest > WIDE_RANGE;
    }

    double low() {
        return Math.min(metric.score(), metric.quantile(0));
    }

    double high() {
        return Math.max(metric.score(), metric.quantile(1));
    }

    /** What tells it apart within its class, by name: the run, the method, what was counted, and the parameters. */
    Map<String, String> labels() {
        final Map<String, String> labels = new LinkedHashMap<>();
        labels.put("run", measured.run());
        labels.put("method", measured.method());
        labels.put("counter", name);
        labels.putAll(measured.measurement().parameters());
        return labels;
    }

    private static Stream<Figure> of(final Measured measured) {
        final List<Figure> counted = measured.measurement().secondary().entrySet().stream()
                .filter(entry -> FigureText.matters(entry.getKey())
                        && entry.getValue().unit().equals(Metric.COUNTED))
                .map(entry -> new Figure(measured, entry.getKey(), entry.getValue()))
                .toList();
        return counted.isEmpty()
                ? Stream.of(new Figure(measured, "", measured.measurement().primary()))
                : counted.stream();
    }

    private Kind kind() {
        if (name.isEmpty()) {
            return new Kind("Score in " + metric.unit(), metric.unit(), unitOfScore(metric.unit()));
        }
        // Counters have no unit but in their names.
        if (name.startsWith("ns") || name.endsWith("Ns")) {
            return new Kind("Times that were counted", "time", Unit.NANOSECONDS);
        }
        if (name.toLowerCase(Locale.ROOT).contains("bytes")) {
            return new Kind("Sizes", "bytes", Unit.BYTES);
        }
        if (name.endsWith("PerSecond")) {
            return new Kind("Rates that were counted", "rate", Unit.PER_SECOND);
        }
        return new Kind(name, name, Unit.COUNT);
    }

    private static Unit unitOfScore(final String unit) {
        return switch (unit) {
            case "ops/s" -> Unit.PER_SECOND;
            case "ns/op" -> Unit.NANOSECONDS;
            default -> Unit.COUNT;
        };
    }
}
