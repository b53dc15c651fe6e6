package io.eventrouter.event;

/**
 * Hears of events that were accepted into the ring and then refused at their place in the order: they come from, or go
 * to, something that is not registered there, or a tenant's limit is reached.
 *
 * <p><b>Threading:</b> called on the routing thread, with several lanes on each of theirs and at the same time; must
 * not block.
 */
@FunctionalInterface
public interface RefusalHandler {
    /**
     * An event was refused; it changed nothing and cost nothing.
     *
     * @param event that was refused; valid only until this method returns.
     * @param code one of {@link PublishResult#UNKNOWN_DEVICE}, {@link PublishResult#UNKNOWN_USER},
     *     {@link PublishResult#UNKNOWN_PRODUCT}, {@link PublishResult#DEVICE_RATE_EXCEEDED},
     *     {@link PublishResult#ACCOUNT_RATE_EXCEEDED} and {@link PublishResult#TOO_MANY_PENDING_FAN_OUTS}.
     */
    void onRefused(RoutedEvent event, long code);
}
