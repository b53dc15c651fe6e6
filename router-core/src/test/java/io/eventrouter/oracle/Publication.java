package io.eventrouter.oracle;

import io.eventrouter.event.EventOrigin;
import io.eventrouter.identity.EntityId;

/**
 * An event as it is offered to a router.
 *
 * @param origin who makes it.
 * @param id of the device that stands behind it or of the calling user; null where there is none.
 * @param productId that is published to; 0 where the origin names none.
 * @param name as offered, legal or not.
 * @param payload as offered, legal or not.
 */
public record Publication(EventOrigin origin, EntityId id, int productId, String name, Payload payload) {
    static Publication byDevice(final EntityId device, final String name, final int length) {
        return of(EventOrigin.DEVICE, device, name, length);
    }

    static Publication byUser(final EntityId user, final String name, final int length) {
        return of(EventOrigin.API_USER, user, name, length);
    }

    static Publication toProduct(final int productId, final EntityId caller, final String name, final int length) {
        return new Publication(EventOrigin.API_PRODUCT, caller, productId, name, Payload.of(length));
    }

    static Publication byLogic(final int productId, final String name, final int length) {
        return new Publication(EventOrigin.LOGIC, null, productId, name, Payload.of(length));
    }

    static Publication of(final EventOrigin origin, final EntityId id, final String name, final int length) {
        return new Publication(origin, id, 0, name, Payload.of(length));
    }

    /** Whether a device stands behind the event: its publisher, or the device whose event triggered a hook. */
    boolean hasDevice() {
        return origin != EventOrigin.API_USER && origin != EventOrigin.API_PRODUCT && origin != EventOrigin.LOGIC;
    }

    /** The device that filters of streams and integrations are compared with, or null. Hook events have none. */
    EntityId publisher() {
        return hasDevice() && origin != EventOrigin.HOOK ? id : null;
    }
}
