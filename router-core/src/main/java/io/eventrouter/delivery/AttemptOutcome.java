package io.eventrouter.delivery;

/**
 * How the attempts to hand one event to one device ended. There are at most three attempts, and each is charged.
 * Handlers answer for other recipients too, to which attempts are free: then it only matters whether any was made.
 */
public enum AttemptOutcome {
    /** Not known yet: one attempt is under way. The transport reports the end later. */
    PENDING(1),
    /** The device acknowledged the first attempt. */
    ACKNOWLEDGED_FIRST(1),
    /** The device acknowledged the second attempt. */
    ACKNOWLEDGED_SECOND(2),
    /** The device acknowledged the third attempt. */
    ACKNOWLEDGED_THIRD(3),
    /** Three attempts failed: the device is offline from here on. */
    FAILED(3),
    /**
     * No attempt was made and none will be: nothing is charged. A report of this is refused, for it has been charged.
     */
    NOT_ATTEMPTED(0);

    private static final AttemptOutcome[] VALUES = values();

    private final int attempts;

    AttemptOutcome(final int attempts) {
        this.attempts = attempts;
    }

    /**
     * The outcome with an ordinal, without allocating.
     *
     * @param ordinal of the outcome.
     * @return the outcome.
     */
    public static AttemptOutcome of(final int ordinal) {
        return VALUES[ordinal];
    }

    /**
     * How many attempts were made.
     *
     * @return 0 to 3.
     */
    public int attempts() {
        return attempts;
    }
}
