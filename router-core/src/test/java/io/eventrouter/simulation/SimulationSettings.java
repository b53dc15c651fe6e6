package io.eventrouter.simulation;

import io.eventrouter.journal.SyncPolicy;
import io.eventrouter.limits.TenantLimits;
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
 * @param sync when what is kept is forced; null if nothing is kept.
 * @param syncIntervalMs of that policy, 0 unless it has one.
 * @param segmentLength of the journal in bytes.
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
        SyncPolicy.Kind sync,
        long syncIntervalMs,
        int segmentLength,
        long usageWindowMs,
        long startMs) {
    boolean keeps() {
        return sync != null;
    }

    SimulationSettings resized(final int devices, final int accounts) {
        return new SimulationSettings(
                seed,
                era,
                productScope,
                subscriptionsPerDevice,
                lanes,
                ringSlots,
                devices,
                accounts,
                sliceLength,
                pendingFanOutsPerAccount,
                sync,
                syncIntervalMs,
                segmentLength,
                usageWindowMs,
                startMs);
    }

    Policies policies() {
        return new Policies(era, productScope, subscriptionsPerDevice, new TenantLimits());
    }
}
