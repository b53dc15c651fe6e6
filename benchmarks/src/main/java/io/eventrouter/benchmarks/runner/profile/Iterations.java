package io.eventrouter.benchmarks.runner.profile;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * Iterations of one length.
 *
 * @param iterations how many, in [0, 1,000].
 * @param seconds of each, in [0.01, 600]; benchmarks that run once an iteration ignore it.
 */
public record Iterations(
        @JsonProperty(required = true) int iterations,
        @JsonProperty(required = true) double seconds) {
    private static final int MAX_ITERATIONS = 1_000;
    private static final double MIN_SECONDS = 0.01;
    private static final double MAX_SECONDS = 600;

    /** Checks both ranges. */
    public Iterations {
        if (iterations < 0 || iterations > MAX_ITERATIONS) {
            throw new IllegalArgumentException(
                    "iterations must be in [0, " + MAX_ITERATIONS + "]: iterations=" + iterations);
        }
        if (!(seconds >= MIN_SECONDS && seconds <= MAX_SECONDS)) {
            throw new IllegalArgumentException(
                    "seconds must be in [" + MIN_SECONDS + ", " + MAX_SECONDS + "]: seconds=" + seconds);
        }
    }

    /**
     * How long all of them take.
     *
     * @return seconds.
     */
    public double totalSeconds() {
        return iterations * seconds;
    }
}
