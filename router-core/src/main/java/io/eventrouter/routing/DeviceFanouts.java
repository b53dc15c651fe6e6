package io.eventrouter.routing;

import io.eventrouter.matching.DeviceSubscriptions;
import io.eventrouter.matching.HashedName;
import io.eventrouter.matching.ServiceSubscribers;
import io.eventrouter.matching.SubscriberCursor;
import io.eventrouter.matching.SubscriberWalk;
import io.eventrouter.memory.AlignedBuffer;
import io.eventrouter.memory.BlockMemory;
import io.eventrouter.memory.HandleSet;
import io.eventrouter.memory.SeededHash;
import io.eventrouter.metering.UsageMeter;
import io.eventrouter.ownership.DeviceTable;
import io.eventrouter.ownership.ScopeTable;

/** Makes what delivers to devices: one fan-out for the event at hand, and one for each event that is pending. */
final class DeviceFanouts {
    private final DeviceTable devices;
    private final ScopeTable scopes;
    private final DeviceSubscriptions subscriptions;
    private final ServiceSubscribers services;
    private final BlockMemory matchingMemory;
    private final DeliveryPolicy policy;
    private final UsageMeter meter;
    private final RoutingCore.Handlers handlers;
    private final CountBoard counts;
    private final AttemptResults results;
    private final SeededHash hash;
    private final int maxDevices;
    private final PendingFanOuts pending;

    DeviceFanouts(
            final DeviceTable devices,
            final ScopeTable scopes,
            final DeviceSubscriptions subscriptions,
            final ServiceSubscribers services,
            final BlockMemory matchingMemory,
            final DeliveryPolicy policy,
            final UsageMeter meter,
            final RoutingCore.Handlers handlers,
            final CountBoard counts,
            final AttemptResults results,
            final SeededHash hash,
            final RoutingCore.Settings settings) {
        this.devices = devices;
        this.scopes = scopes;
        this.subscriptions = subscriptions;
        this.services = services;
        this.matchingMemory = matchingMemory;
        this.policy = policy;
        this.meter = meter;
        this.handlers = handlers;
        this.counts = counts;
        this.results = results;
        this.hash = hash;
        maxDevices = settings.maxDevices();
        pending = new PendingFanOuts(
                scopes, settings.pendingFanOutsPerAccount(), settings.sliceLength(), this::newPendingFanOut);
    }

    PendingFanOuts pending() {
        return pending;
    }

    DeviceFanout of(final CurrentEvent event) {
        return new DeviceFanout(
                devices,
                scopes,
                subscriptions,
                new SubscriberCursor(matchingMemory),
                policy,
                meter,
                new Receivers(
                        new CurrentDelivery(event, devices, services, handlers.delivery(), handlers.error(), counts),
                        meter,
                        counts),
                counts,
                pending);
    }

    private PendingFanOut newPendingFanOut() {
        final CurrentEvent copy =
                new CurrentEvent(devices, scopes, AlignedBuffer.allocate(CurrentEvent.MAX_COPY_LENGTH + Long.BYTES));
        final DeviceFanout fanout = of(copy);
        final SubscriberWalk walk = subscriptions.newWalk();
        final HashedName name = new HashedName(hash);
        // The set last: nothing that can fail follows, so that it need not be given back.
        return new PendingFanOut(copy, fanout, results, meter, walk, new HandleSet(maxDevices), name);
    }
}
