package io.eventrouter.metering;

import io.eventrouter.identity.AccountId;

/**
 * Data operations of one device under one account and product, or rolled up, in a part of one window: a view that
 * the router moves from record to record.
 *
 * <p>Records add up: a device that moves between accounts or products within a window has a record for each, and
 * more than one for the same when it comes back; and each lane of a router has records of its own. The sum over all
 * records of a window is exact.
 */
public interface UsageRecord {
    /**
     * The record's place among all usage records and thresholds of a router, which is its identity: 1, 2, 3, and so on
     * without a gap. With a data directory the numbers go on after a restart, and a record that comes again has the
     * number that it had; without one they begin with the launch.
     *
     * @return the sequence, 1 or more.
     */
    long sequence();

    /**
     * Whether the account is a user's sandbox or an organization.
     *
     * @return the kind of account.
     */
    AccountId.Kind accountKind();

    /**
     * First 64 bits of the account's id.
     *
     * @return the bits.
     */
    long accountIdHigh();

    /**
     * Last 32 bits of the account's id.
     *
     * @return the bits.
     */
    int accountIdLow();

    /**
     * The account. Allocates.
     *
     * @return the account.
     */
    AccountId account();

    /**
     * The product in which the device was in good standing when the operations were counted.
     *
     * @return its id, or 0 for none or when rolled up by account.
     */
    int productId();

    /**
     * Whether the record is of one device.
     *
     * @return false when rolled up.
     */
    boolean hasDevice();

    /**
     * First 64 bits of the device's id.
     *
     * @return the bits; 0 without {@link #hasDevice()}.
     */
    long deviceIdHigh();

    /**
     * Last 32 bits of the device's id.
     *
     * @return the bits; 0 without {@link #hasDevice()}.
     */
    int deviceIdLow();

    /**
     * When the window began.
     *
     * @return milliseconds since the epoch.
     */
    long windowStartMs();

    /**
     * When the window ended.
     *
     * @return milliseconds since the epoch; 0 if the window is still open, which happens to a device that moves, but
     *     not with a data directory: there, records come when their window is durable.
     */
    long windowEndMs();

    /**
     * Operations for publishing.
     *
     * @return 0 or more.
     */
    long publishOperations();

    /**
     * Operations for attempts to deliver to subscribed devices.
     *
     * @return 0 or more.
     */
    long subscribeOperations();
}
