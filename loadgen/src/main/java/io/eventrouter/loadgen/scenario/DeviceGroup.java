package io.eventrouter.loadgen.scenario;

import java.util.List;
import java.util.Optional;

/**
 * Devices that are alike.
 *
 * @param name of the group.
 * @param count how many there are.
 * @param product the products that they are members of, in good standing; empty for none.
 * @param spread how they are shared out to those products.
 * @param claiming who owns them.
 * @param presence how many are online.
 * @param maxEventSize longest payload that they can receive, in bytes.
 * @param attempts at which deliveries are acknowledged.
 * @param subscriptions of each of them.
 * @param publishes of each of them.
 */
public record DeviceGroup(
        String name,
        int count,
        Optional<ProductGroup> product,
        Skew spread,
        Claiming claiming,
        Presence presence,
        int maxEventSize,
        Attempts attempts,
        List<SubscriptionPattern> subscriptions,
        List<PublishPattern> publishes) {
    public DeviceGroup {
        subscriptions = List.copyOf(subscriptions);
        publishes = List.copyOf(publishes);
    }

    /**
     * How many devices are claimed.
     *
     * @return the number.
     */
    public int claimedCount() {
        return claiming.claimedOf(count);
    }

    /**
     * How many devices are online.
     *
     * @return the number.
     */
    public int onlineCount() {
        return presence.onlineOf(count);
    }

    /** The same devices, but so many. */
    public DeviceGroup withCount(final int newCount) {
        return new DeviceGroup(
                name, newCount, product, spread, claiming, presence, maxEventSize, attempts, subscriptions, publishes);
    }

    /** The same devices with other subscriptions. */
    public DeviceGroup withSubscriptions(final List<SubscriptionPattern> newSubscriptions) {
        return new DeviceGroup(
                name, count, product, spread, claiming, presence, maxEventSize, attempts, newSubscriptions, publishes);
    }
}
