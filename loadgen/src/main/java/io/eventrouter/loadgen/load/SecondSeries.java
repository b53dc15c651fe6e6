package io.eventrouter.loadgen.load;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** Collects what belongs to each second, which comes a little later, and closes one second after the other. */
final class SecondSeries {
    private static final int OPEN = 4;

    private final Histogram[] latencies = new Histogram[OPEN];
    private final Histogram[] lags = new Histogram[OPEN];
    private final List<SecondRow> rows = new ArrayList<>();
    private SecondRow.Progress lastProgress = new SecondRow.Progress(0, 0, 0, 0, 0);
    private CounterSample lastCounters;

    SecondSeries(final CounterSample atStart) {
        lastCounters = atStart;
        for (int i = 0; i < OPEN; i++) {
            latencies[i] = IntervalHistograms.newHistogram();
            lags[i] = IntervalHistograms.newHistogram();
        }
    }

    List<SecondRow> rows() {
        return rows;
    }

    void addLatencies(final long second, final Histogram times) {
        latencies[place(second)].add(times);
    }

    void addLags(final long second, final Histogram times) {
        lags[place(second)].add(times);
    }

    SecondRow close(final SecondRow.Progress progress, final CounterSample counters, final long ringSlotsUsed) {
        final int place = rows.size() % OPEN;
        final SecondRow row = new SecondRow(
                rows.size(),
                progress.minus(lastProgress),
                counters.minus(lastCounters),
                ringSlotsUsed,
                SecondRow.Times.of(latencies[place]),
                SecondRow.Times.of(lags[place]));
        latencies[place].reset();
        lags[place].reset();
        rows.add(row);
        lastProgress = progress;
        lastCounters = counters;
        return row;
    }

    // What comes too late for its second counts for the one that is open.
    private int place(final long second) {
        return (int) Math.max(rows.size(), Math.min(second, rows.size() + OPEN - 1)) % OPEN;
    }
}
