package io.eventrouter.routing;

import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.metering.UsageMeter;
import io.eventrouter.status.RouterCounter;
import org.agrona.collections.IntArrayList;

/**
 * Some devices that an event is to be handed to. They are handed it one after the other, and then those that it was
 * attempted for are charged: three short loops, of choosing, handing over and charging, which each keep in registers
 * what one long loop around the handler's call reads again for every device.
 *
 * <p><b>Threading:</b> the routing thread only. Reused from some to the next.
 */
final class Receivers {
    /**
     * So many that the reads of their records wait together, so few that all records are still in the cache when
     * charged.
     */
    static final int MAX_DEVICES = 64;

    private final CurrentDelivery delivery;
    private final UsageMeter meter;
    private final CountBoard counts;
    private final IntArrayList outcomes = new IntArrayList();

    /** The devices, from the first; after the event was handed over, those that it was attempted for. */
    final int[] devices = new int[MAX_DEVICES];

    int count;

    Receivers(final CurrentDelivery delivery, final UsageMeter meter, final CountBoard counts) {
        this.delivery = delivery;
        this.meter = meter;
        this.counts = counts;
    }

    void add(final int device) {
        devices[count++] = device;
    }

    /** The outcomes that the handler knew at once, as pairs of device and ordinal; the caller takes them. */
    IntArrayList outcomes() {
        return outcomes;
    }

    /** Hand the event over to devices of an owner, which may be in any product, and charge each. */
    void deliverToDevicesOfOwner(final int operations) {
        handOver(operations);
        for (int i = 0; i < count; i++) {
            meter.countSubscribe(devices[i], operations);
        }
    }

    /**
     * Hand the event over to devices in good standing in a product; how many are charged, but not yet product and
     * account.
     */
    int deliverToMembers(final int operations) {
        handOver(operations);
        meter.countSubscribeOfMembers(devices, count, operations);
        return count;
    }

    /** Hand the event over, without charging anybody. */
    void handOver(final int operations) {
        final int[] handed = devices;
        final int matched = count;
        int attempted = 0;
        delivery.beginDevices(operations);
        for (int i = 0; i < matched; i++) {
            final int device = handed[i];
            if (isAttempted(device, delivery.toDevice(device))) {
                handed[attempted++] = device;
            }
        }
        count = attempted;
        counts.add(RouterCounter.DEVICES_MATCHED, matched);
        counts.add(RouterCounter.DELIVERIES_TO_DEVICES, attempted);
        counts.add(RouterCounter.DEVICES_SKIPPED_NOT_ATTEMPTED, matched - attempted);
    }

    /** Hand the event over to one device, without charging it; returns whether it was attempted. */
    boolean handOverTo(final int device, final int operations) {
        delivery.beginDevices(operations);
        final boolean attempted = isAttempted(device, delivery.toDevice(device));
        counts.increment(RouterCounter.DEVICES_MATCHED);
        counts.increment(attempted ? RouterCounter.DELIVERIES_TO_DEVICES : RouterCounter.DEVICES_SKIPPED_NOT_ATTEMPTED);
        return attempted;
    }

    // The first comparison is with a constant, and all that there is to do for a handler that always answers the same.
    private boolean isAttempted(final int device, final AttemptOutcome outcome) {
        if (outcome == AttemptOutcome.PENDING || outcome == null || outcome.attempts() == 1) {
            return true;
        }
        if (outcome == AttemptOutcome.NOT_ATTEMPTED) {
            return false;
        }
        outcomes.addInt(device);
        outcomes.addInt(outcome.ordinal());
        return true;
    }
}
