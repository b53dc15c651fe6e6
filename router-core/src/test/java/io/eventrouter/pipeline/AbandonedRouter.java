package io.eventrouter.pipeline;

import io.eventrouter.EventRouter;

/** Gives back the memory of a router whose process is thought to be gone: it is not closed, and nobody runs it again. */
public final class AbandonedRouter {
    private AbandonedRouter() {}

    /** Give back what the lanes of a router hold. */
    public static void release(final EventRouter router, final int lanes) {
        for (int i = 0; i < lanes; i++) {
            LaneFault.pipelineOf(router).lane(i).core().close();
        }
    }
}
