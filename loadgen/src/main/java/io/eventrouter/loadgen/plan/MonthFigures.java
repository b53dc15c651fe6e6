package io.eventrouter.loadgen.plan;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a month costs under one pair of policies.
 *
 * @param costs of every payer that pays anything.
 * @param shares of every cause of deliveries to devices.
 * @param events that are routed: publishes and the events of answers.
 * @param deliveries to devices.
 * @param unroutable events that are in no scope: they go nowhere and cost nothing.
 */
public record MonthFigures(
        SortedMap<Payer, Costs> costs, Map<Cause, Share> shares, long events, long deliveries, long unroutable) {
    /** The costs of one payer; nothing if it pays nothing. */
    public Costs of(final Payer payer) {
        return costs.getOrDefault(payer, Costs.NONE);
    }

    /** The costs of every account. */
    public SortedMap<String, Costs> byAccount() {
        final SortedMap<String, Costs> byAccount = new TreeMap<>();
        costs.forEach((payer, cost) -> byAccount.merge(payer.account().toString(), cost, Costs::plus));
        return byAccount;
    }

    /** All costs together. */
    public Costs all() {
        return costs.values().stream().reduce(Costs.NONE, Costs::plus);
    }
}
