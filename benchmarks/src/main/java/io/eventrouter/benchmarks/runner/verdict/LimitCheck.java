package io.eventrouter.benchmarks.runner.verdict;

import io.eventrouter.benchmarks.runner.jmh.Measurement;
import io.eventrouter.benchmarks.runner.jmh.Metric;
import io.eventrouter.benchmarks.runner.profile.ProfileEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/**
 * A figure that noise does not touch, and the limit for it.
 *
 * @param benchmark name of the benchmark with its parameters.
 * @param metric name of the metric.
 * @param value that was measured; NaN if the benchmark did not report it.
 * @param limit that it may not exceed by more than the allowance.
 * @param allowance for what the harness adds to the value.
 * @param limitWords where the limit comes from.
 */
public record LimitCheck(
        String benchmark, String metric, double value, double limit, double allowance, String limitWords) {
    // Allocation is a measured rate, so the last digits of two runs differ; a size on the heap differs a little more.
    private static final double TOLERATED_SHARE = 0.02;
    private static final double TOLERATED_DIFFERENCE = 0.1;
    // What JMH and the JVM were seen to allocate themselves in an iteration is 5 to 15 KB, however many operations it
    // has: on a machine that is busy with something else that is more bytes an operation than most limits.
    private static final double HARNESS_BYTES_PER_ITERATION = 65_536;

    /**
     * Check a measurement against the limits of its profile. Of allocation, 64 KiB an iteration are allowed to the
     * harness.
     *
     * @param measurement to check.
     * @param entry of the profile.
     * @return one check for each limit.
     */
    public static List<LimitCheck> ofProfile(final Measurement measurement, final ProfileEntry entry) {
        final List<LimitCheck> checks = new ArrayList<>();
        new TreeMap<>(entry.atMost())
                .forEach((metric, limit) -> checks.add(check(measurement, metric, limit, "limit of the profile")));
        return checks;
    }

    /**
     * Check the metrics that have limits against an older measurement, which may not be exceeded by more than 2 % or
     * 0.1, whichever is more. The harness has its allowance here too.
     *
     * @param older measurement of the same benchmark.
     * @param newer measurement to check.
     * @param entry of the profile.
     * @return one check for each metric that the older one has.
     */
    public static List<LimitCheck> ofOlder(final Measurement older, final Measurement newer, final ProfileEntry entry) {
        final List<LimitCheck> checks = new ArrayList<>();
        for (final String metric : new TreeMap<>(entry.atMost()).keySet()) {
            final double before = value(older, metric);
            if (!Double.isNaN(before)) {
                final double limit = before + Math.max(TOLERATED_DIFFERENCE, before * TOLERATED_SHARE);
                checks.add(check(newer, metric, limit, "older value"));
            }
        }
        return checks;
    }

    /**
     * Whether the benchmark did not report the figure.
     *
     * @return true if there is nothing to check.
     */
    public boolean missing() {
        return Double.isNaN(value);
    }

    /**
     * Whether the figure is above the limit.
     *
     * @return true if it is.
     */
    public boolean exceeded() {
        return value > limit + allowance;
    }

    /**
     * The outcome for people.
     *
     * @return one line, without the benchmark's name.
     */
    public String words() {
        final String measured = missing() ? "is missing" : String.format(Locale.ROOT, "is %.3f", value);
        final String harness = allowance > 0 ? String.format(Locale.ROOT, ", and %.3f to JMH itself", allowance) : "";
        return String.format(
                Locale.ROOT, "%s %s, the %s allows at most %.3f%s", metric, measured, limitWords, limit, harness);
    }

    private static LimitCheck check(
            final Measurement measurement, final String metric, final double limit, final String limitWords) {
        final double value = value(measurement, metric);
        return new LimitCheck(measurement.name(), metric, value, limit, allowance(measurement, metric), limitWords);
    }

    private static double allowance(final Measurement measurement, final String metric) {
        final double operations = measurement.operationsPerIteration();
        return metric.equals(Measurement.ALLOCATION) && operations > 0 ? HARNESS_BYTES_PER_ITERATION / operations : 0;
    }

    private static double value(final Measurement measurement, final String name) {
        final Metric metric = measurement.metric(name);
        return metric == null ? Double.NaN : metric.score();
    }
}
