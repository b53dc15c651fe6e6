package io.eventrouter.loadgen.explain;

import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.delivery.Delivery;
import io.eventrouter.delivery.DeliveryHandler;
import io.eventrouter.delivery.RecipientKind;
import io.eventrouter.identity.EntityId;
import io.eventrouter.loadgen.fleet.DeviceTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Keeps what the real router delivers, by name of the event.
 *
 * <p><b>Threading:</b> the routing thread fills it; once it is done, another may read it.
 */
final class RouterWitness implements DeliveryHandler {
    private final DeviceTable devices;
    private final Map<String, Map<String, Long>> operationsBySubscriber = new LinkedHashMap<>();
    private final List<String> repeated = new ArrayList<>();

    RouterWitness(final DeviceTable devices) {
        this.devices = devices;
    }

    @Override
    public AttemptOutcome onDelivery(final Delivery delivery) {
        final boolean isToDevice = delivery.recipientKind() == RecipientKind.DEVICE;
        final AttemptOutcome outcome = isToDevice
                ? devices.outcome(delivery.deviceIdHigh(), delivery.deviceIdLow())
                : AttemptOutcome.ACKNOWLEDGED_FIRST;
        final String id =
                isToDevice ? EntityId.toText(delivery.deviceIdHigh(), delivery.deviceIdLow()) : delivery.recipientId();
        final String subscriber = Subscribers.label(delivery.recipientKind()) + ":" + id;
        final long operations = (long) delivery.operationsPerAttempt() * outcome.attempts();
        final String name = delivery.event().name();
        if (deliveries(name).put(subscriber, operations) != null) {
            repeated.add(subscriber + " and " + name + ": the router delivered it twice");
        }
        return outcome;
    }

    /** Subscribers that got an event more than once, which would be a mistake of the router. */
    List<String> repeated() {
        return repeated;
    }

    /** Who got the event with a name, and what each delivery cost. */
    Map<String, Long> deliveries(final String eventName) {
        return operationsBySubscriber.computeIfAbsent(eventName, name -> new HashMap<>());
    }
}
