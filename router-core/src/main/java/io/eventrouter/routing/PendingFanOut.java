package io.eventrouter.routing;

import io.eventrouter.matching.BatchMatcher;
import io.eventrouter.matching.HashedName;
import io.eventrouter.matching.SubscriberWalk;
import io.eventrouter.memory.HandleSet;
import io.eventrouter.metering.UsageMeter;

/**
 * An event on its way to many devices: a copy of it, and which devices are settled, which means that it was delivered
 * to them or never will be.
 *
 * <p><b>Threading:</b> the routing thread only. Reused from event to event.
 */
final class PendingFanOut {
    private final CurrentEvent event;
    private final DeviceFanout fanout;
    private final AttemptResults results;
    private final UsageMeter meter;
    private final SubscriberWalk walk;
    private final HandleSet settled;
    private final HashedName name;

    /** The account that the event is of; 0 before the first event. */
    int account;

    /** When the account last had its turn. */
    long turn;

    /** The window of usage records that the event is in. */
    private long window;

    PendingFanOut(
            final CurrentEvent event,
            final DeviceFanout fanout,
            final AttemptResults results,
            final UsageMeter meter,
            final SubscriberWalk walk,
            final HandleSet settled,
            final HashedName name) {
        this.event = event;
        this.fanout = fanout;
        this.results = results;
        this.meter = meter;
        this.walk = walk;
        this.settled = settled;
        this.name = name;
    }

    /** Begin with an event, for the devices of its hits. */
    void begin(final CurrentEvent begun, final BatchMatcher matcher, final int firstHit, final int endOfHits) {
        event.copyOf(begun);
        name.wrapBytes(event.nameAddress(), event.nameLength());
        settled.clear();
        window = meter.window();
        walk.begin();
        for (int hit = endOfHits - 1; hit >= firstHit; hit--) {
            if (matcher.isForDevices(hit)) {
                walk.add(matcher.hitEntry(hit));
            }
        }
    }

    long sequence() {
        return event.sequence();
    }

    long window() {
        return window;
    }

    /** Whether an account may pay for devices that the event is for: those of an owner can be in any product. */
    boolean concerns(final int payer) {
        return account == payer || event.ownerOfHearingDevices != 0;
    }

    /** Deliver to some of the devices; false if that was all. */
    boolean deliverSlice(final int maxDevices) {
        final long windowBefore = meter.countInto(window);
        try {
            fanout.deliverSlice(event, walk, settled, maxDevices);
            results.applyAll(fanout.outcomes(), event.operations());
        } finally {
            meter.countInto(windowBefore);
        }
        return !walk.isOver();
    }

    /** The device is about to change: deliver to it before, if the event is for it, and never again. */
    void settleForEver(final int device) {
        if (settled.add(device)) {
            deliverTo(device);
        }
    }

    /** A later event is about to be delivered to the device: deliver this one before, if it is for it. */
    void settle(final int device) {
        if (fanout.hears(event, device) && settled.add(device)) {
            deliverTo(device);
        }
    }

    void end() {
        walk.end();
    }

    long capacity() {
        return settled.capacity();
    }

    void close() {
        settled.close();
    }

    private void deliverTo(final int device) {
        final long windowBefore = meter.countInto(window);
        try {
            fanout.deliverTo(event, name, device);
            results.applyAll(fanout.outcomes(), event.operations());
        } finally {
            meter.countInto(windowBefore);
        }
    }
}
