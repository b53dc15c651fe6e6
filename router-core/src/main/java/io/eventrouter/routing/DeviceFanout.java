package io.eventrouter.routing;

import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.matching.DeviceSubscriptions;
import io.eventrouter.matching.HashedName;
import io.eventrouter.matching.Reach;
import io.eventrouter.matching.SubscriberCursor;
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
    private final IntArrayList outcomes = new IntArrayList();

    DeviceFanout(
            final DeviceTable devices,
            final ScopeTable scopes,
            final DeviceSubscriptions subscriptions,
            final SubscriberCursor cursor,
            final DeliveryPolicy policy,
            final UsageMeter meter,
            final CurrentDelivery delivery,
            final CountBoard counts) {
        this.devices = devices;
        this.scopes = scopes;
        this.subscriptions = subscriptions;
        this.cursor = cursor;
        this.policy = policy;
        this.meter = meter;
        this.delivery = delivery;
        this.counts = counts;
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

    private void deliverToDevicesOfOwner(final CurrentEvent event, final int entry) {
        final int payloadLength = event.payloadLength();
        final int operations = event.operations();
        for (cursor.enter(entry); cursor.advance(); ) {
            final int device = cursor.subscriber();
            final int maxPayloadLength = Reach.maxPayloadLength(cursor.reach());
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
    }

    private void deliverToMembers(final CurrentEvent event, final int entry) {
        final int payloadLength = event.payloadLength();
        final int operations = event.operations();
        final int owner = event.ownerOfHearingDevices;
        final boolean onlyUnclaimed = policy.isForUnclaimedOnly(event.origin());
        final boolean paused = scopes.isPaused(scopes.account(event.product));
        long matched = 0;
        long attempted = 0;
        for (cursor.enter(entry); cursor.advance(); ) {
            final int device = cursor.subscriber();
            final int reach = cursor.reach();
            // The claimed ones of the event's owner have it already, through the owner's scope.
            if (Reach.isClaimed(reach) && (onlyUnclaimed || owner != 0 && devices.owner(device) == owner)) {
                continue;
            }
            if (payloadLength > Reach.maxPayloadLength(reach)) {
                skip(Reach.maxPayloadLength(reach));
            } else if (paused) {
                skipPaused();
            } else {
                matched++;
                if (handOver(device, operations)) {
                    attempted++;
                    meter.countSubscribeOfMember(device, operations);
                }
            }
        }
        if (matched != 0) {
            counts.add(RouterCounter.DEVICES_MATCHED, matched);
            meter.countSubscribeOfProduct(event.product, attempted * operations);
        }
    }

    /** Deliver a system event: to the device that it is about, if that subscribed to it. */
    void deliverToConcernedDevice(final CurrentEvent event, final HashedName name) {
        final int device = event.device;
        if (device == 0 || !sharesScope(event, device) || !subscriptions.matches(device, name)) {
            return;
        }
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
