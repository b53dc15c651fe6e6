package io.eventrouter.benchmarks.runner.jmh;

import io.eventrouter.benchmarks.runner.profile.ProfileEntry;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What JMH measured of one benchmark with one value for each parameter.
 *
 * @param benchmark full name of the method.
 * @param parameters the value of each.
 * @param mode of JMH, such as thrpt.
 * @param jvmFlags of the JVMs that ran it.
 * @param primary the main result.
 * @param secondary other results by name, such as {@code gc.alloc.rate.norm}.
 * @param iterationSeconds how long each iteration took; NaN where that is not what ends one.
 */
public record Measurement(
        String benchmark,
        SortedMap<String, String> parameters,
        String mode,
        List<String> jvmFlags,
        Metric primary,
        SortedMap<String, Metric> secondary,
        double iterationSeconds) {
    /** The metric for bytes that one operation allocates. */
    public static final String ALLOCATION = "gc.alloc.rate.norm";

    private static final String THROUGHPUT = "thrpt";
    private static final String OPERATIONS_A_SECOND = "ops/s";
    private static final String NANOSECONDS_AN_OPERATION = "ns/op";
    private static final double NANOSECONDS_A_SECOND = 1e9;
    private static final double FAST_QUARTILE = 0.25;

    /**
     * The name that people and files use.
     *
     * @return class, method and parameters.
     */
    public String name() {
        return Trial.name(benchmark, parameters);
    }

    /**
     * Measurements of the same in several JVMs as one; each score is the median of theirs.
     *
     * @param measurements at least one.
     * @return the measurement, without errors.
     */
    public static Measurement merge(final List<Measurement> measurements) {
        final Measurement first = measurements.get(0);
        final SortedMap<String, Metric> secondary = new TreeMap<>();
        for (final String name : first.secondary.keySet()) {
            secondary.put(
                    name,
                    Metric.merge(measurements.stream()
                            .map(measurement -> measurement.secondary.get(name))
                            .filter(Objects::nonNull)
                            .toList()));
        }
        final List<Metric> primaries =
                measurements.stream().map(Measurement::primary).toList();
        return new Measurement(
                first.benchmark,
                first.parameters,
                first.mode,
                first.jvmFlags,
                Metric.merge(primaries),
                secondary,
                first.iterationSeconds);
    }

    /**
     * A metric by name.
     *
     * @param name of a secondary metric, or {@link ProfileEntry#SCORE}.
     * @return the metric; null if the benchmark did not report it.
     */
    public Metric metric(final String name) {
        return ProfileEntry.SCORE.equals(name) ? primary : secondary.get(name);
    }

    /**
     * How many operations an iteration came to.
     *
     * @return operations of one thread at least; NaN if the main result is neither operations a second nor nanoseconds
     *     an operation, or iterations have no length.
     */
    public double operationsPerIteration() {
        return switch (primary.unit()) {
            case OPERATIONS_A_SECOND -> iterationSeconds * primary.score();
            case NANOSECONDS_AN_OPERATION -> iterationSeconds * NANOSECONDS_A_SECOND / primary.score();
            default -> Double.NaN;
        };
    }

    /**
     * How fast it was, by a metric that measures time: the fast quartile of the iterations. What else runs on a
     * machine only ever slows a benchmark down, so its fast iterations are the ones that tell about the program.
     *
     * @param name of the metric.
     * @return a number that doubles when time halves; NaN if the benchmark did not report the metric.
     */
    public double speed(final String name) {
        final Metric metric = metric(name);
        if (metric == null) {
            return Double.NaN;
        }
        final boolean moreIsBetter = ProfileEntry.SCORE.equals(name) && THROUGHPUT.equals(mode);
        return moreIsBetter ? metric.quantile(1 - FAST_QUARTILE) : 1 / metric.quantile(FAST_QUARTILE);
    }
}
