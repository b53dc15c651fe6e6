package io.eventrouter.delivery;

/** What kind of subscriber a delivery is for. */
public enum RecipientKind {
    /** A device that subscribed; every attempt costs data operations. */
    DEVICE,
    /** An integration such as a webhook; free. */
    INTEGRATION,
    /** A Logic function; free. */
    LOGIC_FUNCTION,
    /** A stream that a user, product or organization has open; free. */
    STREAM
}
