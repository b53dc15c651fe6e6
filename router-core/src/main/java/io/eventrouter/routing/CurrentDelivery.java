package io.eventrouter.routing;

import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.delivery.Delivery;
import io.eventrouter.delivery.DeliveryHandler;
import io.eventrouter.delivery.RecipientKind;
import io.eventrouter.event.RoutedEvent;
import io.eventrouter.matching.ServiceSubscriber;
import io.eventrouter.matching.ServiceSubscribers;
import io.eventrouter.ownership.DeviceTable;
import io.eventrouter.status.RouterCounter;
import org.agrona.ErrorHandler;

/** Hands the event at hand to one recipient after the other, in one reused view. */
final class CurrentDelivery implements Delivery {
    private final CurrentEvent event;
    private final DeviceTable devices;
    private final ServiceSubscribers services;
    private final DeliveryHandler handler;
    private final ErrorHandler errorHandler;
    private final CountBoard counts;

    // Both are handles, one of them 0. To store a reference instead would cost more than all else here: it needs the
    // write barrier of the garbage collector.
    private int device;
    private int service;
    private int operations;

    CurrentDelivery(
            final CurrentEvent event,
            final DeviceTable devices,
            final ServiceSubscribers services,
            final DeliveryHandler handler,
            final ErrorHandler errorHandler,
            final CountBoard counts) {
        this.event = event;
        this.devices = devices;
        this.services = services;
        this.handler = handler;
        this.errorHandler = errorHandler;
        this.counts = counts;
    }

    /** Devices come next, each attempt at so many operations. */
    void beginDevices(final int operationsPerAttempt) {
        service = 0;
        operations = operationsPerAttempt;
    }

    AttemptOutcome toDevice(final int receivingDevice) {
        device = receivingDevice;
        return handOver();
    }

    void toService(final ServiceSubscriber subscriber) {
        device = 0;
        service = subscriber.handle();
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
        return service == 0 ? RecipientKind.DEVICE : services.get(service).kind();
    }

    @Override
    public long deviceIdHigh() {
        return devices.idHigh(device);
    }

    @Override
    public int deviceIdLow() {
        return devices.idLow(device);
    }

    @Override
    public String recipientId() {
        return service == 0 ? null : services.get(service).id();
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
