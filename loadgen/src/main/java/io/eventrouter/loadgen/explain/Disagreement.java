package io.eventrouter.loadgen.explain;

import io.eventrouter.identity.AccountId;
import io.eventrouter.metering.UsageSnapshot.Totals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Where the router and the explanation do not say the same, which would be a mistake in one of them. */
final class Disagreement {
    private static final String NOBODY = "nothing";

    private Disagreement() {}

    /** About who gets an event. */
    static List<String> aboutReceivers(
            final String eventName, final Map<String, Long> routed, final Map<String, Long> explained) {
        if (routed.equals(explained)) {
            return List.of();
        }
        final List<String> disagreements = new ArrayList<>();
        final TreeSet<String> subscribers = new TreeSet<>(routed.keySet());
        subscribers.addAll(explained.keySet());
        for (final String subscriber : subscribers) {
            final String byRouter = deliveryOrNot(routed.get(subscriber));
            final String byExplanation = deliveryOrNot(explained.get(subscriber));
            if (!byRouter.equals(byExplanation)) {
                disagreements.add(subscriber + " and " + eventName + ": the router says " + byRouter
                        + ", the explanation " + byExplanation);
            }
        }
        return disagreements;
    }

    /** About what it costs. */
    static List<String> aboutCosts(final Map<AccountId, Totals> routed, final Map<AccountId, Totals> explained) {
        final List<String> disagreements = new ArrayList<>();
        final Map<AccountId, Totals> all = new HashMap<>(routed);
        explained.forEach(all::putIfAbsent);
        for (final AccountId account : all.keySet()) {
            final Totals byRouter = routed.getOrDefault(account, Totals.NONE);
            final Totals byExplanation = explained.getOrDefault(account, Totals.NONE);
            if (!byRouter.equals(byExplanation)) {
                disagreements.add(account + ": the router charges " + describe(byRouter) + ", the explanation "
                        + describe(byExplanation));
            }
        }
        return disagreements;
    }

    private static String deliveryOrNot(final Long operations) {
        return operations == null ? NOBODY : "a delivery for " + operations;
    }

    private static String describe(final Totals totals) {
        return totals.publishOperations() + " for publishing and " + totals.subscribeOperations() + " for deliveries";
    }
}
