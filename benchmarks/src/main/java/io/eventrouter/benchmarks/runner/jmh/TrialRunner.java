package io.eventrouter.benchmarks.runner.jmh;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Measures a trial; tests put figures of their own in its place. */
public interface TrialRunner {
    /**
     * What came of a trial.
     *
     * @param measurements one for each mode of the benchmark; empty if it failed.
     * @param failure why it failed, in one line; null if it did not.
     */
    record Outcome(List<Measurement> measurements, String failure) {
        /**
         * Whether there is something to judge.
         *
         * @return true if it did not fail.
         */
        public boolean measured() {
            return failure == null;
        }
    }

    /**
     * Measure a trial.
     *
     * @param jar with the benchmark.
     * @param trial to measure.
     * @param results file for JMH's results; not written if the benchmark fails.
     * @param log takes what JMH prints.
     * @return what came of it.
     * @throws IOException if files or processes cannot be used.
     * @throws InterruptedException if the thread was interrupted; the benchmark is stopped then.
     */
    Outcome run(Path jar, Trial trial, Path results, Path log) throws IOException, InterruptedException;
}
