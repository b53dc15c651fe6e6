package io.eventrouter.routing;

import io.eventrouter.matching.DeviceSubscriptions;
import io.eventrouter.matching.HashedName;
import io.eventrouter.matching.Reach;
import io.eventrouter.matching.SubscriberCursor;
import io.eventrouter.matching.SubscriberStretch;
import io.eventrouter.matching.SubscriberWalk;
import io.eventrouter.memory.HandleSet;
import io.eventrouter.metering.UsageMeter;
import io.eventrouter.ownership.DeviceTable;
import io.eventrouter.ownership.ScopeTable;
import io.eventrouter.status.RouterCounter;
import org.agrona.collections.IntArrayList;

/** Delivers an event to the devices that subscribed to it; the source is docs/routing-rules.md, section 4. */
final class DeviceFanout {
    /**
     * So many handles apart, the first and last device of a block at most, if most of what lies between is in it too.
     */
    private static final int NEAR = 4 * Receivers.MAX_DEVICES;

    private final DeviceTable devices;
    private final ScopeTable scopes;
    private final DeviceSubscriptions subscriptions;
    private final SubscriberCursor cursor;
    private final DeliveryPolicy policy;
    private final UsageMeter meter;
    private final Receivers receivers;
    private final CountBoard counts;
    private final PendingFanOuts pending;

    /** Which of the subscribers at hand are to be looked at one by one. */
    private final int[] others = new int[Receivers.MAX_DEVICES];

    /** Keeps the reads ahead alive. */
    private int sink;

    DeviceFanout(
            final DeviceTable devices,
            final ScopeTable scopes,
            final DeviceSubscriptions subscriptions,
            final SubscriberCursor cursor,
            final DeliveryPolicy policy,
            final UsageMeter meter,
            final Receivers receivers,
            final CountBoard counts,
            final PendingFanOuts pending) {
        this.devices = devices;
        this.scopes = scopes;
        this.subscriptions = subscriptions;
        this.cursor = cursor;
        this.policy = policy;
        this.meter = meter;
        this.receivers = receivers;
        this.counts = counts;
        this.pending = pending;
    }

    /** Deliver to the devices in an entry of the owner's or the product's scope: to one, or if that is 0 to several. */
    void deliver(final CurrentEvent event, final int scope, final int entry, final int onlyDevice) {
        final boolean ofOwner = scope == event.ownerOfHearingDevices;
        if (onlyDevice != 0 && !ofOwner && takesLikeMost(event, onlyDevice, subscriptions.reachOfOnly(entry))) {
            deliverToMember(event, onlyDevice);
        } else {
            deliverToEach(event, ofOwner, entry);
        }
    }

    // Nothing but what holds for most members and most events; whatever is in doubt is looked into one by one.
    private boolean takesLikeMost(final CurrentEvent event, final int device, final int reach) {
        return Reach.maxPayloadLength(reach) >= event.payloadLength()
                && !(Reach.isClaimed(reach) && policy.isForUnclaimedOnly(event.origin()))
                && (event.ownerOfHearingDevices == 0 || devices.owner(device) != event.ownerOfHearingDevices)
                && !isAnyHeldBack(event);
    }

    private boolean isAnyHeldBack(final CurrentEvent event) {
        return pending.isAnyBefore(event.sequence()) || scopes.isPaused(scopes.account(event.product));
    }

    private void deliverToMember(final CurrentEvent event, final int device) {
        if (receivers.handOverTo(device, event.operations())) {
            meter.countSubscribeOfMember(device, event.product, event.operations());
        }
    }

    private void deliverToEach(final CurrentEvent event, final boolean ofOwner, final int entry) {
        int members = 0;
        for (cursor.enter(entry); cursor.advance(Receivers.MAX_DEVICES); ) {
            members += deliver(event, ofOwner, cursor.stretch(), null);
        }
        countMembers(event, members);
    }

