package io.eventrouter.routing;

import io.eventrouter.event.EventOrigin;
import io.eventrouter.event.PublishResult;
import io.eventrouter.ownership.DeviceTable;
import io.eventrouter.ownership.ScopeTable;

/** Finds the scopes that an event is in; the source is docs/routing-rules.md, sections 3 and 5. */
final class ScopeResolver {
    /** The event has a scope. */
    static final long ROUTED = 0;

    /** The event has no scope and goes nowhere. */
    static final long UNROUTABLE = 1;

    private final DeviceTable devices;
    private final ScopeTable scopes;
    private final DeliveryPolicy policy;

    ScopeResolver(final DeviceTable devices, final ScopeTable scopes, final DeliveryPolicy policy) {
        this.devices = devices;
        this.scopes = scopes;
        this.policy = policy;
    }

    /**
     * Fill the scopes and the payer of an event whose device is set; returns a constant of here or a negative
     * {@link PublishResult}.
     */
    long resolve(final CurrentEvent event) {
        final long result = event.origin().hasDevice() ? resolveDevice(event) : resolveAddressed(event);
        if (result != ROUTED) {
            return result;
        }
        return (event.owner | event.product) == 0 ? UNROUTABLE : ROUTED;
    }

    private long resolveDevice(final CurrentEvent event) {
        final int device = event.device;
        if (device == 0) {
            return PublishResult.UNKNOWN_DEVICE;
        }
        event.owner = devices.owner(device);
        event.ownerOfHearingDevices = event.owner;
        if (event.origin() != EventOrigin.HOOK || policy.hookEventsHaveProductScope()) {
            event.product = devices.standingProduct(device);
        }
        if (event.origin() == EventOrigin.DEVICE) {
            event.payer = scopes.payer(event.owner, event.product);
        }
        return ROUTED;
    }

    private long resolveAddressed(final CurrentEvent event) {
        if (event.origin() == EventOrigin.API_USER) {
            event.owner = scopes.findUser(event.idHigh(), event.idLow());
            event.ownerOfHearingDevices = event.owner;
            event.payer = event.isSystemEvent() ? 0 : event.owner;
            return event.owner == 0 ? PublishResult.UNKNOWN_USER : ROUTED;
        }
        event.product = scopes.findProduct(event.addressedProductId());
        if (event.product == 0) {
            return PublishResult.UNKNOWN_PRODUCT;
        }
        if (event.origin() == EventOrigin.LOGIC) {
            return ROUTED;
        }
        if (event.hasId()) {
            final int caller = scopes.findUser(event.idHigh(), event.idLow());
            if (caller == 0) {
                return PublishResult.UNKNOWN_USER;
            }
            event.ownerOfHearingDevices = policy.productApiReachesDevicesOfCaller() ? caller : 0;
        }
        event.payer = event.isSystemEvent() ? 0 : scopes.account(event.product);
        return ROUTED;
    }
}
