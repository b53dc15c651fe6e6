package io.eventrouter.loadgen.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RoundsTest {
    private static final long SEED = 42;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 10, 30, 1_000, 4_093})
    void everyShareHasOneTurnInEveryRound(final int shares) {
        final Rounds rounds = new Rounds(shares, SEED);
        for (int round = 0; round < 5; round++) {
            final int[] turns = new int[shares];
            for (int i = 0; i < shares; i++) {
                turns[Mixing.below(shares, rounds.publisherBits((long) round * shares + i))]++;
            }
            final int[] once = new int[shares];
            Arrays.fill(once, 1);
            assertEquals(Arrays.toString(once), Arrays.toString(turns), "round=" + round);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 10})
    void everyPublisherOfAShareIsAsLikely(final int shares) {
        final int publishers = 100;
        final int events = 100_000;
        final Rounds rounds = new Rounds(shares, SEED);
        final int[] turns = new int[publishers];
        for (int n = 0; n < events; n++) {
            turns[Mixing.below(publishers, rounds.publisherBits(n))]++;
        }
        // 1,000 each; 31.5 is the standard deviation, and the seed is always the same.
        for (int publisher = 0; publisher < publishers; publisher++) {
            assertEquals(1_000, turns[publisher], 5 * 31.5, "publisher=" + publisher);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {10, 1_000})
    void roundsDifferAndSoDoSeeds(final int shares) {
        assertNotEquals(order(shares, SEED, 0), order(shares, SEED, 1));
        assertNotEquals(order(shares, SEED, 0), order(shares, SEED + 1, 0));
        assertEquals(order(shares, SEED, 3), order(shares, SEED, 3));
    }

    private static String order(final int shares, final long seed, final long round) {
        final Rounds rounds = new Rounds(shares, seed);
        final int[] order = new int[shares];
        for (int i = 0; i < shares; i++) {
            order[i] = Mixing.below(shares, rounds.publisherBits(round * shares + i));
        }
        return Arrays.toString(order);
    }
}
