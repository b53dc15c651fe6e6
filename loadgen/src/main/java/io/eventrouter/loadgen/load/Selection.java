package io.eventrouter.loadgen.load;

/**
 * Exactly so many of a number of things, spread over all of them; which ones depends on a seed only.
 *
 * <p>Immutable.
 */
final class Selection {
    private final int count;
    private final int chosen;
    private final Permutation permutation;

    Selection(final int count, final int chosen, final long seed) {
        this.count = count;
        this.chosen = chosen;
        this.permutation = new Permutation(count, seed);
    }

    boolean contains(final int index) {
        return chosen == count || permutation.at(index) < chosen;
    }
}
