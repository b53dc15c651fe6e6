package io.eventrouter.routing;

import io.eventrouter.limits.CommandAdmission;
import io.eventrouter.matching.DeviceSubscriptions;
import io.eventrouter.metering.UsageMeter;
import io.eventrouter.ownership.DeviceFlags;
import io.eventrouter.ownership.DeviceTable;
import io.eventrouter.ownership.ScopeTable;

/** Changes what a device is, and lets its subscriptions and its bill follow in the same step. */
final class DeviceChanges {
    private final DeviceTable devices;
    private final ScopeTable scopes;
    private final DeviceSubscriptions subscriptions;
    private final UsageMeter meter;
    private final CommandAdmission admission;

    DeviceChanges(
            final DeviceTable devices,
            final ScopeTable scopes,
            final DeviceSubscriptions subscriptions,
            final UsageMeter meter,
            final CommandAdmission admission) {
        this.devices = devices;
        this.scopes = scopes;
        this.subscriptions = subscriptions;
        this.meter = meter;
        this.admission = admission;
    }

    void owner(final int device, final int owner) {
        change(device, owner, devices.product(device), devices.flags(device));
    }

    void product(final int device, final int product) {
        change(device, devices.owner(device), product, devices.flags(device));
    }

    void leaveProduct(final int device) {
        final int flags = devices.flags(device) & ~(DeviceFlags.QUARANTINED | DeviceFlags.DENIED);
        change(device, devices.owner(device), 0, flags);
    }

    void flags(final int device, final int flags) {
        change(device, devices.owner(device), devices.product(device), flags);
    }

    void online(final int device, final boolean online) {
        if (devices.isOnline(device) != online) {
            devices.flags(device, devices.flags(device) ^ DeviceFlags.ONLINE);
            subscriptions.refresh(device);
        }
    }

    void maxEventSize(final int device, final int maxEventSize) {
        devices.maxEventSize(device, maxEventSize);
        subscriptions.refresh(device);
    }

    // What can fail comes first, so that a change is made wholly or not at all.
    private void change(final int device, final int owner, final int product, final int flags) {
        final int oldOwner = devices.owner(device);
        final int oldStanding = devices.standingProduct(device);
        final boolean standing = (flags & (DeviceFlags.QUARANTINED | DeviceFlags.DENIED)) == 0;
        final int newStanding = standing ? product : 0;
        final boolean moves = owner != oldOwner || newStanding != oldStanding;
        if (moves) {
            subscriptions.enter(device, owner, newStanding);
        }
        if (newStanding != oldStanding || scopes.payer(owner, newStanding) != scopes.payer(oldOwner, oldStanding)) {
            meter.settle(device);
        }
        admission.deviceMoved(oldOwner, owner);
        admission.deviceMoved(devices.product(device), product);
        devices.owner(device, owner);
        devices.product(device, product);
        devices.flags(device, flags);
        if (moves) {
            subscriptions.leave(device);
        }
    }
}
