package io.eventrouter.matching;

/**
 * What a device subscription can take right now, in one int: twice the longest payload it takes, plus one if the
 * device is claimed. The longest payload is negative while nothing reaches it.
 */
public final class Reach {
    /** Nothing reaches the subscription because its device is offline. */
    public static final int OFFLINE = -1;

    /** Nothing reaches the subscription because a shorter prefix of the same device matches whatever it matches. */
    public static final int SHADOWED = -2;

    /** The bit of devices that are claimed. */
    static final int CLAIMED = 1;

    private Reach() {}

    static int of(final int maxPayloadLength, final boolean claimed) {
        return maxPayloadLength << 1 | (claimed ? CLAIMED : 0);
    }

    /**
     * The longest payload that the subscription takes.
     *
     * @param reach of the subscription.
     * @return bytes, {@link #OFFLINE} or {@link #SHADOWED}.
     */
    public static int maxPayloadLength(final int reach) {
        return reach >> 1;
    }

    /**
     * Whether another subscription of the device takes what this one would.
     *
     * @param reach of the subscription.
     * @return true if one does.
     */
    public static boolean isShadowed(final int reach) {
        return maxPayloadLength(reach) == SHADOWED;
    }

    /**
     * Whether the device is claimed.
     *
     * @param reach of the subscription.
     * @return true if it is.
     */
    public static boolean isClaimed(final int reach) {
        return (reach & CLAIMED) != 0;
    }
}
