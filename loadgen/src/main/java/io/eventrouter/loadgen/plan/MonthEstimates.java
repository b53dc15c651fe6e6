package io.eventrouter.loadgen.plan;

import io.eventrouter.metering.UsageSnapshot.Totals;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Adds up what the kinds of events cost in the month, without rounding before the end. */
final class MonthEstimates {
    private static final double QUANTILE_95 = 1.96;

    private final Map<Payer, double[]> costs = new HashMap<>();
    private final Map<Cause, double[]> shares = new HashMap<>();
    private double events;
    private double unroutable;
    private double deliveries;
    private double total;
    private double variance;

    void route(final double routed, final double notRouted) {
        events += routed;
        unroutable += notRouted;
    }

    void deliver(final double delivered) {
        deliveries += delivered;
    }

    void charge(
            final boolean isAnswer, final double scale, final Map<Payer, Totals> totals, final double shareOfRetries) {
        totals.forEach((payer, counted) -> {
            final double[] sums = costs.computeIfAbsent(payer, same -> new double[4]);
            sums[0] += scale * counted.publishOperations();
            sums[isAnswer ? 2 : 1] += scale * counted.subscribeOperations();
            sums[3] += scale * counted.subscribeOperations() * shareOfRetries;
            total += scale * counted.total();
        });
    }

    void share(final Cause kind, final double scale, final Map<String, long[]> bySubscription) {
        bySubscription.forEach((subscription, counts) -> {
            final String prefix = subscription.replace("{device}", "<its id>");
            final double[] sums =
                    shares.computeIfAbsent(new Cause(prefix, kind.source(), kind.isAnswer()), same -> new double[4]);
            for (int i = 0; i < sums.length; i++) {
                sums[i] += scale * counts[i];
            }
        });
    }

    void error(final List<Double> batches, final double timesInMonth) {
        final double mean = batches.stream().mapToDouble(cost -> cost).average().orElse(0);
        final double squares = batches.stream()
                .mapToDouble(cost -> (cost - mean) * (cost - mean))
                .sum();
        if (batches.size() > 1) {
            final double varianceOfMean = squares / (batches.size() - 1) / batches.size();
            variance += timesInMonth * timesInMonth * varianceOfMean;
        }
    }

    double relativeError() {
        return total == 0 ? 0 : QUANTILE_95 * Math.sqrt(variance) / total;
    }

    MonthFigures figures() {
        final TreeMap<Payer, Costs> rounded = new TreeMap<>();
        costs.forEach((payer, sums) -> rounded.put(
                payer, new Costs(Math.round(sums[0]), Math.round(sums[1]), Math.round(sums[2]), Math.round(sums[3]))));
        final Map<Cause, Share> roundedShares = new HashMap<>();
        shares.forEach((cause, sums) -> roundedShares.put(
                cause,
                new Share(
                        Math.round(sums[0]),
                        Math.round(sums[1]),
                        Math.round(sums[2]),
                        cause.isAnswer() ? Math.round(sums[3]) : 0)));
        return new MonthFigures(
                rounded, roundedShares, Math.round(events), Math.round(deliveries), Math.round(unroutable));
    }
}
