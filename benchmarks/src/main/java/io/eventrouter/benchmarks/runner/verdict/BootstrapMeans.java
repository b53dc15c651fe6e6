package io.eventrouter.benchmarks.runner.verdict;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.commons.math3.distribution.NormalDistribution;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.moment.StandardDeviation;

/** Means that the rounds of a comparison could as well have had: those of rounds drawn from them at random. */
final class BootstrapMeans {
    private static final int RESAMPLES = 10_000;
    // The same rounds give the same verdict.
    private static final long SEED = 42;
    private static final NormalDistribution NORMAL = new NormalDistribution();

    private final int rounds;
    private final double mean;
    private final double deviation;
    private final double[] sortedMeans = new double[RESAMPLES];

    /**
     * Draw.
     *
     * @param logRatios the natural logarithm of the ratio of each round; at least two.
     */
    BootstrapMeans(final List<Double> logRatios) {
        rounds = logRatios.size();
        final double[] values =
                logRatios.stream().mapToDouble(Double::doubleValue).toArray();
        mean = Arrays.stream(values).average().orElseThrow();
        deviation = new StandardDeviation().evaluate(values);
        final SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < RESAMPLES; i++) {
            double sum = 0;
            for (int j = 0; j < rounds; j++) {
                sum += values[random.nextInt(rounds)];
            }
            sortedMeans[i] = sum / rounds;
        }
        Arrays.sort(sortedMeans);
    }

    /**
     * The interval of the ratio.
     *
     * <p>A plain percentile interval is too narrow for few rounds: it knows neither the missing degree of freedom nor
     * the tails of Student's distribution. So the percentiles are moved outwards by as much as that distribution is
     * wider than the normal one (Hesterberg 2015, "What teachers should know about the bootstrap", expanded
     * percentile interval). And as no resample reaches beyond the outermost round, the interval is at least as wide
     * as Student's own.
     *
     * @param confidence that the interval holds the true ratio, in (0, 1).
     * @return the interval.
     */
    RatioInterval interval(final double confidence) {
        final double student = new TDistribution(rounds - 1).inverseCumulativeProbability((1 + confidence) / 2);
        final double tail = NORMAL.cumulativeProbability(-student * Math.sqrt(rounds / (rounds - 1.0)));
        final int cut = (int) (tail * RESAMPLES);
        final double margin = student * deviation / Math.sqrt(rounds);
        return new RatioInterval(
                Math.exp(Math.min(sortedMeans[cut], mean - margin)),
                Math.exp(mean),
                Math.exp(Math.max(sortedMeans[RESAMPLES - 1 - cut], mean + margin)));
    }
}
