package io.eventrouter.routing;

import io.eventrouter.delivery.RecipientKind;
import io.eventrouter.event.EventOrigin;
import io.eventrouter.matching.PrefixTable;
import io.eventrouter.matching.ServiceSubscriber;
import io.eventrouter.matching.ServiceSubscribers;
import io.eventrouter.matching.SubscriberCursor;
import io.eventrouter.ownership.ScopeTable;

/** Delivers an event to integrations, Logic functions and streams; the source is docs/routing-rules.md, section 4. */
final class ServiceFanout {
    private final ScopeTable scopes;
    private final PrefixTable prefixes;
    private final ServiceSubscribers services;
    private final SubscriberCursor cursor;
    private final CurrentDelivery delivery;

    ServiceFanout(
            final ScopeTable scopes,
            final PrefixTable prefixes,
            final ServiceSubscribers services,
            final SubscriberCursor cursor,
            final CurrentDelivery delivery) {
        this.scopes = scopes;
        this.prefixes = prefixes;
        this.services = services;
        this.cursor = cursor;
        this.delivery = delivery;
    }

    /** Deliver to the streams without a prefix in all scopes of an event. */
    void deliverToStreamsOfEverything(final CurrentEvent event) {
        if (!prefixes.hasEverything()) {
            return;
        }
        if (event.owner != 0) {
            deliver(event, prefixes.findEverything(event.owner));
        }
        if (event.product != 0) {
            deliver(event, prefixes.findEverything(event.product));
            final int organization = scopes.organization(event.product);
            if (organization != 0) {
                deliver(event, prefixes.findEverything(organization));
            }
        }
    }

    /** Deliver to the subscribers in an entry, or to nobody if it is 0. */
    void deliver(final CurrentEvent event, final int entry) {
        if (entry == 0) {
            return;
        }
        for (cursor.enter(entry); cursor.advance(); ) {
            final ServiceSubscriber subscriber = services.get(cursor.subscriber());
            if (takes(subscriber, event)) {
                delivery.toService(subscriber);
            }
        }
    }

    private static boolean takes(final ServiceSubscriber subscriber, final CurrentEvent event) {
        // By origin, whatever the name: an answer that triggered its own integration would never end.
        if (subscriber.kind() == RecipientKind.INTEGRATION && event.origin() == EventOrigin.HOOK) {
            return false;
        }
        return subscriber.device() == 0 || subscriber.device() == event.publisher();
    }
}
