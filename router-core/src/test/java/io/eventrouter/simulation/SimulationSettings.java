package io.eventrouter.simulation;

import io.eventrouter.oracle.Policies;
import io.eventrouter.routing.Era;
import io.eventrouter.routing.ProductScope;

/**
 * What is chosen at the start of a simulation.
 *
 * @param seed that it was made from; also that of the hashes.
 * @param era whose rules hold.
 * @param productScope which events a device hears through its product.
 * @param subscriptionsPerDevice that may be held at once.
 * @param lanes of the router.
 * @param ringSlots of each ring.
 * @param maxDevices that fit.
 * @param maxAccounts users, organizations, products and customers that fit.
 * @param sliceLength deliveries in a slice of a long fan-out.
 * @param pendingFanOutsPerAccount that may be on their way to devices at once.
 * @param usageWindowMs length of a window of usage records.
 * @param startMs when the clock begins.
 */
record SimulationSettings(
        long seed,
        Era era,
        ProductScope productScope,
        int subscriptionsPerDevice,
        int lanes,
        int ringSlots,
        int maxDevices,
        int maxAccounts,
        int sliceLength,
        int pendingFanOutsPerAccount,
        long usageWindowMs,
        long startMs) {
    Policies policies() {
        return new Policies(era, productScope, subscriptionsPerDevice);
    }
}
