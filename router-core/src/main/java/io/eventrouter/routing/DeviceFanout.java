package io.eventrouter.routing;

import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.matching.DeviceSubscriptions;
import io.eventrouter.matching.HashedName;
import io.eventrouter.matching.Reach;
import io.eventrouter.matching.SubscriberCursor;
import io.eventrouter.matching.SubscriberWalk;
import io.eventrouter.memory.HandleSet;
import io.eventrouter.metering.UsageMeter;
import io.eventrouter.ownership.DeviceTable;
import io.eventrouter.ownership.ScopeTable;
import io.eventrouter.status.RouterCounter;
import org.agrona.collections.IntArrayList;

/** Delivers an event to the devices that subscribed to it; the source is docs/routing-rules.md, section 4. */
final class DeviceFanout {
    private final DeviceTable devices;
    private final ScopeTable scopes;
    private final DeviceSubscriptions subscriptions;
    private final SubscriberCursor cursor;
    private final DeliveryPolicy policy;
    private final UsageMeter meter;
    private final CurrentDelivery delivery;
    private final CountBoard counts;
    private final PendingFanOuts pending;
    private final IntArrayList outcomes = new IntArrayList();

    DeviceFanout(
            final DeviceTable devices,
            final ScopeTable scopes,
            final DeviceSubscriptions subscriptions,
            final SubscriberCursor cursor,
            final DeliveryPolicy policy,
            final UsageMeter meter,
            final CurrentDelivery delivery,
            final CountBoard counts,
            final PendingFanOuts pending) {
        this.devices = devices;
        this.scopes = scopes;
        this.subscriptions = subscriptions;
        this.cursor = cursor;
        this.policy = policy;
        this.meter = meter;
        this.delivery = delivery;
        this.counts = counts;
        this.pending = pending;
    }

    /** Deliver to the devices in an entry of the owner's or the product's scope. */
    void deliver(final CurrentEvent event, final int scope, final int entry) {
        if (scope == event.ownerOfHearingDevices) {
            deliverToDevicesOfOwner(event, entry);
        } else {
            deliverToMembers(event, entry);
        }
    }

    /** The outcomes that the handler knew at once, as pairs of device and ordinal; the caller takes them. */
    IntArrayList outcomes() {
        return outcomes;
    }

    /** Whether the event is for subscribed devices of the owner or product that a device is in. */
    boolean hears(final CurrentEvent event, final int device) {
        return isOfOwner(event, device) || isMember(event, device);
    }

    /** Deliver to some devices of a walk that are not settled, and settle them. */
    void deliverSlice(
            final CurrentEvent event, final SubscriberWalk walk, final HandleSet settled, final int maxDevices) {
        int left = maxDevices;
        while (left > 0 && walk.enter()) {
            left = walk.scope() == event.ownerOfHearingDevices
                    ? deliverSliceToDevicesOfOwner(event, walk, settled, left)
                    : deliverSliceToMembers(event, walk, settled, left);
        }
    }

    /** Deliver to one device, if it is among those that the event is for. */
    void deliverTo(final CurrentEvent event, final HashedName name, final int device) {
        if (isOfOwner(event, device)) {
            final int reach = subscriptions.reach(device, event.ownerOfHearingDevices, name);
            deliverToDeviceOfOwner(device, reach, event.payloadLength(), event.operations());
        } else if (isMember(event, device)) {
            final int reach = subscriptions.reach(device, event.product, name);
            if (Reach.isClaimed(reach) && policy.isForUnclaimedOnly(event.origin())) {
                return;
            }
            final boolean paused = scopes.isPaused(scopes.account(event.product));
            final int operations = event.operations();
            if (deliverToMember(device, reach, event.payloadLength(), operations, paused)) {
                countMembers(event, 1, operations);
            }
        }
    }

    private boolean isOfOwner(final CurrentEvent event, final int device) {
        return event.ownerOfHearingDevices != 0 && devices.owner(device) == event.ownerOfHearingDevices;
    }

    private boolean isMember(final CurrentEvent event, final int device) {
        return event.product != 0
                && policy.hearsThroughProduct(event.origin())
                && devices.standingProduct(device) == event.product;
    }

    private void deliverToDevicesOfOwner(final CurrentEvent event, final int entry) {
        final int payloadLength = event.payloadLength();
        final int operations = event.operations();
        final long sequence = event.sequence();
        final boolean othersPend = pending.isAnyBefore(sequence);
        for (cursor.enter(entry); cursor.advance(); ) {
            final int device = cursor.subscriber();
            if (othersPend) {
                pending.settleBefore(sequence, device);
            }
            deliverToDeviceOfOwner(device, cursor.reach(), payloadLength, operations);
        }
    }

    private int deliverSliceToDevicesOfOwner(
            final CurrentEvent event, final SubscriberWalk walk, final HandleSet settled, final int maxDevices) {
        final int payloadLength = event.payloadLength();
        final int operations = event.operations();
        final long sequence = event.sequence();
        final boolean othersPend = pending.isAnyBefore(sequence);
        int left = maxDevices;
        for (; left > 0 && walk.advance(); left--) {
            final int device = walk.subscriber();
            if (Reach.isShadowed(walk.reach()) || !settled.add(device)) {
                continue;
            }
            if (othersPend) {
                pending.settleBefore(sequence, device);
            }
            deliverToDeviceOfOwner(device, walk.reach(), payloadLength, operations);
        }
        return left;
    }

