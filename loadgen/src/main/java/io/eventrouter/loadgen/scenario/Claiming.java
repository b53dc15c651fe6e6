package io.eventrouter.loadgen.scenario;

import java.util.Optional;

/**
 * Who owns the devices of a group.
 *
 * @param by who.
 * @param account that owns them, if they are claimed by one; empty otherwise.
 * @param share share of the devices that is claimed, 0 to 1.
 * @param devicesPerOwner how many one customer or developer has.
 * @param changes devices that change hands.
 */
public record Claiming(By by, Optional<AccountGroup> account, double share, int devicesPerOwner, Rate changes) {
    /** Who owns devices. */
    public enum By {
        /** Nobody: they are unclaimed. */
        NOBODY,
        /** One user account that the scenario names. */
        ACCOUNT,
        /** Customers of the product that each device is in. */
        CUSTOMERS,
        /** Users with a sandbox of their own, of the free plan. */
        DEVELOPERS
    }

    /**
     * How many of some devices are claimed.
     *
     * @param devices of the group.
     * @return the number, 0 if they are claimed by nobody.
     */
    public int claimedOf(final int devices) {
        return by == By.NOBODY ? 0 : (int) Math.round(devices * share);
    }
}
