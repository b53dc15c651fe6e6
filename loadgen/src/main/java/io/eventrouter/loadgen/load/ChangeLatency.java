package io.eventrouter.loadgen.load;

import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/**
 * How long changes of the fleet take until they are acknowledged, and how many commands fail; recorded on any thread.
 */
final class ChangeLatency {
    private final Histogram sinceRead = IntervalHistograms.newHistogram();
    private long failed;

    /** The last command of a change is acknowledged. */
    synchronized void record(final long latencyNs) {
        IntervalHistograms.record(sinceRead, latencyNs);
    }

    /** One of its commands was refused. */
    synchronized void countFailure() {
        failed++;
    }

    /** Take what was recorded since the last time. */
    synchronized void read(final Consumer<Histogram> reader) {
        reader.accept(sinceRead);
        sinceRead.reset();
    }

    /** How many commands were refused. */
    synchronized long failed() {
        return failed;
    }
}
