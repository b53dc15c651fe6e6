package io.eventrouter.loadgen.load;

import io.eventrouter.loadgen.scenario.Skew;

/**
 * Draws one of many things, some more often than others: the distribution in so many pieces of equal weight, inside of
 * which all are alike. Of few things, and for the most frequent ones, that is exact to the weight of a piece.
 *
 * <p>Immutable.
 */
final class RankTable {
    private static final int PIECES_LOG2 = 16;
    private static final int PIECES = 1 << PIECES_LOG2;

    private final int count;
    private final int[] firstOfPiece;

    RankTable(final int count, final Skew skew) {
        this.count = count;
        this.firstOfPiece = skew.isNone() ? null : pieces(count, skew.exponent());
    }

    /** One of the things, 0 for the most frequent, for 64 random bits. */
    int draw(final long bits) {
        if (firstOfPiece == null) {
            return Mixing.below(count, bits);
        }
        final int piece = (int) (bits >>> 64 - PIECES_LOG2);
        final int first = firstOfPiece[piece];
        return first + Mixing.below(firstOfPiece[piece + 1] - first + 1, bits << PIECES_LOG2);
    }

    private static int[] pieces(final int count, final double exponent) {
        double total = 0;
        for (int k = 1; k <= count; k++) {
            total += Math.pow(k, -exponent);
        }
        final int[] first = new int[PIECES + 1];
        int thing = 0;
        double sum = 1;
        for (int piece = 0; piece <= PIECES; piece++) {
            while (thing < count - 1 && sum <= total * piece / PIECES) {
                thing++;
                sum += Math.pow(thing + 1, -exponent);
            }
            first[piece] = thing;
        }
        return first;
    }
}
