package io.eventrouter.benchmarks.runner.profile;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * What a run measures.
 *
 * @param description one line for people.
 * @param forks JVMs for each benchmark, one after the other, in [1, 100].
 * @param warmup before each measurement.
 * @param measurement in each JVM; at least one iteration.
 * @param benchmarks in the order in which they run.
 */
public record Profile(
        @JsonProperty(required = true) String description,
        @JsonProperty(required = true) int forks,
        @JsonProperty(required = true) Iterations warmup,
        @JsonProperty(required = true) Iterations measurement,
        @JsonProperty(required = true) List<ProfileEntry> benchmarks) {
    private static final int MAX_FORKS = 100;
    private static final double REHEARSAL_SECONDS = 0.1;

    /** Checks ranges. */
    public Profile {
        checkForks(forks);
        if (benchmarks == null || benchmarks.isEmpty()) {
            throw new IllegalArgumentException("a profile needs at least one benchmark");
        }
        if (warmup == null) {
            throw new IllegalArgumentException("warmup must be a JSON object: warmup=null");
        }
        checkMeasures(measurement);
        for (int i = 0; i < benchmarks.size(); i++) {
            final ProfileEntry entry = benchmarks.get(i);
            if (entry == null) {
                throw new IllegalArgumentException("a benchmark must be a JSON object: benchmarks[" + i + "]=null");
            }
            checkForks(entry.forks() == null ? 1 : entry.forks());
            checkMeasures(entry.measurement() == null ? measurement : entry.measurement());
        }
    }

    /**
     * The same benchmarks with the same parameters, each for one short iteration: enough to see that all of them run,
     * and to judge nothing.
     *
     * @return a profile without limits.
     */
    public Profile rehearsal() {
        return new Profile(
                "rehearsal: " + description,
                1,
                new Iterations(0, REHEARSAL_SECONDS),
                new Iterations(1, REHEARSAL_SECONDS),
                benchmarks.stream().map(ProfileEntry::selection).toList());
    }

    private static void checkMeasures(final Iterations measurement) {
        if (measurement == null || measurement.iterations() == 0) {
            throw new IllegalArgumentException(
                    "a measurement needs at least one iteration: measurement=" + measurement);
        }
    }

    private static void checkForks(final int forks) {
        if (forks < 1 || forks > MAX_FORKS) {
            throw new IllegalArgumentException("forks must be in [1, " + MAX_FORKS + "]: forks=" + forks);
        }
    }
}
