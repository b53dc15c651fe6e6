package io.eventrouter.event;

/** Who made an event; decides the scopes that it is routed in and what it costs (docs/routing-rules.md). */
public enum EventOrigin {
    /** A device published it: it costs the device's account. */
    DEVICE(true, EventLimits.MAX_NAME_LENGTH, EventLimits.MAX_PAYLOAD_LENGTH),
    /** An API call published it to the stream of the calling user. */
    API_USER(false, EventLimits.MAX_NAME_LENGTH, EventLimits.MAX_PAYLOAD_LENGTH),
    /** An API call published it to a product. */
    API_PRODUCT(false, EventLimits.MAX_NAME_LENGTH, EventLimits.MAX_PAYLOAD_LENGTH),
    /** A Logic function published it to a product. */
    LOGIC(false, EventLimits.MAX_NAME_LENGTH, EventLimits.MAX_CLOUD_PAYLOAD_LENGTH),
    /** A Logic function published it as if it came from a device: it has that device's scopes. */
    LOGIC_AS_DEVICE(true, EventLimits.MAX_NAME_LENGTH, EventLimits.MAX_CLOUD_PAYLOAD_LENGTH),
    /** The cloud made it while serving an integration (sent, response, error) for an event of a device. */
    HOOK(true, EventLimits.MAX_CLOUD_NAME_LENGTH, EventLimits.MAX_CLOUD_PAYLOAD_LENGTH),
    /** The cloud made it about a device; its name is reserved. */
    SYSTEM(true, EventLimits.MAX_NAME_LENGTH, EventLimits.MAX_CLOUD_PAYLOAD_LENGTH);

    private static final EventOrigin[] VALUES = values();

    private final boolean hasDevice;
    private final int maxNameLength;
    private final int maxPayloadLength;

    EventOrigin(final boolean hasDevice, final int maxNameLength, final int maxPayloadLength) {
        this.hasDevice = hasDevice;
        this.maxNameLength = maxNameLength;
        this.maxPayloadLength = maxPayloadLength;
    }

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
        return hasDevice;
    }

    /**
     * The longest name that events of this origin may have.
     *
     * @return bytes.
     */
    public int maxNameLength() {
        return maxNameLength;
    }

    /**
     * The longest payload that events of this origin may have.
     *
     * @return bytes.
     */
    public int maxPayloadLength() {
        return maxPayloadLength;
    }
}
