package io.eventrouter.loadgen.load;

import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.delivery.Delivery;
import io.eventrouter.delivery.DeliveryHandler;
import io.eventrouter.delivery.RecipientKind;
import io.eventrouter.loadgen.scenario.Attempts;
import org.agrona.concurrent.NanoClock;

/**
 * Takes all deliveries: records their latency, and acknowledges as the devices of the scenario do. Allocates nothing.
 *
 * <p><b>Clock:</b> read at the first delivery of every event and at every 16th of one that has many, as a reading costs
 * more than a delivery; so a delivery can seem earlier than it was by what 15 deliveries take, a fraction of a
 * microsecond.
 *
 * <p><b>Threading:</b> the routing thread, but for {@link #start}, which is called while nothing is routed.
 */
final class DeliveryRecorder implements DeliveryHandler {
    /** The histogram, behind those of the kinds of recipients, of the time from the hand-over. */
    static final int HANDOVER = RecipientKind.values().length;

    private static final int DELIVERIES_PER_READING = 16;

    private final NanoClock clock;
    private final FleetPlan plan;
    private final boolean isAlwaysFirst;
    private final IntervalHistograms histograms = new IntervalHistograms(HANDOVER + 1);

    private long startNs;
    private long lastSequence = -1;
    private int deliveriesOfReading;
    private long nowNs;

    DeliveryRecorder(final NanoClock clock, final FleetPlan plan) {
        this.clock = clock;
        this.plan = plan;
        this.isAlwaysFirst =
                plan.groups.stream().allMatch(group -> group.group.attempts().first() == 1);
    }

    IntervalHistograms histograms() {
        return histograms;
    }

    /**
     * Begin a load at a moment, from which its times count; what is published from then on sees it. What an earlier one
     * has left, as it was not delivered in time, is forgotten.
     */
    void start(final long atNs) {
        histograms.finish(interval -> {});
        startNs = atNs;
    }

    @Override
    public AttemptOutcome onDelivery(final Delivery delivery) {
        final long stamp = delivery.event().correlationId();
        readClock(delivery.event().sequence());
        histograms.record(delivery.recipientKind().ordinal(), nowNs - EventStamp.dueNs(stamp));
        histograms.record(HANDOVER, nowNs - EventStamp.handedOverNs(stamp));
        return isAlwaysFirst || delivery.recipientKind() != RecipientKind.DEVICE
                ? AttemptOutcome.ACKNOWLEDGED_FIRST
                : outcome(delivery, EventStamp.dueNs(stamp));
    }

    private void readClock(final long sequence) {
        if (sequence != lastSequence || ++deliveriesOfReading == DELIVERIES_PER_READING) {
            lastSequence = sequence;
            deliveriesOfReading = 0;
            nowNs = clock.nanoTime() - startNs;
            histograms.at(nowNs);
        }
    }

    // A function of the device and the event, so that every run has the same outcomes.
    private AttemptOutcome outcome(final Delivery delivery, final long dueNs) {
        final int device = plan.ids.deviceOf(delivery.deviceIdHigh(), delivery.deviceIdLow());
        final Attempts attempts = plan.groupOf(device).group.attempts();
        final double drawn = Mixing.fraction(Mixing.mix(dueNs, device));
        if (drawn < attempts.first()) {
            return AttemptOutcome.ACKNOWLEDGED_FIRST;
        }
        if (drawn < attempts.first() + attempts.second()) {
            return AttemptOutcome.ACKNOWLEDGED_SECOND;
        }
        return drawn < 1 - attempts.never() ? AttemptOutcome.ACKNOWLEDGED_THIRD : AttemptOutcome.FAILED;
    }
}
