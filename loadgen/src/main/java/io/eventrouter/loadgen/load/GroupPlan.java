package io.eventrouter.loadgen.load;

import io.eventrouter.identity.EntityId;
import io.eventrouter.loadgen.scenario.Claiming;
import io.eventrouter.loadgen.scenario.DeviceGroup;
import io.eventrouter.loadgen.scenario.SubscriptionPattern;
import io.eventrouter.loadgen.scenario.Template;
import java.util.Arrays;

/**
 * Where the devices of one group are: devices, products and owners have numbers in the whole fleet; a device also has
 * an index in its group. All of it is computed, nothing is kept for each device.
 *
 * <p>Immutable.
 */
final class GroupPlan {
    final DeviceGroup group;
    final int firstDevice;

    private final int number;
    private final long seed;
    private final int firstProduct;
    private final int[] starts;
    private final int[] firstOwners;
    private final int claimed;
    private final Selection online;
    private final Selection[] subscribed;

    /**
     * Plan a group.
     *
     * @param group to plan.
     * @param number of the group.
     * @param seed of everything random.
     * @param firstDevice number of its first device.
     * @param firstProduct number of the first of its products, or -1 if it is in none.
     * @param firstOwner number of its first customer or developer.
     */
    GroupPlan(
            final DeviceGroup group,
            final int number,
            final long seed,
            final int firstDevice,
            final int firstProduct,
            final int firstOwner) {
        this.group = group;
        this.number = number;
        this.seed = Mixing.mix(seed, number + 1L);
        this.firstDevice = firstDevice;
        this.firstProduct = firstProduct;
        this.claimed = group.claimedCount();
        this.starts = group.spread()
                .starts(group.count(), group.product().map(p -> p.totalCount()).orElse(1));
        this.firstOwners = firstOwners(firstOwner);
        this.online = new Selection(group.count(), group.onlineCount(), Mixing.mix(this.seed, -1));
        this.subscribed = group.subscriptions().stream().map(this::subscribers).toArray(Selection[]::new);
    }

    private int[] firstOwners(final int firstOwner) {
        final int[] owners = new int[starts.length];
        owners[0] = firstOwner;
        for (int i = 1; i < starts.length; i++) {
            owners[i] = owners[i - 1] + (hasOwnersOfItsOwn() ? ownersIn(i - 1) : 0);
        }
        return owners;
    }

    private Selection subscribers(final SubscriptionPattern pattern) {
        final int chosen = (int) Math.round(group.count() * pattern.share());
        return new Selection(
                group.count(), chosen, Mixing.mix(seed, pattern.prefix().hashCode()));
    }

    int number() {
        return number;
    }

    int count() {
        return group.count();
    }

    int parts() {
        return starts.length - 1;
    }

    int startOf(final int part) {
        return starts[part];
    }

    /** Which of the group's products a device is in. */
    int partOf(final int index) {
        int found = Arrays.binarySearch(starts, index);
        if (found < 0) {
            return -found - 2;
        }
        while (found + 1 < starts.length && starts[found + 1] == index) {
            found++;
        }
        return found;
    }

    boolean isInProduct() {
        return firstProduct >= 0;
    }

    /** Who may pay for devices of the group: its products, or the owners of devices in none. */
    int payers() {
        return isInProduct() || !hasOwnersOfItsOwn() ? parts() : endOfOwners() - firstOwners[0];
    }

    /** Number of a product of the group. */
    int product(final int part) {
        return firstProduct + part;
    }

    boolean isClaimed(final int index) {
        return claimedBefore(index + 1) > claimedBefore(index);
    }

    /** Number of the owner of a claimed device, for groups with owners of their own. */
    int ownerOf(final int index, final int part) {
        final int place = (int) (claimedBefore(index) - claimedBefore(starts[part]));
        return firstOwners[part] + place / group.claiming().devicesPerOwner();
    }

    boolean hasOwnersOfItsOwn() {
        return group.claiming().by() == Claiming.By.CUSTOMERS
                || group.claiming().by() == Claiming.By.DEVELOPERS;
    }

    int firstOwnerOf(final int part) {
        return firstOwners[part];
    }

    /** The number after that of the last owner. */
    int endOfOwners() {
        return firstOwners[starts.length - 1];
    }

    boolean isOnlineAtFirst(final int index) {
        return online.contains(index);
    }

    boolean subscribes(final int index, final int pattern) {
        return subscribed[pattern].contains(index);
    }

    /** The name that a device subscribes to. */
    String prefix(final int index, final int pattern, final int place, final EntityId device) {
        final SubscriptionPattern subscription = group.subscriptions().get(pattern);
        final Template prefix = subscription.prefix();
        final String deviceText = prefix.hasDevice() ? device.toString() : "";
        if (subscription.topics() == 0) {
            return prefix.fill(deviceText, 0);
        }
        final long bits = Mixing.mix(Mixing.mix(seed, prefix.hashCode() + 1L), index);
        final int topic = (Mixing.below(subscription.topics(), bits) + place) % subscription.topics();
        return prefix.fill(deviceText, topic);
    }

    private int ownersIn(final int part) {
        final long inPart = claimedBefore(starts[part + 1]) - claimedBefore(starts[part]);
        final int each = group.claiming().devicesPerOwner();
        return (int) ((inPart + each - 1) / each);
    }

    private long claimedBefore(final int index) {
        return (long) index * claimed / group.count();
    }
}
