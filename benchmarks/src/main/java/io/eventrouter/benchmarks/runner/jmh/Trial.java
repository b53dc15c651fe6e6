package io.eventrouter.benchmarks.runner.jmh;

import io.eventrouter.benchmarks.runner.profile.Iterations;
import io.eventrouter.benchmarks.runner.profile.ProfileEntry;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * One benchmark with one value for each parameter: the unit that is measured and judged.
 *
 * @param benchmark full name of the method.
 * @param parameters the value of each.
 * @param forks JVMs, one after the other.
 * @param warmup before each measurement.
 * @param measurement in each JVM.
 * @param entry of the profile that asked for it.
 */
public record Trial(
        String benchmark,
        SortedMap<String, String> parameters,
        int forks,
        Iterations warmup,
        Iterations measurement,
        ProfileEntry entry) {
    /**
     * The name that people and files use.
     *
     * @return class, method and parameters, such as {@code MatchingBenchmark.matchOneScope(skew=zipf)}.
     */
    public String name() {
        return name(benchmark, parameters);
    }

    /**
     * The same measured in fewer JVMs.
     *
     * @param count of JVMs.
     * @return the trial.
     */
    public Trial withForks(final int count) {
        return new Trial(benchmark, parameters, count, warmup, measurement, entry);
    }

    /**
     * How long its iterations take; setting up takes time of its own.
     *
     * @return seconds.
     */
    public double plannedSeconds() {
        return forks * (warmup.totalSeconds() + measurement.totalSeconds());
    }

    static String name(final String benchmark, final SortedMap<String, String> parameters) {
        final String values = parameters.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                .collect(Collectors.joining(", "));
        return BenchmarkJar.shortName(benchmark) + (values.isEmpty() ? "" : "(" + values + ")");
    }
}
