package io.eventrouter.delivery;

/**
 * Takes every delivery of the router; the embedder's door to its transports.
 *
 * <p><b>Threading:</b> called on the routing thread, in routing order for each recipient. With several
 * {@link io.eventrouter.RouterContext#lanes(int) lanes} the routing threads call it at the same time; what comes of one
 * publisher still comes in its order, on one thread. While it runs, nothing else is routed in its lane: hand the work
 * over and return. A handler that stalls holds the events behind it in the ring; publishers are then
 * refused as {@link io.eventrouter.event.PublishResult#BACK_PRESSURED} and nothing is lost. It may publish and report
 * attempts itself, but must not wait for room in the ring, which only it can make. A handler that cannot promise to
 * return belongs behind {@link io.eventrouter.outbox.Outboxes}.
 *
 * <p><b>Failure:</b> what it throws goes to the router's error handler and is counted; the attempt stays charged and
 * routing goes on with the next recipient.
 */
@FunctionalInterface
public interface DeliveryHandler {
    /**
     * Hand one event to one recipient.
     *
     * @param delivery the recipient and the event; valid only until this method returns.
     * @return {@link AttemptOutcome#PENDING} when the transport reports the outcome later, or the outcome itself
     *     when it is known already; it then takes effect directly behind this event. Null counts as pending. Of
     *     recipients other than devices only {@link AttemptOutcome#NOT_ATTEMPTED} is told apart.
     */
    AttemptOutcome onDelivery(Delivery delivery);
}
