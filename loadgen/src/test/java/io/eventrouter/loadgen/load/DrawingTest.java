package io.eventrouter.loadgen.load;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.loadgen.scenario.Distribution;
import io.eventrouter.loadgen.scenario.Skew;
import java.util.BitSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever is drawn has the distribution that it should have; seeds are fixed. */
final class DrawingTest {
    private static final int DRAWS = 1_000_000;

    @Test
    void mixingCanBeUndone() {
        for (long value = -1_000; value < 1_000; value++) {
            assertEquals(value * Mixing.GOLDEN, Mixing.unmix(Mixing.mix(value * Mixing.GOLDEN)));
        }
    }

    @Test
    void theNumberOfADeviceIsInItsId() {
        final FleetIds ids = new FleetIds(99);
        for (int device = 0; device < 134_217_726; device += 1_234_567) {
            assertEquals(device, ids.deviceOf(ids.deviceHigh(device), ids.deviceLow(device)));
            assertTrue(ids.device(device).toString().startsWith("e00fce68"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 100, 99_991, 100_000})
    void aPermutationReachesEverything(final int count) {
        final Permutation permutation = new Permutation(count, 5);
        final BitSet reached = new BitSet();
        for (int i = 0; i < count; i++) {
            reached.set(permutation.at(i));
        }
        assertEquals(count, reached.cardinality());
        assertEquals(count, reached.length());
    }

    @Test
    void aSelectionHasExactlySoMany() {
        for (final int chosen : new int[] {0, 1, 333, 999, 1_000}) {
            final Selection selection = new Selection(1_000, chosen, 7);
            int count = 0;
            for (int i = 0; i < 1_000; i++) {
                count += selection.contains(i) ? 1 : 0;
            }
            assertEquals(chosen, count);
        }
    }

    @Test
    void rareSourcesAreDrawnAsRarelyAsTheirWeightSays() {
        final AliasTable table = new AliasTable(1, 1_000, 0, 99);
        final int[] drawn = new int[4];
        for (int i = 0; i < DRAWS; i++) {
            drawn[table.draw(Mixing.mix(i))]++;
        }
        assertClose(1.0 / 1_100, drawn[0]);
        assertClose(1_000.0 / 1_100, drawn[1]);
        assertEquals(0, drawn[2]);
        assertClose(99.0 / 1_100, drawn[3]);
    }

    @Test
    void zipfDrawsTheFirstMostOften() {
        final int count = 10_000;
        final RankTable table = new RankTable(count, new Skew(1));
        final int[] drawn = new int[count];
        for (int i = 0; i < DRAWS; i++) {
            drawn[table.draw(Mixing.mix(i))]++;
        }
        double total = 0;
        for (int k = 1; k <= count; k++) {
            total += 1.0 / k;
        }
        assertClose(1 / total, drawn[0]);
        assertClose(1 / total / 10, drawn[9]);
        int lastHalf = 0;
        double weightOfLastHalf = 0;
        for (int k = count / 2; k < count; k++) {
            lastHalf += drawn[k];
            weightOfLastHalf += 1.0 / (k + 1);
        }
        assertClose(weightOfLastHalf / total, lastHalf);
    }

    @Test
    void sizesHaveTheMeanOfTheirDistribution() {
        for (final Distribution distribution : List.of(
                new Distribution.Fixed(64),
                new Distribution.Uniform(10, 200),
                new Distribution.Exponential(300, 1_000),
                new Distribution.Mix(
                        List.of(new Distribution.Mix.Entry(10, 0.9), new Distribution.Mix.Entry(2_000, 0.1))))) {
            final SizeTable table = new SizeTable(distribution);
            double sum = 0;
            for (int i = 0; i < DRAWS; i++) {
                final int size = table.draw(Mixing.mix(i));
                assertTrue(size >= distribution.min() && size <= distribution.max());
                sum += size;
            }
            assertEquals(distribution.mean(), sum / DRAWS, distribution.mean() * 0.01);
        }
    }

    // Six standard deviations, and one part in a thousand for tables that are not exact.
    private static void assertClose(final double share, final int drawn) {
        final double expected = share * DRAWS;
        assertEquals(expected, drawn, 6 * Math.sqrt(expected) + expected / 1_000);
    }
}
