package io.eventrouter.benchmarks.runner.profile;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Map;

/**
 * A benchmark of a profile.
 *
 * @param benchmark a class for all its methods, or a method such as {@code MatchingBenchmark.matchOneScope}.
 * @param parameters values by name; whatever is not named keeps the values of the benchmark itself.
 * @param atMost the highest value that each of these metrics may have, 0 or more.
 * @param comparedBy what {@code ab} judges time by: {@code score}, or a secondary metric of which less is better; null
 *     for a peer, a ceiling or a size, whose time no change of the router can make worse.
 * @param forks JVMs, one after the other; null for the profile's.
 * @param warmup before each measurement; null for the profile's.
 * @param measurement in each JVM; null for the profile's.
 */
public record ProfileEntry(
        @JsonProperty(required = true) String benchmark,
        Map<String, List<String>> parameters,
        Map<String, Double> atMost,
        String comparedBy,
        Integer forks,
        Iterations warmup,
        Iterations measurement) {
    /** The main result of a benchmark, where a metric's name is asked for. */
    public static final String SCORE = "score";

    /** Fills in what may be absent, and checks the rest. */
    public ProfileEntry {
        if (benchmark == null) {
            throw new IllegalArgumentException("benchmark must be the name of one: benchmark=null");
        }
        parameters = parameters == null ? Map.of() : parameters;
        atMost = atMost == null ? Map.of() : atMost;
        parameters.forEach(ProfileEntry::check);
        atMost.forEach(ProfileEntry::checkLimit);
    }

    /**
     * Whether this entry asks for a benchmark.
     *
     * @param shortName class and method.
     * @param values of its parameters.
     * @return true if the entry names it and does not ask for other values.
     */
    public boolean covers(final String shortName, final Map<String, String> values) {
        return names(shortName)
                && parameters.entrySet().stream()
                        .allMatch(asked -> asked.getValue().contains(values.get(asked.getKey())));
    }

    /**
     * Whether this entry names a benchmark.
     *
     * @param shortName class and method.
     * @return true if it names the method or its class.
     */
    public boolean names(final String shortName) {
        return shortName.equals(benchmark) || shortName.startsWith(benchmark + ".");
    }

    /** Which benchmarks and parameters, without how long and against what. */
    ProfileEntry selection() {
        return new ProfileEntry(benchmark, parameters, null, null, null, null, null);
    }

    private static void checkLimit(final String metric, final Double limit) {
        if (limit == null || !Double.isFinite(limit) || limit < 0) {
            throw new IllegalArgumentException(
                    "a limit must be a number that is not below 0: atMost." + metric + "=" + limit);
        }
    }

    private static void check(final String name, final List<String> values) {
        if (values == null || values.isEmpty()) {
            throw new IllegalArgumentException("a parameter needs at least one value: parameter=" + name);
        }
        for (final String value : values) {
            // JMH takes a list of values separated by commas.
            if (value == null || value.isEmpty() || value.contains(",")) {
                throw new IllegalArgumentException(
                        "a value must not be empty or hold a comma: parameter=" + name + ", value=" + value);
            }
        }
    }
}