    /** The outcomes that the handler knew at once, as pairs of device and ordinal; the caller takes them. */
    IntArrayList outcomes() {
        return receivers.outcomes();
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
            final boolean ofOwner = walk.scope() == event.ownerOfHearingDevices;
            int members = 0;
            while (left > 0 && walk.advance(Math.min(left, Receivers.MAX_DEVICES))) {
                members += deliver(event, ofOwner, walk.stretch(), settled);
                left -= walk.stretch().length();
            }
            countMembers(event, members);
        }
    }

    /** Deliver to one device, if it is among those that the event is for. */
    void deliverTo(final CurrentEvent event, final HashedName name, final int device) {
        if (isOfOwner(event, device)) {
            receivers.count = 0;
            takeIfReached(event, device, subscriptions.reach(device, event.ownerOfHearingDevices, name));
            receivers.deliverToDevicesOfOwner(event.operations());
        } else if (isMember(event, device)) {
            final int reach = subscriptions.reach(device, event.product, name);
            if (Reach.isClaimed(reach) && policy.isForUnclaimedOnly(event.origin())) {
                return;
            }
            receivers.count = 0;
            takeIfReached(event, device, reach);
            countMembers(event, receivers.deliverToMembers(event.operations()));
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

    /** How many members of the product were charged; product and account are not yet. */
    private int deliver(
            final CurrentEvent event, final boolean ofOwner, final SubscriberStretch stretch, final HandleSet settled) {
        receivers.count = 0;
        if (ofOwner) {
            takeEach(event, true, stretch, settled);
            receivers.deliverToDevicesOfOwner(event.operations());
            return 0;
        }
        if (isAnyHeldBack(event)) {
            takeEach(event, false, stretch, settled);
        } else {
            takeTogether(event, stretch, settled);
        }
        return receivers.deliverToMembers(event.operations());
    }

    // Most members take most events, and nothing but that is looked at in the loops here.
    private void takeTogether(final CurrentEvent event, final SubscriberStretch stretch, final HandleSet settled) {
        final boolean onlyUnclaimed = policy.isForUnclaimedOnly(event.origin());
        final int[] taken = receivers.devices;
        final int takers = stretch.divide(event.payloadLength(), onlyUnclaimed, taken, others);
        int count = takers;
        if (event.ownerOfHearingDevices != 0) {
            count = devices.removeThoseOf(event.ownerOfHearingDevices, taken, count);
        } else if (areScattered(taken, count)) {
            sink += devices.warm(taken, count);
        }
        receivers.count = settled == null ? count : settled.addAll(taken, count);
        for (int i = stretch.length() - takers - 1; i >= 0; i--) {
            take(event, false, stretch, others[i], settled);
        }
    }

    // Records that lie in the order in which they are read, the processor reads ahead by itself, behind other work. Of
    // others it would wait for nearly every one.
    private static boolean areScattered(final int[] handles, final int count) {
        return count > 1 && Math.abs(handles[count - 1] - handles[0]) > NEAR;
    }

    private void takeEach(
            final CurrentEvent event, final boolean ofOwner, final SubscriberStretch stretch, final HandleSet settled) {
        for (int i = 0; i < stretch.length(); i++) {
            take(event, ofOwner, stretch, i, settled);
        }
    }

    private void take(
            final CurrentEvent event,
            final boolean ofOwner,
            final SubscriberStretch stretch,
            final int index,
            final HandleSet settled) {
        final int device = stretch.subscriber(index);
        final int reach = stretch.reach(index);
        if (Reach.isShadowed(reach)
                || !ofOwner && isNotMeant(event, device, reach)
                || settled != null && !settled.add(device)) {
            return;
        }
        pending.settleBefore(event.sequence(), device);
        takeIfReached(event, device, stretch.reach(index));
    }

    private void takeIfReached(final CurrentEvent event, final int device, final int reach) {
        final int maxPayloadLength = Reach.maxPayloadLength(reach);
        if (event.payloadLength() > maxPayloadLength) {
            skip(maxPayloadLength);
        } else if (isPayerPaused(device)) {
            skipPaused();
        } else {
            receivers.add(device);
        }
    }

    // The claimed ones of the event's owner have it already, through the owner's scope.
    private boolean isNotMeant(final CurrentEvent event, final int device, final int reach) {
        final int owner = event.ownerOfHearingDevices;
        return Reach.isClaimed(reach)
                && (policy.isForUnclaimedOnly(event.origin()) || owner != 0 && devices.owner(device) == owner);
    }

    private void countMembers(final CurrentEvent event, final long delivered) {
        if (delivered != 0) {
            meter.countSubscribeOfProduct(event.product, delivered * event.operations());
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
            receivers.count = 0;
            receivers.add(device);
            receivers.handOver(event.operations());
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
