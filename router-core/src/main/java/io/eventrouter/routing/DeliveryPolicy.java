package io.eventrouter.routing;

import io.eventrouter.event.EventOrigin;

/**
 * What the two policies of a router mean for devices; the source is docs/routing-rules.md, section 4.
 *
 * @param era of the rules.
 * @param productScope that devices listen in.
 */
record DeliveryPolicy(Era era, ProductScope productScope) {
    /** Whether any device hears such an event through its product. */
    boolean hearsThroughProduct(final EventOrigin origin) {
        return era == Era.AFTER_2023_03 && (productScope != ProductScope.HOOK_AND_API_ONLY || !isMadeByDevice(origin));
    }

    /** Whether only unclaimed devices hear such an event through their product. */
    boolean isForUnclaimedOnly(final EventOrigin origin) {
        return productScope == ProductScope.UNCLAIMED_ONLY && isMadeByDevice(origin);
    }

    /** Whether hook events have the product scope of the device that triggered them. */
    boolean hookEventsHaveProductScope() {
        return era == Era.AFTER_2023_03;
    }

    /** Whether an API publish to a product reaches, of all devices, those that the calling user has claimed. */
    boolean productApiReachesDevicesOfCaller() {
        return era == Era.BEFORE_2023_03;
    }

    private static boolean isMadeByDevice(final EventOrigin origin) {
        return origin == EventOrigin.DEVICE || origin == EventOrigin.SYSTEM;
    }
}
