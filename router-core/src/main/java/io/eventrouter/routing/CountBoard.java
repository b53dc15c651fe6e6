package io.eventrouter.routing;

import io.eventrouter.status.RouterCounter;
import io.eventrouter.status.RouterCounters;

/** What the routing thread has counted about itself since it last told: plain numbers, told once per batch. */
final class CountBoard {
    private static final RouterCounter[] COUNTERS = RouterCounter.values();

    private final long[] counts = new long[COUNTERS.length];
    private final RouterCounters counters;

    CountBoard(final RouterCounters counters) {
        this.counters = counters;
    }

    void increment(final RouterCounter counter) {
        counts[counter.ordinal()]++;
    }

    void add(final RouterCounter counter, final long count) {
        counts[counter.ordinal()] += count;
    }

    void tell() {
        for (int i = 0; i < counts.length; i++) {
            if (counts[i] != 0) {
                counters.add(COUNTERS[i], counts[i]);
                counts[i] = 0;
            }
        }
    }
}
