package io.eventrouter.loadgen.scope;

import io.eventrouter.event.EventDraft;
import io.eventrouter.event.EventOrigin;
import io.eventrouter.identity.EntityId;
import java.util.Locale;

/**
 * What matters of an event for who hears it and what it costs.
 *
 * @param origin who makes it.
 * @param id of the device that stands behind it, or of the calling user; null for neither.
 * @param productId that is published to; 0 where the origin names none.
 * @param name of the event.
 * @param payloadLength in bytes.
 */
public record FleetEvent(EventOrigin origin, EntityId id, int productId, String name, int payloadLength) {
    private static final double BYTES_PER_OPERATION = 1_024;

    /**
     * The event of a valid draft.
     *
     * @param draft to read.
     * @return the event.
     */
    public static FleetEvent of(final EventDraft draft) {
        return new FleetEvent(
                draft.origin(),
                draft.hasId() ? EntityId.of(draft.idHigh(), draft.idLow()) : null,
                draft.productId(),
                draft.nameBuffer().getStringWithoutLengthAscii(0, draft.nameLength()),
                draft.payloadLength());
    }

    /** Whether its name is reserved, whoever made it. */
    public boolean isSystemEvent() {
        final String lowerCase = name.toLowerCase(Locale.ROOT);
        return lowerCase.startsWith("particle") || lowerCase.startsWith("spark");
    }

    /** Whether a device stands behind it: its publisher, or the device whose event triggered a hook. */
    public boolean hasDevice() {
        return origin != EventOrigin.API_USER && origin != EventOrigin.API_PRODUCT && origin != EventOrigin.LOGIC;
    }

    /** The device that published it; null for API, hook and plain Logic events. */
    public EntityId publisher() {
        return hasDevice() && origin != EventOrigin.HOOK ? id : null;
    }

    /** Data operations of publishing it once, if that costs any, and of one attempt to deliver it. */
    public long units() {
        return Math.max(1, (long) Math.ceil(payloadLength / BYTES_PER_OPERATION));
    }

    /** Data operations of one attempt to deliver it. */
    public long operationsPerAttempt() {
        return isSystemEvent() ? 0 : units();
    }
}
