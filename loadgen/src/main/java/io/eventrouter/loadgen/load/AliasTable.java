package io.eventrouter.loadgen.load;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Draws one of a few things by their weights in constant time: Walker's alias method. Immutable.
 */
final class AliasTable {
    private static final double TWO_TO_32 = 4_294_967_296.0;

    private final long[] thresholds;
    private final int[] aliases;

    AliasTable(final double... weights) {
        final int count = weights.length;
        thresholds = new long[count];
        aliases = new int[count];
        double total = 0;
        for (final double weight : weights) {
            total += weight;
        }
        final double[] scaled = new double[count];
        final Deque<Integer> small = new ArrayDeque<>();
        final Deque<Integer> large = new ArrayDeque<>();
        for (int i = 0; i < count; i++) {
            scaled[i] = weights[i] / total * count;
            (scaled[i] < 1 ? small : large).add(i);
        }
        while (!small.isEmpty() && !large.isEmpty()) {
            final int less = small.remove();
            final int more = large.remove();
            thresholds[less] = (long) (scaled[less] * TWO_TO_32);
            aliases[less] = more;
            scaled[more] -= 1 - scaled[less];
            (scaled[more] < 1 ? small : large).add(more);
        }
        // What is left, by rounding, stands for itself alone.
        small.addAll(large);
        for (final int rest : small) {
            thresholds[rest] = 1L << 32;
            aliases[rest] = rest;
        }
    }

    /** One of the things for 64 random bits. */
    int draw(final long bits) {
        final int column = (int) ((bits >>> 32) * thresholds.length >>> 32);
        return (bits & 0xFFFF_FFFFL) < thresholds[column] ? column : aliases[column];
    }
}
