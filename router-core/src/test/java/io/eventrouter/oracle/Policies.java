package io.eventrouter.oracle;

import io.eventrouter.limits.TenantLimits;
import io.eventrouter.routing.Era;
import io.eventrouter.routing.ProductScope;

/**
 * What is chosen at the start of a router.
 *
 * @param era whose rules hold.
 * @param productScope which events a device hears through its product.
 * @param subscriptionsPerDevice that may be held at once.
 * @param limits of tenants.
 */
public record Policies(Era era, ProductScope productScope, int subscriptionsPerDevice, TenantLimits limits) {
    static Policies of(final Era era, final ProductScope productScope) {
        return new Policies(era, productScope, Integer.MAX_VALUE, new TenantLimits());
    }

    boolean isBefore() {
        return era == Era.BEFORE_2023_03;
    }
}
