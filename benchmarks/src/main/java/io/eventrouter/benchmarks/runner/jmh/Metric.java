package io.eventrouter.benchmarks.runner.jmh;

import java.util.List;

/**
 * One figure of a benchmark.
 *
 * @param score the mean of all samples, as JMH counts it.
 * @param error half of JMH's confidence interval of 99.9 %; NaN if there were too few samples.
 * @param unit such as ops/s.
 * @param samples of each iteration; empty if JMH kept only a histogram.
 */
public record Metric(double score, double error, String unit, List<Double> samples) {
    /** The unit of what a benchmark counts itself. */
    public static final String COUNTED = "#";

    /**
     * A quantile of the samples.
     *
     * @param share of the samples that are lower, in [0, 1].
     * @return the quantile, interpolated; the score if there are no samples.
     */
    public double quantile(final double share) {
        if (samples.isEmpty()) {
            return score;
        }
        final double[] sorted =
                samples.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        final double position = share * (sorted.length - 1);
        final int below = (int) position;
        final int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    static Metric merge(final List<Metric> metrics) {
        final List<Double> scores = metrics.stream().map(Metric::score).toList();
        final List<Double> samples =
                metrics.stream().flatMap(metric -> metric.samples.stream()).toList();
        final String unit = metrics.get(0).unit;
        return new Metric(new Metric(0, 0, unit, scores).quantile(0.5), Double.NaN, unit, samples);
    }
}
