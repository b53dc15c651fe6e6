package io.eventrouter.loadgen.plan;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** Adds up a month, event by event. */
final class Tally {
    private final TreeMap<Payer, Costs> costs = new TreeMap<>();
    private final Map<Cause, Share> shares = new HashMap<>();
    private long events;
    private long deliveries;
    private long unroutable;

    void route(final long times) {
        events = Math.addExact(events, times);
    }

    void doNotRoute(final long times) {
        unroutable = Math.addExact(unroutable, times);
    }

    void publish(final Payer payer, final long operations) {
        if (payer != null) {
            costs.merge(payer, new Costs(operations, 0, 0, 0), Costs::plus);
        }
    }

    void deliver(
            final Payer payer,
            final Cause cause,
            final long times,
            final long devices,
            final long operations,
            final long retries) {
        final long total = Math.multiplyExact(operations, times);
        final long totalRetries = Math.multiplyExact(retries, times);
        final long totalDeliveries = Math.multiplyExact(devices, times);
        deliveries = Math.addExact(deliveries, totalDeliveries);
        costs.merge(
                payer,
                cause.isAnswer() ? new Costs(0, 0, total, totalRetries) : new Costs(0, total, 0, totalRetries),
                Costs::plus);
        shares.merge(cause, new Share(times, totalDeliveries, total, 0), Share::plus);
    }

    void own(final Cause cause, final long operations) {
        shares.merge(cause, new Share(0, 0, 0, operations), Share::plus);
    }

    MonthFigures figures() {
        costs.values().removeIf(cost -> cost.total() == 0);
        return new MonthFigures(costs, shares, events, deliveries, unroutable);
    }
}
