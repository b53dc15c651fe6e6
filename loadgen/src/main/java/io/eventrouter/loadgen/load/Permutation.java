package io.eventrouter.loadgen.load;

/**
 * An order of so many things that depends on a seed only and has neighbours far apart.
 *
 * <p>Immutable.
 */
final class Permutation {
    private final int count;
    private final int factor;
    private final int offset;

    Permutation(final int count, final long seed) {
        this.count = count;
        this.factor = coprime(count, Mixing.mix(seed));
        this.offset = Mixing.below(count, Mixing.mix(seed, 1));
    }

    /** The thing at a place; every place has another one. */
    int at(final int place) {
        return (int) (((long) place * factor + offset) % count);
    }

    private static int coprime(final int count, final long bits) {
        int factor = Math.max(1, Mixing.below(count, bits));
        while (greatestCommonDivisor(factor, count) != 1) {
            factor++;
        }
        return factor;
    }

    private static int greatestCommonDivisor(final int a, final int b) {
        return b == 0 ? a : greatestCommonDivisor(b, a % b);
    }
}
