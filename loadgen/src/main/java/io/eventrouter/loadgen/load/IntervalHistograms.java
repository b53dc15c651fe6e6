package io.eventrouter.loadgen.load;

import java.util.function.Consumer;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;

/**
 * Histograms of one writing thread, which it hands to one reading thread second by second. Recording is as cheap as a
 * plain histogram: the writer looks at a flag of its own only, and changes to empty histograms when a new second has
 * begun and the reader has given some back.
 */
final class IntervalHistograms {
    /** The longest time that can be recorded: an hour. */
    static final long MAX_NS = 3_600_000_000_000L;

    private static final int DIGITS = 3;
    private static final int SETS = 4;
    private static final long NS_PER_SECOND = 1_000_000_000L;

    /** What was recorded in one second, or in some if the reader was slow. */
    static final class Interval {
        private final Histogram[] histograms;
        private long second;

        private Interval(final int kinds) {
            histograms = new Histogram[kinds];
            for (int i = 0; i < kinds; i++) {
                histograms[i] = newHistogram();
            }
        }

        long second() {
            return second;
        }

        Histogram of(final int kind) {
            return histograms[kind];
        }
    }

    private final OneToOneConcurrentArrayQueue<Interval> full = new OneToOneConcurrentArrayQueue<>(SETS);
    private final OneToOneConcurrentArrayQueue<Interval> empty = new OneToOneConcurrentArrayQueue<>(SETS);
    private Interval active;
    private long endOfSecondNs = NS_PER_SECOND;

    IntervalHistograms(final int kinds) {
        active = new Interval(kinds);
        for (int i = 1; i < SETS; i++) {
            empty.offer(new Interval(kinds));
        }
    }

    static Histogram newHistogram() {
        return new Histogram(MAX_NS, DIGITS);
    }

    static void record(final Histogram histogram, final long valueNs) {
        histogram.recordValue(Math.max(0, Math.min(valueNs, MAX_NS)));
    }

    /** Writer: record a time. */
    void record(final int kind, final long valueNs) {
        record(active.histograms[kind], valueNs);
    }

    /** Writer: say what time it is, in nanoseconds from the start of the load. */
    void at(final long nowNs) {
        if (nowNs >= endOfSecondNs) {
            beginSecond(nowNs);
        }
    }

    private void beginSecond(final long nowNs) {
        final Interval next = empty.poll();
        if (next != null) {
            full.offer(active);
            active = next;
            active.second = nowNs / NS_PER_SECOND;
        }
        endOfSecondNs = (nowNs / NS_PER_SECOND + 1) * NS_PER_SECOND;
    }

    /** Reader: take what the writer has handed over. */
    void poll(final Consumer<Interval> reader) {
        for (Interval interval = full.poll(); interval != null; interval = full.poll()) {
            read(interval, reader);
            empty.offer(interval);
        }
    }

    /** Reader: take the rest, when the writer has stopped; it can begin anew then. */
    void finish(final Consumer<Interval> reader) {
        poll(reader);
        read(active, reader);
        active.second = 0;
        endOfSecondNs = NS_PER_SECOND;
    }

    private static void read(final Interval interval, final Consumer<Interval> reader) {
        reader.accept(interval);
        for (final Histogram histogram : interval.histograms) {
            histogram.reset();
        }
    }
}
