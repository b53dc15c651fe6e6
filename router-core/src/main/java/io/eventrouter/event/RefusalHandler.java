package io.eventrouter.event;

/**
 * Hears of events that were accepted into the ring and then found to come from, or go to, something that is not
 * registered at their place in the order.
 *
 * <p><b>Threading:</b> called on the routing thread, with several lanes on each of theirs and at the same time; must not
 * block.
 */
@FunctionalInterface
public interface RefusalHandler {
    /**
     * An event was refused; it changed nothing and cost nothing.
     *
     * @param event that was refused; valid only until this method returns.
     * @param code one of {@link PublishResult#UNKNOWN_DEVICE}, {@link PublishResult#UNKNOWN_USER} and
     *     {@link PublishResult#UNKNOWN_PRODUCT}.
     */
    void onRefused(RoutedEvent event, long code);
}
