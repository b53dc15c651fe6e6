package io.eventrouter.loadgen.scenario;

/**
 * How many devices of a group are online, and how long they stay.
 *
 * @param share share of the devices that is online at any time, 0 to 1.
 * @param sessionNs mean length of a session in nanoseconds; 0 if nobody leaves.
 */
public record Presence(double share, long sessionNs) {
    private static final double NS_PER_SECOND = 1e9;

    /**
     * How many of some devices are online.
     *
     * @param devices of the group.
     * @return the number.
     */
    public int onlineOf(final int devices) {
        return (int) Math.round(devices * share);
    }

    /**
     * How many of some devices leave a second, and as many come back.
     *
     * @param devices of the group.
     * @return the rate.
     */
    public Rate leavesOf(final int devices) {
        return sessionNs == 0 ? Rate.NEVER : Rate.ofPerSecond(onlineOf(devices) * NS_PER_SECOND / sessionNs);
    }
}
