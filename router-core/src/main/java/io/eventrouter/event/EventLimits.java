package io.eventrouter.event;

/** Limits of names, prefixes and payloads, in bytes; their source is docs/routing-rules.md, section 2. */
public final class EventLimits {
    /** The longest name that a device, the API or Logic may publish. */
    public static final int MAX_NAME_LENGTH = 64;

    /** The longest name that the cloud makes itself, such as the topic of a hook response. */
    public static final int MAX_CLOUD_NAME_LENGTH = 255;

    /** The longest prefix that a device subscription, integration or stream may filter by. */
    public static final int MAX_PREFIX_LENGTH = 64;

    /** The longest payload of an event from a device or the API. */
    public static final int MAX_PAYLOAD_LENGTH = 16_384;

    /** The longest payload of an event that the cloud makes; the body of a hook response is cut here. */
    public static final int MAX_CLOUD_PAYLOAD_LENGTH = 100_000;

    /** What a device can receive unless it says otherwise. */
    public static final int DEFAULT_MAX_EVENT_SIZE = 1_024;

    /** The least that a device must be able to receive. */
    public static final int MIN_MAX_EVENT_SIZE = 255;

    /** The most that a device can receive. */
    public static final int MAX_MAX_EVENT_SIZE = 16_384;

    private EventLimits() {}
}
