package io.eventrouter.benchmarks.runner.results;

import io.eventrouter.benchmarks.runner.jmh.Measurement;
import io.eventrouter.benchmarks.runner.jmh.Metric;
import io.eventrouter.benchmarks.runner.verdict.RatioInterval;
import java.util.Locale;

/** Measurements as people read them. */
public final class FigureText {
    private FigureText() {}

    /**
     * The main figures of a measurement.
     *
     * @param measurement to show.
     * @return one line.
     */
    public static String of(final Measurement measurement) {
        final StringBuilder text = new StringBuilder(of(measurement.primary()));
        measurement.secondary().forEach((name, metric) -> {
            if (matters(name)) {
                text.append(", ").append(name).append(' ').append(of(metric));
            }
        });
        return text.toString();
    }

    /**
     * Whether people want to see a secondary metric: of the profiler's, the others say the same in other units.
     *
     * @param name of the metric.
     * @return true for a benchmark's own metrics and for allocation per operation.
     */
    public static boolean matters(final String name) {
        return !name.startsWith("gc.") || name.equals(Measurement.ALLOCATION);
    }

    /**
     * A figure with its unit.
     *
     * @param metric to show.
     * @return the score with as many digits as make sense.
     */
    public static String of(final Metric metric) {
        final double score = metric.score();
        final int decimals = Math.abs(score) >= 100 ? 0 : Math.abs(score) >= 1 ? 2 : 3;
        return String.format(Locale.ROOT, "%,." + decimals + "f %s", score, metric.unit());
    }

    /**
     * A ratio of speeds with its range.
     *
     * @param ratio to show.
     * @return the text, such as {@code 0.84x (0.81 to 0.87)}.
     */
    public static String of(final RatioInterval ratio) {
        return String.format(Locale.ROOT, "%.3fx (%.3f to %.3f)", ratio.estimate(), ratio.low(), ratio.high());
    }
}
