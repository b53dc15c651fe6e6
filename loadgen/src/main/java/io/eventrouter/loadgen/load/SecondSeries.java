package io.eventrouter.loadgen.load;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * Collects what belongs to each second. Counts are sampled at its end; times come a little later, so it is closed a
 * little later.
 */
final class SecondSeries {
    private static final int OPEN = 4;

    private record Sample(SecondRow.Progress progress, CounterSample counters, long ringSlotsUsed) {}

    private final Histogram[] latencies = new Histogram[OPEN];
    private final Histogram[] lags = new Histogram[OPEN];
    private final Deque<Sample> samples = new ArrayDeque<>();
    private final List<SecondRow> rows = new ArrayList<>();
    private Sample last;

    SecondSeries(final CounterSample atStart) {
        last = new Sample(new SecondRow.Progress(0, 0, 0, 0, 0), atStart, 0);
        for (int i = 0; i < OPEN; i++) {
            latencies[i] = IntervalHistograms.newHistogram();
            lags[i] = IntervalHistograms.newHistogram();
        }
    }

    /** The seconds that are closed. */
    List<SecondRow> rows() {
        return rows;
    }

    /** How many seconds were sampled. */
    int sampled() {
        return rows.size() + samples.size();
    }

    void addLatencies(final long second, final Histogram times) {
        latencies[place(second)].add(times);
    }

    void addLags(final long second, final Histogram times) {
        lags[place(second)].add(times);
    }

    /** A second has ended; counts are those from the start. */
    void sample(final SecondRow.Progress progress, final CounterSample counters, final long ringSlotsUsed) {
        samples.add(new Sample(progress, counters, ringSlotsUsed));
    }

    /** Close the first second that was sampled and is not closed. */
    SecondRow close() {
        final Sample sample = samples.remove();
        final int place = rows.size() % OPEN;
        final SecondRow row = new SecondRow(
                rows.size(),
                sample.progress().minus(last.progress()),
                sample.counters().minus(last.counters()),
                sample.ringSlotsUsed(),
                SecondRow.Times.of(latencies[place]),
                SecondRow.Times.of(lags[place]));
        latencies[place].reset();
        lags[place].reset();
        rows.add(row);
        last = sample;
        return row;
    }

    // What comes too late for its second counts for the one that is open.
    private int place(final long second) {
        return (int) Math.max(rows.size(), Math.min(second, rows.size() + OPEN - 1)) % OPEN;
    }
}
