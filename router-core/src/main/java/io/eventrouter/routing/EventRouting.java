package io.eventrouter.routing;

import io.eventrouter.event.EventOrigin;
import io.eventrouter.event.PublishResult;
import io.eventrouter.event.RefusalHandler;
import io.eventrouter.limits.PublishAdmission;
import io.eventrouter.matching.BatchMatcher;
import io.eventrouter.matching.HashedName;
import io.eventrouter.metering.UsageMeter;
import io.eventrouter.ownership.ScopeTable;
import io.eventrouter.status.RouterCounter;
import org.agrona.ErrorHandler;

/**
 * Routes events: gathers them, looks up what a batch of them needs, charges their publishers and delivers each in its
 * turn.
 *
 * <p><b>Threading:</b> the routing thread only, but for {@link #stop()} and {@link #isStopped()}, and for whoever
 * closes the router, who counts what that thread has left.
 */
public final class EventRouting {
    private final EventBatch batch = new EventBatch();
    private final CurrentEvent event;
    private final BatchLookup lookup;
    private final BatchMatcher matcher;
    private final HashedName name;
    private final ScopeTable scopes;
    private final PublishAdmission publishAdmission;
    private final boolean publishingIsLimited;
    private final UsageMeter meter;
    private final DeviceFanout deviceFanout;
    private final ServiceFanout serviceFanout;
    private final PendingFanOuts pending;
    private final AttemptResults results;
    private final RefusalHandler refusalHandler;
    private final ErrorHandler errorHandler;
    private final CountBoard counts;
    private volatile boolean stopped;
    private int nextHit;

    EventRouting(
            final CurrentEvent event,
            final BatchLookup lookup,
            final BatchMatcher matcher,
            final HashedName name,
            final ScopeTable scopes,
            final PublishAdmission publishAdmission,
            final UsageMeter meter,
            final DeviceFanout deviceFanout,
            final ServiceFanout serviceFanout,
            final PendingFanOuts pending,
            final AttemptResults results,
            final RoutingCore.Handlers handlers,
            final CountBoard counts) {
        this.event = event;
        this.lookup = lookup;
        this.matcher = matcher;
        this.name = name;
        this.scopes = scopes;
        this.publishAdmission = publishAdmission;
        this.publishingIsLimited = publishAdmission.isLimited();
        this.meter = meter;
        this.deviceFanout = deviceFanout;
        this.serviceFanout = serviceFanout;
        this.pending = pending;
        this.results = results;
        this.refusalHandler = handlers.refusal();
        this.errorHandler = handlers.error();
        this.counts = counts;
    }

    /**
     * Take in an event that is to be routed. Commands may be applied, and reports too, only after
     * {@link #routeEvents()}.
     *
     * @param address of the event, laid out as {@link SlotLayout} says.
     * @param sequence of the event.
     */
    public void onEvent(final long address, final long sequence) {
        batch.add(address, sequence);
        if (batch.isFull()) {
            routeEvents();
        }
    }

    /** Route the events that were taken in: find their scopes, charge their publishers, deliver them. */
    public void routeEvents() {
        while (batch.count != 0 && !stopped) {
            final int count = lookUp();
            nextHit = 0;
            while (batch.begun < count && !stopped) {
                try {
                    route(batch.begun++);
                } catch (final Throwable problem) {
                    onFailure();
                    errorHandler.onError(problem);
                }
            }
            batch.removeFirst(batch.begun);
        }
    }

    /** Begin with no other event. Any thread may call it; the event that is being routed goes on. */
    public void stop() {
        stopped = true;
    }

    /**
     * Whether no other event will be begun.
     *
     * @return true once {@link #stop} was called.
     */
    public boolean isStopped() {
        return stopped;
    }

    /**
     * Events that have been begun and are not done with.
     *
     * @return their number.
     */
    public int inDelivery() {
        return pending.size() + (batch.begun > 0 ? 1 : 0);
    }

    /**
     * The first event that was taken in and has not begun to be routed.
     *
     * @return its sequence, or -1 if there is none.
     */
    public long firstWaiting() {
        return batch.begun < batch.count ? EventBatch.sequence(batch.record(batch.begun)) : -1;
    }

    /**
     * Whether there are events that have not been delivered to all of their devices.
     *
     * @return true if there are.
     */
    public boolean hasPendingFanOuts() {
        return !pending.isEmpty();
    }

