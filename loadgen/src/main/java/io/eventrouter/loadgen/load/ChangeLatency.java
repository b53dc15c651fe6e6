package io.eventrouter.loadgen.load;

import java.util.function.Consumer;
import org.HdrHistogram.Histogram;

/** How long changes of the fleet take until they are acknowledged; recorded on any thread. */
final class ChangeLatency {
    private final Histogram sinceRead = IntervalHistograms.newHistogram();
    private long failed;

    synchronized void record(final long latencyNs, final Throwable thrown) {
        if (thrown == null) {
            IntervalHistograms.record(sinceRead, latencyNs);
        } else {
            failed++;
        }
    }

    /** Take what was recorded since the last time. */
    synchronized void read(final Consumer<Histogram> reader) {
        reader.accept(sinceRead);
        sinceRead.reset();
    }

    synchronized long failed() {
        return failed;
    }
}
