package io.eventrouter.benchmarks.runner.verdict;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * How many times faster a candidate is than a baseline, and the range in which the true ratio lies.
 *
 * @param low end of the range.
 * @param estimate the geometric mean of the rounds.
 * @param high end of the range.
 */
public record RatioInterval(double low, double estimate, double high) {
    private static final int RESAMPLES = 50_000;
    // The same rounds give the same verdict.
    private static final long SEED = 42;

    /**
     * The bootstrap interval of the mean over rounds.
     *
     * <p>A plain percentile interval is too narrow for few rounds: it knows neither the missing degree of freedom nor
     * the tails of Student's distribution. So the percentiles are moved outwards by as much as that distribution is
     * wider than the normal one (Hesterberg 2015, "What teachers should know about the bootstrap", section 4.2).
     *
     * @param logRatios the natural logarithm of the ratio of each round; at least two.
     * @param confidence that the range holds the true ratio, in (0, 1).
     * @return the interval.
     */
    public static RatioInterval of(final List<Double> logRatios, final double confidence) {
        final int rounds = logRatios.size();
        final double[] values =
                logRatios.stream().mapToDouble(Double::doubleValue).toArray();
        final double[] means = new double[RESAMPLES];
        final SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < RESAMPLES; i++) {
            double sum = 0;
            for (int j = 0; j < rounds; j++) {
                sum += values[random.nextInt(rounds)];
            }
            means[i] = sum / rounds;
        }
        Arrays.sort(means);
        final double student = new TDistribution(rounds - 1).inverseCumulativeProbability((1 + confidence) / 2);
        final double tail =
                new NormalDistribution().cumulativeProbability(-student * Math.sqrt(rounds / (rounds - 1.0)));
        final int cut = (int) (tail * RESAMPLES);
        final double mean = Arrays.stream(values).average().orElseThrow();
        return new RatioInterval(Math.exp(means[cut]), Math.exp(mean), Math.exp(means[RESAMPLES - 1 - cut]));
    }
}
