package io.eventrouter.benchmarks.runner.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class VerdictTest {
    private static final double THRESHOLD = 0.05;

    private static Verdict verdict(final double low, final double estimate, final double high) {
        final RatioInterval interval = new RatioInterval(low, estimate, high);
        return Verdict.of(interval, interval, THRESHOLD);
    }

    @Test
    void needsTheWholeIntervalBeyondTheThreshold() {
        assertEquals(Verdict.WORSE, verdict(0.80, 0.85, 0.94));
        assertEquals(Verdict.INCONCLUSIVE, verdict(0.80, 0.85, 0.96));
        assertEquals(Verdict.BETTER, verdict(1.06, 1.20, 1.40));
        assertEquals(Verdict.INCONCLUSIVE, verdict(1.05, 1.20, 1.40));
        assertEquals(Verdict.SAME, verdict(0.96, 0.97, 1.04));
        assertEquals(Verdict.INCONCLUSIVE, verdict(0.96, 1.00, 1.06));
        assertEquals(Verdict.INCONCLUSIVE, verdict(0.50, 1.00, 2.00));
    }

    @Test
    void judgesSidesAlike() {
        final RatioInterval slower = new RatioInterval(0.90, 0.92, 0.949);
        final RatioInterval faster = new RatioInterval(1 / slower.high(), 1 / slower.estimate(), 1 / slower.low());

        assertEquals(Verdict.WORSE, Verdict.of(slower, slower, THRESHOLD));
        assertEquals(Verdict.BETTER, Verdict.of(faster, faster, THRESHOLD));
    }

    @Test
    void equalRoundsGiveOnePoint() {
        final RatioInterval interval = new BootstrapMeans(List.of(-0.1, -0.1, -0.1, -0.1, -0.1)).interval(0.99);

        assertEquals(Math.exp(-0.1), interval.low(), 1e-12);
        assertEquals(Math.exp(-0.1), interval.estimate(), 1e-12);
        assertEquals(Math.exp(-0.1), interval.high(), 1e-12);
    }

    @Test
    void sameRoundsGiveTheSameInterval() {
        final List<Double> rounds = List.of(0.01, -0.02, 0.03, 0.00, -0.05, 0.02);

        assertEquals(new BootstrapMeans(rounds).interval(0.99), new BootstrapMeans(rounds).interval(0.99));
    }

    /** Few rounds, where a plain percentile interval would hold the truth too seldom: 71 % of the time with five. */
    @Test
    void intervalHoldsTheTrueRatioAsOftenAsItSays() {
        final long seed = 7;
        final Random random = new Random(seed);
        final int experiments = 1_000;
        for (final int rounds : new int[] {5, 8, 12}) {
            int held = 0;
            for (int i = 0; i < experiments; i++) {
                final List<Double> ratios = new ArrayList<>();
                for (int j = 0; j < rounds; j++) {
                    ratios.add(-0.1 + 0.05 * random.nextGaussian());
                }
                final RatioInterval interval = new BootstrapMeans(ratios).interval(0.90);
                held += interval.low() <= Math.exp(-0.1) && Math.exp(-0.1) <= interval.high() ? 1 : 0;
            }

            final String outcome = "seed=" + seed + ", rounds=" + rounds + ", held=" + held;
            assertTrue(held >= 0.87 * experiments && held <= 0.97 * experiments, outcome);
        }
    }
}
