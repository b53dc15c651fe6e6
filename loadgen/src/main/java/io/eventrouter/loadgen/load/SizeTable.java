package io.eventrouter.loadgen.load;

import io.eventrouter.loadgen.scenario.Distribution;

/** Draws sizes from a distribution, at equal distances of its shares. Immutable. */
final class SizeTable {
    private static final int ENTRIES = 1 << 12;

    private final int[] sizes;

    SizeTable(final Distribution distribution) {
        if (distribution.min() == distribution.max()) {
            sizes = new int[] {(int) distribution.max()};
            return;
        }
        sizes = new int[ENTRIES];
        for (int i = 0; i < ENTRIES; i++) {
            sizes[i] = (int) distribution.valueAt((i + 0.5) / ENTRIES);
        }
    }

    /** A size in bytes for 64 random bits. */
    int draw(final long bits) {
        return sizes[Mixing.below(sizes.length, bits)];
    }
}
