package io.eventrouter.loadgen.plan;

import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.delivery.Delivery;
import io.eventrouter.delivery.DeliveryHandler;
import io.eventrouter.delivery.RecipientKind;
import io.eventrouter.loadgen.load.SampledFleet;
import java.util.HashMap;
import java.util.Map;

/**
 * Acknowledges for the devices of a scenario and counts what is delivered to them, one kind of event after the other.
 *
 * <p><b>Threading:</b> the routing thread delivers; the others look while nothing is on its way.
 */
final class Sample implements DeliveryHandler {
    private final SampledFleet fleet;
    // Of the kind of event that is published at the moment.
    private final Map<Integer, String> subscriptions = new HashMap<>();
    private final Map<String, long[]> bySubscription = new HashMap<>();
    private long[] current;
    private long lastSequence = -1;
    private long deliveries;
    private long operations;
    private long retries;

    Sample(final SampledFleet fleet) {
        this.fleet = fleet;
    }

    @Override
    public AttemptOutcome onDelivery(final Delivery delivery) {
        if (delivery.recipientKind() != RecipientKind.DEVICE) {
            return AttemptOutcome.ACKNOWLEDGED_FIRST;
        }
        final AttemptOutcome outcome = fleet.outcome(delivery);
        final long cost = (long) delivery.operationsPerAttempt() * outcome.attempts();
        deliveries++;
        operations += cost;
        retries += cost - delivery.operationsPerAttempt();
        count(delivery, cost);
        return outcome;
    }

    /** Begin another kind of event. */
    void begin() {
        subscriptions.clear();
        bySubscription.clear();
        current = null;
        lastSequence = -1;
        deliveries = 0;
        operations = 0;
        retries = 0;
    }

    long deliveries() {
        return deliveries;
    }

    /** The share of the operations that is for attempts which are not the first. */
    double shareOfRetries() {
        return operations == 0 ? 0 : (double) retries / operations;
    }

    /** By subscription: events, deliveries, operations, and those for the device that asked. */
    Map<String, long[]> bySubscription() {
        return bySubscription;
    }

    // Devices of one group hear events of one kind through one subscription, so that is found out once.
    private void count(final Delivery delivery, final long cost) {
        final long sequence = delivery.event().sequence();
        final int group = fleet.groupOf(delivery);
        final String subscription = subscriptions.computeIfAbsent(group, same -> fleet.subscription(delivery));
        final long[] counts = bySubscription.computeIfAbsent(subscription, same -> new long[4]);
        if (counts != current || sequence != lastSequence) {
            counts[0]++;
            current = counts;
            lastSequence = sequence;
        }
        counts[1]++;
        counts[2] += cost;
        counts[3] += SampledFleet.isForAsking(delivery) ? cost : 0;
    }
}
