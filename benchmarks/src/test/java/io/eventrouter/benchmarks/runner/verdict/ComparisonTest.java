package io.eventrouter.benchmarks.runner.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.benchmarks.runner.jmh.Measurement;
import io.eventrouter.benchmarks.runner.jmh.Metric;
import io.eventrouter.benchmarks.runner.jmh.Trial;
import io.eventrouter.benchmarks.runner.jmh.TrialRunner.Outcome;
import io.eventrouter.benchmarks.runner.profile.Iterations;
import io.eventrouter.benchmarks.runner.profile.ProfileEntry;
import io.eventrouter.benchmarks.runner.verdict.Comparison.Side;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final Side A = Side.BASELINE;
    private static final Side B = Side.CANDIDATE;
    private static final int MAX_ROUNDS = 12;
    private static final ProfileEntry COMPARED =
            new ProfileEntry("RouteBenchmark.route", null, null, ProfileEntry.SCORE, null, null, null);

    private static Comparison comparison() {
        return new Comparison(trial(COMPARED), true, 0.05);
    }

    private static Trial trial(final ProfileEntry entry) {
        final Iterations iterations = new Iterations(1, 1);
        return new Trial("a.RouteBenchmark.route", new TreeMap<>(), 1, iterations, iterations, entry);
    }

    private static Outcome measured(final double speed) {
        final Metric score = new Metric(speed, Double.NaN, "ops/s", List.of(speed, speed, speed));
        return new Outcome(
                List.of(new Measurement(
                        "a.RouteBenchmark.route",
                        new TreeMap<>(),
                        "thrpt",
                        List.of(),
                        score,
                        new TreeMap<>(),
                        Double.NaN)),
                null);
    }

    // Runs rounds as ab does; the speed of a side is its true one, bent by a machine that changes with time.
    private static Comparison run(final double trueRatio, final DoubleUnaryOperator machine) {
        final Comparison comparison = comparison();
        int time = 0;
        for (int round = 0; round < MAX_ROUNDS; round++) {
            final List<Side> sides = comparison.nextRound();
            if (sides.isEmpty()) {
                break;
            }
            final int start = time;
            time += sides.size();
            comparison.add(
                    sides,
                    IntStream.range(0, sides.size())
                            .mapToObj(i ->
                                    measured((sides.get(i) == B ? trueRatio : 1) * machine.applyAsDouble(start + i)))
                            .toList());
        }
        return comparison;
    }

    /**
     * A shared machine: forks differ, a neighbour slows several in a row down by up to 40 %, the clock drifts by
     * 20 % in the course of the job.
     */
    private static DoubleUnaryOperator noisyMachine(final Random random, final double differenceOfForks) {
        final double[] speeds = new double[4 * MAX_ROUNDS];
        double slow = 0;
        int slowForks = 0;
        for (int i = 0; i < speeds.length; i++) {
            if (slowForks == 0 && random.nextInt(12) == 0) {
                slow = 0.05 + 0.35 * random.nextDouble();
                slowForks = 1 + random.nextInt(5);
            }
            final double drift = 0.2 * i / speeds.length;
            speeds[i] = Math.exp(differenceOfForks * random.nextGaussian() - (slowForks > 0 ? slow : 0) - drift);
            slowForks = Math.max(0, slowForks - 1);
        }
        return time -> speeds[(int) time];
    }

    private static Map<Verdict, Integer> verdicts(
            final double trueRatio, final double differenceOfForks, final int jobs, final long seed) {
        final Random random = new Random(seed);
        final Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
        for (int i = 0; i < jobs; i++) {
            verdicts.merge(
                    run(trueRatio, noisyMachine(random, differenceOfForks)).verdict(), 1, Integer::sum);
        }
        return verdicts;
    }

    @Test
    void roundsBeginWithEitherSideInTurn() {
        final Comparison comparison = comparison();

        assertEquals(List.of(A, B, B, A), comparison.nextRound());
        comparison.add(comparison.nextRound(), List.of(measured(1), measured(1), measured(1), measured(1)));
        assertEquals(List.of(B, A, A, B), comparison.nextRound());
    }

    @Test
    void steadyDriftDoesNotLookLikeAChange() {
        final Comparison comparison = run(1, time -> Math.exp(-0.01 * time));

        assertEquals(Verdict.SAME, comparison.verdict());
        assertEquals(1, comparison.interval().estimate(), 0.005);
    }

    @Test
    void oneDisturbedRunOfARoundDoesNotCount() {
        final Comparison comparison = comparison();
        comparison.add(List.of(A, B, B, A), List.of(measured(2), measured(2), measured(0.3), measured(2)));

        assertEquals(List.of(1.0), comparison.ratios());
    }

    @Test
    void decidesNothingBeforeFiveRounds() {
        final Comparison comparison = comparison();
        for (int round = 0; round < Comparison.MIN_ROUNDS - 1; round++) {
            comparison.add(List.of(A, B, B, A), List.of(measured(1), measured(0.5), measured(0.5), measured(1)));
            assertEquals(Verdict.INCONCLUSIVE, comparison.verdict());
            assertNull(comparison.interval());
        }

        comparison.add(List.of(A, B, B, A), List.of(measured(1), measured(0.5), measured(0.5), measured(1)));
        assertEquals(Verdict.WORSE, comparison.verdict());
        assertEquals(List.of(), comparison.nextRound());
    }

    @Test
    void unchangedJarIsNotAccusedOnANoisyMachine() {
        final long seed = 20_261_125;
        for (final double differenceOfForks : new double[] {0.02, 0.05, 0.15}) {
            final Map<Verdict, Integer> verdicts = verdicts(1, differenceOfForks, 500, seed);

            final String outcome = "seed=" + seed + ", forks=" + differenceOfForks + ", verdicts=" + verdicts;
            System.out.println("unchanged jar: " + outcome);
            assertTrue(verdicts.getOrDefault(Verdict.WORSE, 0) <= 2, outcome);
            assertTrue(verdicts.getOrDefault(Verdict.BETTER, 0) <= 2, outcome);
        }
    }

    @Test
    void slowDownOfTwentyPercentIsCaughtOnANoisyMachine() {
        final long seed = 20_261_126;
        final Map<Verdict, Integer> verdicts = verdicts(0.8, 0.03, 300, seed);

        final String outcome = "seed=" + seed + ", verdicts=" + verdicts;
        System.out.println("slow-down by 20 %: " + outcome);
        assertTrue(verdicts.getOrDefault(Verdict.WORSE, 0) >= 200, outcome);
        assertEquals(0, verdicts.getOrDefault(Verdict.SAME, 0), outcome);
        assertEquals(0, verdicts.getOrDefault(Verdict.BETTER, 0), outcome);
    }

    @Test
    void slowDownOfFifteenPercentIsCaughtOnACalmMachine() {
        final long seed = 20_261_127;
        final Random random = new Random(seed);
        for (int job = 0; job < 100; job++) {
            final Verdict verdict =
                    run(0.85, time -> Math.exp(0.03 * random.nextGaussian())).verdict();

            assertEquals(Verdict.WORSE, verdict, "seed=" + seed + ", job=" + job);
        }
    }

    @Test
    void benchmarkThatFailsEndsTheComparison() {
        final Comparison comparison = comparison();
        comparison.add(
                List.of(A, B, B, A),
                List.of(measured(1), new Outcome(List.of(), "it threw"), measured(1), measured(1)));

        assertEquals("candidate: it threw", comparison.failure());
        assertEquals(List.of(), comparison.nextRound());
        assertEquals(List.of(), comparison.limitChecks());
    }

    @Test
    void benchmarkThatTheBaselineLacksIsMeasuredOnceForItsLimits() {
        final ProfileEntry entry = new ProfileEntry(
                "RouteBenchmark.route", null, Map.of(ProfileEntry.SCORE, 2.0), ProfileEntry.SCORE, null, null, null);
        final Comparison comparison = new Comparison(trial(entry), false, 0.05);

        assertEquals(List.of(B), comparison.nextRound());
        comparison.add(List.of(B), List.of(measured(1)));
        assertEquals(List.of(), comparison.nextRound());
        assertEquals(1, comparison.limitChecks().size());
    }
}
