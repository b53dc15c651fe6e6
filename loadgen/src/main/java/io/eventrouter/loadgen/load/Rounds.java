package io.eventrouter.loadgen.load;

/**
 * Whose turn it is to publish when events are drawn in rounds: in every round each of so many equal shares of a
 * source's publishers has one turn, in an order of the round's own. So shares that are alike come out alike, where
 * independent draws would take some of them twice as often as others.
 *
 * <p>Immutable.
 */
final class Rounds {
    private final int shares;
    private final long seed;
    private final long bitsOfShare;

    Rounds(final int shares, final long seed) {
        this.shares = shares;
        this.seed = seed;
        this.bitsOfShare = Long.divideUnsigned(-1L, shares);
    }

    /** The 64 bits that choose the publisher of the n-th event, for {@link EventSource#fill}. */
    long publisherBits(final long n) {
        final Permutation order = new Permutation(shares, Mixing.mix(seed, n / shares));
        final int share = order.at((int) (n % shares));
        return share * bitsOfShare + Long.remainderUnsigned(Mixing.mix(seed, ~n), bitsOfShare);
    }
}
