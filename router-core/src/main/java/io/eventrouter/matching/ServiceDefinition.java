package io.eventrouter.matching;

import io.eventrouter.delivery.RecipientKind;
import java.util.Comparator;
import java.util.Set;

/**
 * An integration, Logic function or stream in the terms of the matching tables.
 *
 * @param kind of subscriber.
 * @param id that is public.
 * @param description as it was given.
 * @param device handle of the only one whose events it takes, 0 for any.
 * @param scopes whose it is, each once; a Logic function is of every product that its triggers name.
 * @param subscriptions that it has while it is enabled.
 */
record ServiceDefinition(
        RecipientKind kind, String id, Object description, int device, int[] scopes, Set<Subscription> subscriptions) {
    /**
     * Where a subscriber listens, and for what. Has an order, so that hash maps make a tree of those whose texts were
     * made to collide.
     *
     * @param scope handle.
     * @param entryKind of {@link EntryKind}.
     * @param text of a prefix or name.
     */
    record Subscription(int scope, int entryKind, String text) implements Comparable<Subscription> {
        private static final Comparator<Subscription> ORDER = Comparator.comparing(Subscription::text)
                .thenComparingInt(Subscription::scope)
                .thenComparingInt(Subscription::entryKind);

        @Override
        public int compareTo(final Subscription other) {
            return ORDER.compare(this, other);
        }
    }
}