    /**
     * The first event that has not been delivered to all of its devices; there must be one.
     *
     * @return its sequence.
     */
    public long firstPendingSequence() {
        return pending.firstSequence();
    }

    /** Deliver everything that is pending, unless the router is stopped meanwhile. */
    public void finishFanOuts() {
        while (!pending.isEmpty() && !stopped) {
            continueFanOuts();
        }
    }

    /** Route what was taken in, and deliver one slice of the fan-outs that are pending. */
    public void continueFanOuts() {
        routeEvents();
        try {
            pending.deliverSlice();
        } catch (final Throwable problem) {
            onFailure();
            errorHandler.onError(problem);
        }
    }

    /** An event or report was taken from the ring and could not be handled because of a fault in the router. */
    public void onFailure() {
        counts.increment(RouterCounter.ROUTING_FAILURES);
    }

    // A fault here must not leave the batch as it is: the same events would be met again for ever.
    private int lookUp() {
        try {
            return lookup.lookUp(batch);
        } catch (final Throwable problem) {
            counts.add(RouterCounter.ROUTING_FAILURES, batch.count);
            batch.removeFirst(batch.count);
            errorHandler.onError(problem);
            return 0;
        }
    }

    private void route(final int index) {
        final int firstHit = nextHit;
        final long record = batch.record(index);
        nextHit += EventBatch.hits(record);
        deviceFanout.outcomes().clear();
        event.wrap(record);
        final long result = publishingIsLimited ? admissible(EventBatch.result(record)) : EventBatch.result(record);
        if (result < 0) {
            refuse(result);
            return;
        }
        final boolean isPaused = scopes.isPaused(event.payer);
        final boolean isSliced =
                result == ScopeResolver.ROUTED && !isPaused && pending.isTooLong(EventBatch.receivers(record));
        if (isSliced && !pending.hasRoomFor(event)) {
            refuse(PublishResult.TOO_MANY_PENDING_FAN_OUTS);
            return;
        }
        counts.increment(RouterCounter.EVENTS_ACCEPTED);
        if (publishingIsLimited) {
            publishAdmission.admit(publishingDevice(), event.payer, event.publishedAtMs());
        }
        if (result == ScopeResolver.UNROUTABLE) {
            counts.increment(RouterCounter.EVENTS_UNROUTABLE);
            return;
        }
        if (isPaused) {
            counts.increment(RouterCounter.EVENTS_DROPPED_PAUSED);
            return;
        }
        counts.increment(RouterCounter.EVENTS_ROUTED);
        if (event.origin() == EventOrigin.DEVICE) {
            meter.countPublish(event.device, event.product, event.payer, event.operations());
        }
        deliver(firstHit, nextHit, isSliced);
        // Behind the event, not inside it: a device that goes offline must not change the lists that are being walked.
        if (!deviceFanout.outcomes().isEmpty()) {
            results.applyAll(deviceFanout.outcomes(), event.operations());
        }
    }

    // The result of an event that its rates let in, or the code for which it is refused.
    private long admissible(final long result) {
        if (result < 0) {
            return result;
        }
        final long refusal = publishAdmission.check(publishingDevice(), event.payer, event.publishedAtMs());
        return refusal == 0 ? result : refusal;
    }

    private int publishingDevice() {
        return event.origin() == EventOrigin.DEVICE ? event.device : 0;
    }

    private void deliver(final int firstHit, final int endOfHits, final boolean isSliced) {
        if (event.isSystemEvent()) {
            name.wrapBytes(event.nameAddress(), event.nameLength());
            deviceFanout.deliverToConcernedDevice(event, name);
        }
        serviceFanout.deliverToStreamsOfEverything(event);
        for (int hit = firstHit; hit < endOfHits; hit++) {
            if (!matcher.isForDevices(hit)) {
                serviceFanout.deliver(event, matcher.hitEntry(hit));
            } else if (!isSliced) {
                deviceFanout.deliver(event, matcher.hitScope(hit), matcher.hitEntry(hit), matcher.hitDevice(hit));
            }
        }
        if (isSliced) {
            pending.add(event, matcher, firstHit, endOfHits);
        }
    }

    private void refuse(final long result) {
        counts.increment(RouterCounter.ofRefusal(result));
        try {
            refusalHandler.onRefused(event, result);
        } catch (final Throwable problem) {
            errorHandler.onError(problem);
        }
    }
}
