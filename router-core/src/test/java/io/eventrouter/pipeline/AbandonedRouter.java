package io.eventrouter.pipeline;

import io.eventrouter.EventRouter;

/**
 * Gives back the memory of a router whose process is thought to be gone: it is not closed, and nobody runs it again.
 */
public final class AbandonedRouter {
    private AbandonedRouter() {}

    /** Give back what is outside the heap. The disk of the router must do nothing any more. */
    public static void release(final EventRouter router) {
        LaneFault.pipelineOf(router).release();
    }
}
