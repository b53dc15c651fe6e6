package io.eventrouter.delivery;

import io.eventrouter.event.RoutedEvent;

/**
 * One event for one recipient: a view that the router moves from delivery to delivery.
 *
 * <p>Valid only inside {@link DeliveryHandler#onDelivery(Delivery)}; copy what is needed later.
 */
public interface Delivery {
    /**
     * What kind of recipient this is.
     *
     * @return the kind.
     */
    RecipientKind recipientKind();

    /**
     * First 64 bits of the id of a receiving device.
     *
     * @return the bits; 0 for other recipients.
     */
    long deviceIdHigh();

    /**
     * Last 32 bits of the id of a receiving device.
     *
     * @return the bits; 0 for other recipients.
     */
    int deviceIdLow();

    /**
     * The id of an integration, Logic function or stream.
     *
     * @return the id as it was given to the router; null for a device.
     */
    String recipientId();

    /**
     * What one attempt of this delivery costs the account of the receiving device. The first attempt is charged when
     * the handler has been called, unless it answers {@link AttemptOutcome#NOT_ATTEMPTED}.
     *
     * @return data operations: 0 for recipients other than devices and for system events, else 1 to 16.
     */
    int operationsPerAttempt();

    /**
     * The event.
     *
     * @return the event, in place in the ring.
     */
    RoutedEvent event();
}