    private void deliverToMembers(final CurrentEvent event, final int entry) {
        final int payloadLength = event.payloadLength();
        final int operations = event.operations();
        final int owner = event.ownerOfHearingDevices;
        final boolean onlyUnclaimed = policy.isForUnclaimedOnly(event.origin());
        final boolean paused = scopes.isPaused(scopes.account(event.product));
        final long sequence = event.sequence();
        final boolean othersPend = pending.isAnyBefore(sequence);
        long delivered = 0;
        for (cursor.enter(entry); cursor.advance(); ) {
            final int device = cursor.subscriber();
            if (isNotMeant(device, cursor.reach(), owner, onlyUnclaimed)) {
                continue;
            }
            if (othersPend) {
                pending.settleBefore(sequence, device);
            }
            delivered += deliverToMember(device, cursor.reach(), payloadLength, operations, paused) ? 1 : 0;
        }
        countMembers(event, delivered, operations);
    }

    private int deliverSliceToMembers(
            final CurrentEvent event, final SubscriberWalk walk, final HandleSet settled, final int maxDevices) {
        final int payloadLength = event.payloadLength();
        final int operations = event.operations();
        final int owner = event.ownerOfHearingDevices;
        final boolean onlyUnclaimed = policy.isForUnclaimedOnly(event.origin());
        final boolean paused = scopes.isPaused(scopes.account(event.product));
        final long sequence = event.sequence();
        final boolean othersPend = pending.isAnyBefore(sequence);
        long delivered = 0;
        int left = maxDevices;
        for (; left > 0 && walk.advance(); left--) {
            final int device = walk.subscriber();
            final int reach = walk.reach();
            if (Reach.isShadowed(reach) || isNotMeant(device, reach, owner, onlyUnclaimed) || !settled.add(device)) {
                continue;
            }
            if (othersPend) {
                pending.settleBefore(sequence, device);
            }
            delivered += deliverToMember(device, walk.reach(), payloadLength, operations, paused) ? 1 : 0;
        }
        countMembers(event, delivered, operations);
        return left;
    }

    private void deliverToDeviceOfOwner(
            final int device, final int reach, final int payloadLength, final int operations) {
        final int maxPayloadLength = Reach.maxPayloadLength(reach);
        if (payloadLength > maxPayloadLength) {
            skip(maxPayloadLength);
        } else if (isPayerPaused(device)) {
            skipPaused();
        } else {
            counts.increment(RouterCounter.DEVICES_MATCHED);
            if (handOver(device, operations)) {
                meter.countSubscribe(device, operations);
            }
        }
    }

    // The claimed ones of the event's owner have it already, through the owner's scope.
    private boolean isNotMeant(final int device, final int reach, final int owner, final boolean onlyUnclaimed) {
        return Reach.isClaimed(reach) && (onlyUnclaimed || owner != 0 && devices.owner(device) == owner);
    }

    /** Whether an attempt was made, which is counted for the device but not yet for product and account. */
    private boolean deliverToMember(
            final int device, final int reach, final int payloadLength, final int operations, final boolean paused) {
        final int maxPayloadLength = Reach.maxPayloadLength(reach);
        if (payloadLength > maxPayloadLength) {
            skip(maxPayloadLength);
            return false;
        }
        if (paused) {
            skipPaused();
            return false;
        }
        if (!handOver(device, operations)) {
            counts.increment(RouterCounter.DEVICES_MATCHED);
            return false;
        }
        meter.countSubscribeOfMember(device, operations);
        return true;
    }

    private void countMembers(final CurrentEvent event, final long delivered, final int operations) {
        if (delivered != 0) {
            counts.add(RouterCounter.DEVICES_MATCHED, delivered);
            meter.countSubscribeOfProduct(event.product, delivered * operations);
        }
    }

    /** Deliver a system event: to the device that it is about, if that subscribed to it. */
    void deliverToConcernedDevice(final CurrentEvent event, final HashedName name) {
        final int device = event.device;
        if (device == 0 || !sharesScope(event, device) || !subscriptions.matches(device, name)) {
            return;
        }
        pending.settleBefore(event.sequence(), device);
        if (!devices.isOnline(device)) {
            skip(Reach.OFFLINE);
        } else if (event.payloadLength() > devices.maxEventSize(device)) {
            skip(devices.maxEventSize(device));
        } else if (isPayerPaused(device)) {
            skipPaused();
        } else {
            counts.increment(RouterCounter.DEVICES_MATCHED);
            handOver(device, event.operations());
        }
    }

    private boolean isPayerPaused(final int device) {
        return scopes.isPaused(scopes.payer(devices.owner(device), devices.standingProduct(device)));
    }

    private boolean sharesScope(final CurrentEvent event, final int device) {
        if (event.owner != 0) {
            return true;
        }
        return event.product != 0
                && policy.hearsThroughProduct(event.origin())
                && !(policy.isForUnclaimedOnly(event.origin()) && devices.owner(device) != 0);
    }

    /** Whether an attempt was made, which is to be charged. */
    private boolean handOver(final int device, final int operations) {
        final AttemptOutcome outcome = delivery.toDevice(device, operations);
        if (outcome == null || outcome.attempts() == 1) {
            return true;
        }
        if (outcome == AttemptOutcome.NOT_ATTEMPTED) {
            return false;
        }
        outcomes.addInt(device);
        outcomes.addInt(outcome.ordinal());
        return true;
    }

    private void skip(final int maxPayloadLength) {
        if (maxPayloadLength != Reach.SHADOWED) {
            counts.increment(RouterCounter.DEVICES_MATCHED);
            counts.increment(
                    maxPayloadLength == Reach.OFFLINE
                            ? RouterCounter.DEVICES_SKIPPED_OFFLINE
                            : RouterCounter.DEVICES_SKIPPED_TOO_LARGE);
        }
    }

    private void skipPaused() {
        counts.increment(RouterCounter.DEVICES_MATCHED);
        counts.increment(RouterCounter.DEVICES_SKIPPED_PAUSED);
    }
}
