package io.eventrouter.benchmarks;

import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.delivery.Delivery;
import io.eventrouter.delivery.DeliveryHandler;
import io.eventrouter.event.RoutedEvent;

/**
 * Reads what a transport would, the receiver's id, both ends of the name and of the payload, and leaves the outcome
 * open.
 *
 * <p><b>Threading:</b> the routing thread; {@link #deliveries()} after the router has come to rest.
 */
class TouchingHandler implements DeliveryHandler {
    private long deliveries;
    private long touched;

    @Override
    public AttemptOutcome onDelivery(final Delivery delivery) {
        final RoutedEvent event = delivery.event();
        long bytes = delivery.deviceIdHigh() + delivery.deviceIdLow();
        bytes += event.buffer().getByte(event.nameOffset());
        bytes += event.buffer().getByte(event.nameOffset() + event.nameLength() - 1);
        if (event.payloadLength() >= Long.BYTES) {
            bytes += event.buffer().getLong(event.payloadOffset());
            bytes += event.buffer().getLong(event.payloadOffset() + event.payloadLength() - Long.BYTES);
        }
        touched += bytes;
        deliveries++;
        return AttemptOutcome.PENDING;
    }

    long deliveries() {
        return deliveries;
    }

    /** What was read, in one number, which nobody needs but which keeps the reads alive. */
    long touched() {
        return touched;
    }
}
