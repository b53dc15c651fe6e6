package io.eventrouter.loadgen.plan;

import io.eventrouter.metering.UsageSnapshot.Totals;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Adds up what the kinds of events cost in the month, without rounding before the end. */
final class MonthEstimates {
    /** Of Student's distribution, two-sided 95 %, for 1, 2, … degrees of freedom. */
    private static final double[] QUANTILES_95 = {
        12.71, 4.30, 3.18, 2.78, 2.57, 2.45, 2.36, 2.31, 2.26, 2.23, 2.20, 2.18, 2.16, 2.14, 2.13, 2.12, 2.11, 2.10,
        2.09
    };

    /** As many batches as an error can be made of. */
    static final int MOST_BATCHES = QUANTILES_95.length + 1;

    private final Map<Payer, double[]> costs = new HashMap<>();
    private final Map<Cause, double[]> shares = new HashMap<>();
    private double events;
    private double unroutable;
    private double deliveries;
    private double total;
    private double errorOfSource;
    private double squaredErrors;

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

    /**
     * What one kind of event of a source adds to the error: an event and its answers rest on the same draws, so all of
     * their errors may have one direction.
     *
     * @param batches cost of an event in each, of two batches at least.
     * @param timesInMonth how often the kind happens.
     */
    void error(final List<Double> batches, final double timesInMonth) {
        final double mean = batches.stream().mapToDouble(cost -> cost).average().orElseThrow();
        final double squares = batches.stream()
                .mapToDouble(cost -> (cost - mean) * (cost - mean))
                .sum();
        final int degreesOfFreedom = batches.size() - 1;
        errorOfSource += timesInMonth
                * QUANTILES_95[degreesOfFreedom - 1]
                * Math.sqrt(squares / degreesOfFreedom / batches.size());
    }

    /** What comes next is of another source, whose draws are independent of those so far. */
    void endSource() {
        squaredErrors += errorOfSource * errorOfSource;
        errorOfSource = 0;
    }

    /** How far the total may be off with 95 % confidence, as a share of it. */
    double relativeError() {
        return total == 0 ? 0 : Math.sqrt(squaredErrors) / total;
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
