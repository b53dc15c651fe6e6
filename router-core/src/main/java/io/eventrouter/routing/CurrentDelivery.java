package io.eventrouter.routing;

import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.delivery.Delivery;
import io.eventrouter.delivery.DeliveryHandler;
import io.eventrouter.delivery.RecipientKind;
import io.eventrouter.event.RoutedEvent;
import io.eventrouter.matching.ServiceSubscriber;
import io.eventrouter.ownership.DeviceTable;
import io.eventrouter.status.RouterCounter;
import org.agrona.ErrorHandler;

/** Hands the event at hand to one recipient after the other, in one reused view. */
final class CurrentDelivery implements Delivery {
    private final CurrentEvent event;
    private final DeviceTable devices;
    private final DeliveryHandler handler;
    private final ErrorHandler errorHandler;
    private final CountBoard counts;
    private int device;
    private ServiceSubscriber service;
    private int operations;

    CurrentDelivery(
            final CurrentEvent event,
            final DeviceTable devices,
            final DeliveryHandler handler,
            final ErrorHandler errorHandler,
            final CountBoard counts) {
        this.event = event;
        this.devices = devices;
        this.handler = handler;
        this.errorHandler = errorHandler;
        this.counts = counts;
    }

    AttemptOutcome toDevice(final int receivingDevice, final int operationsPerAttempt) {
        device = receivingDevice;
        // Storing a reference costs more than looking: collectors want to know of it.
        if (service != null) {
            service = null;
        }
        operations = operationsPerAttempt;
        final AttemptOutcome outcome = handOver();
        counts.increment(
                outcome == AttemptOutcome.NOT_ATTEMPTED
                        ? RouterCounter.DEVICES_SKIPPED_NOT_ATTEMPTED
                        : RouterCounter.DELIVERIES_TO_DEVICES);
        return outcome;
    }

    void toService(final ServiceSubscriber subscriber) {
        device = 0;
        service = subscriber;
        operations = 0;
        if (handOver() == AttemptOutcome.NOT_ATTEMPTED) {
            counts.increment(RouterCounter.SERVICES_SKIPPED_NOT_ATTEMPTED);
        } else {
            counts.increment(deliveriesTo(subscriber.kind()));
        }
    }

    private static RouterCounter deliveriesTo(final RecipientKind kind) {
        return switch (kind) {
            case INTEGRATION -> RouterCounter.DELIVERIES_TO_INTEGRATIONS;
            case LOGIC_FUNCTION -> RouterCounter.DELIVERIES_TO_LOGIC_FUNCTIONS;
            default -> RouterCounter.DELIVERIES_TO_STREAMS;
        };
    }

    private AttemptOutcome handOver() {
        try {
            return handler.onDelivery(this);
        } catch (final Throwable problem) {
            counts.increment(RouterCounter.DELIVERIES_HANDLER_FAILED);
            errorHandler.onError(problem);
            return AttemptOutcome.PENDING;
        }
    }

    @Override
    public RecipientKind recipientKind() {
        return service == null ? RecipientKind.DEVICE : service.kind();
    }

    @Override
    public long deviceIdHigh() {
        return device == 0 ? 0 : devices.idHigh(device);
    }

    @Override
    public int deviceIdLow() {
        return device == 0 ? 0 : devices.idLow(device);
    }

    @Override
    public String recipientId() {
        return service == null ? null : service.id();
    }

    @Override
    public int operationsPerAttempt() {
        return operations;
    }

    @Override
    public RoutedEvent event() {
        return event;
    }
}
