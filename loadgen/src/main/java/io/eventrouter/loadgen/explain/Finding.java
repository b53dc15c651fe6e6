package io.eventrouter.loadgen.explain;

import io.eventrouter.delivery.RecipientKind;
import io.eventrouter.identity.AccountId;
import java.util.List;

/**
 * What is to say about one subscriber and one event.
 *
 * @param kind of subscriber.
 * @param id of the subscriber.
 * @param obstacles everything that keeps the event away; empty if the subscriber gets it.
 * @param details about this one subscriber, one for each obstacle, empty texts where there is nothing to add.
 * @param why it gets the event, in words that are true of many; null if it does not.
 * @param operations that the delivery costs, all attempts together.
 * @param account that pays them; null for nobody.
 */
public record Finding(
        RecipientKind kind,
        String id,
        List<Obstacle> obstacles,
        List<String> details,
        String why,
        long operations,
        AccountId account) {
    private static final int MOST_OBSTACLES_THAT_ARE_NEAR = 2;

    static Finding received(
            final RecipientKind kind,
            final String id,
            final String why,
            final long operations,
            final AccountId account) {
        return new Finding(kind, id, List.of(), List.of(), why, operations, account);
    }

    /** Whether the subscriber gets the event. */
    public boolean isReceived() {
        return obstacles.isEmpty();
    }

    /**
     * Whether it comes close: it listens to the name and at most two things stand in the way, or it would get the
     * event if only it listened to the name.
     */
    public boolean isNear() {
        return !isReceived()
                && obstacles.size() <= MOST_OBSTACLES_THAT_ARE_NEAR
                && (obstacles.size() == 1
                        || obstacles.stream().noneMatch(obstacle -> obstacle.test() == Obstacle.Test.NAME));
    }

    /** The name of the subscriber as in files of deliveries. */
    public String subscriber() {
        return Subscribers.label(kind) + ":" + id;
    }
}
