package io.eventrouter.routing;

import io.eventrouter.delivery.RecipientKind;
import io.eventrouter.event.EventOrigin;
import io.eventrouter.matching.HashedName;
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

    void deliver(final CurrentEvent event, final HashedName name) {
        if (event.owner != 0) {
            deliverInScope(event, event.owner, name);
        }
        if (event.product != 0) {
            deliverInScope(event, event.product, name);
            deliverTo(event, prefixes.findExact(event.product, name));
            final int organization = scopes.organization(event.product);
            if (organization != 0) {
                deliverInScope(event, organization, name);
            }
        }
    }

    private void deliverInScope(final CurrentEvent event, final int scope, final HashedName name) {
        deliverTo(event, prefixes.findEverything(scope));
        long lengths = prefixes.lengths(scope, ScopeTable.SERVICE_LENGTHS, name.length());
        for (; lengths != 0; lengths &= lengths - 1) {
            deliverTo(event, prefixes.findServices(scope, name, Long.numberOfTrailingZeros(lengths) + 1));
        }
    }

    private void deliverTo(final CurrentEvent event, final int entry) {
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
