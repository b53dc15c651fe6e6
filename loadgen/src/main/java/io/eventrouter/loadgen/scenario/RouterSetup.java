package io.eventrouter.loadgen.scenario;

import io.eventrouter.routing.Era;
import io.eventrouter.routing.ProductScope;

/**
 * How the router is set up.
 *
 * @param era whose delivery rules hold.
 * @param productScope what devices hear through their product.
 * @param ringSlots of the router's ring.
 * @param idle what the routing thread does when there is nothing to do.
 */
public record RouterSetup(Era era, ProductScope productScope, int ringSlots, Idle idle) {
    /** What a thread does when there is nothing to do. */
    public enum Idle {
        /** It backs off to naps of a millisecond. */
        BACKOFF,
        /** It lets other threads run. */
        YIELD,
        /** It keeps its core. */
        SPIN
    }
}
