package io.eventrouter.routing;

import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.metering.UsageMeter;
import io.eventrouter.ownership.DeviceTable;
import io.eventrouter.ownership.ScopeTable;
import io.eventrouter.status.RouterCounter;
import org.agrona.collections.IntArrayList;

/** Applies how attempts to deliver ended: charges those behind the first, takes devices offline that did not answer. */
final class AttemptResults {
    private final DeviceTable devices;
    private final ScopeTable scopes;
    private final UsageMeter meter;
    private final DeviceChanges changes;
    private final CountBoard counts;
    private final boolean hasOtherLanes;
    private final IntArrayList timedOut = new IntArrayList();

    AttemptResults(
            final DeviceTable devices,
            final ScopeTable scopes,
            final UsageMeter meter,
            final DeviceChanges changes,
            final CountBoard counts,
            final boolean hasOtherLanes) {
        this.devices = devices;
        this.scopes = scopes;
        this.meter = meter;
        this.changes = changes;
        this.counts = counts;
        this.hasOtherLanes = hasOtherLanes;
    }

    /** Apply and forget what handlers answered at once, as pairs of device and ordinal of the outcome. */
    void applyAll(final IntArrayList outcomes, final int operationsPerAttempt) {
        for (int i = 0; i < outcomes.size(); i += 2) {
            apply(outcomes.getInt(i), AttemptOutcome.of(outcomes.getInt(i + 1)), operationsPerAttempt);
        }
        outcomes.clear();
    }

    void apply(final int device, final AttemptOutcome outcome, final int operationsPerAttempt) {
        final int payer = scopes.payer(devices.owner(device), devices.standingProduct(device));
        if (payer != 0 && !scopes.isPaused(payer)) {
            meter.countSubscribe(device, (outcome.attempts() - 1) * operationsPerAttempt);
        }
        if (outcome == AttemptOutcome.FAILED && devices.isOnline(device)) {
            counts.increment(RouterCounter.DEVICES_TIMED_OUT);
            changes.online(device, false);
            if (hasOtherLanes) {
                timedOut.addInt(device);
            }
        }
    }

    /** Devices that went offline here, if there are other lanes, which do not know yet; for the caller to take. */
    IntArrayList timedOut() {
        return timedOut;
    }
}
