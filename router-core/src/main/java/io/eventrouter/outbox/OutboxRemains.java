package io.eventrouter.outbox;

/**
 * What closing could not bring to an end in its time.
 *
 * @param outbox that was closed.
 * @param undelivered deliveries that were taken and never reached the handler; those for devices have been charged.
 * @param isInHand whether the handler had not returned from one more delivery.
 */
public record OutboxRemains(Outbox outbox, long undelivered, boolean isInHand) {
    /**
     * Whether anything is left at all.
     *
     * @return false if every delivery that was taken has come to its end.
     */
    public boolean isNothing() {
        return undelivered == 0 && !isInHand;
    }
}
