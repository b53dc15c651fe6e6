package io.eventrouter.event;

/** Who made an event; decides the scopes that it is routed in and what it costs (docs/routing-rules.md). */
public enum EventOrigin {
    /** A device published it: it costs the device's account. */
    DEVICE,
    /** An API call published it to the stream of the calling user. */
    API_USER,
    /** An API call published it to a product. */
    API_PRODUCT,
    /** A Logic function published it to a product. */
    LOGIC,
    /** A Logic function published it as if it came from a device: it has that device's scopes. */
    LOGIC_AS_DEVICE,
    /** The cloud made it while serving an integration (sent, response, error) for an event of a device. */
    HOOK,
    /** The cloud made it about a device; its name is reserved. */
    SYSTEM;

    private static final EventOrigin[] VALUES = values();

    /**
     * The origin with an ordinal, without allocating.
     *
     * @param ordinal of the origin.
     * @return the origin.
     */
    public static EventOrigin of(final int ordinal) {
        return VALUES[ordinal];
    }

    /**
     * Whether a device stands behind the event: its publisher, or the device whose event triggered a hook.
     *
     * @return true for all but the API and plain Logic origins.
     */
    public boolean hasDevice() {
        return this == DEVICE || this == LOGIC_AS_DEVICE || this == HOOK || this == SYSTEM;
    }

    /**
     * The longest name that events of this origin may have.
     *
     * @return bytes.
     */
    public int maxNameLength() {
        return this == HOOK ? EventLimits.MAX_CLOUD_NAME_LENGTH : EventLimits.MAX_NAME_LENGTH;
    }

    /**
     * The longest payload that events of this origin may have.
     *
     * @return bytes.
     */
    public int maxPayloadLength() {
        return this == DEVICE || this == API_USER || this == API_PRODUCT
                ? EventLimits.MAX_PAYLOAD_LENGTH
                : EventLimits.MAX_CLOUD_PAYLOAD_LENGTH;
    }
}
