package io.eventrouter.benchmarks.runner.report;

import io.eventrouter.benchmarks.runner.jmh.Measurement;

/**
 * A measurement of one of the runs on a page.
 *
 * @param run name of the run; empty if there is only one.
 * @param measurement that was made in it.
 */
record Measured(String run, Measurement measurement) {
    String method() {
        final String benchmark = measurement.benchmark();
        return benchmark.substring(benchmark.lastIndexOf('.') + 1);
    }
}
