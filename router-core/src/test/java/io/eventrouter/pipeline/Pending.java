package io.eventrouter.pipeline;

import io.eventrouter.EventRouter;

/** Looks into a router that nobody is running just now. */
public final class Pending {
    private Pending() {}

    /** Whether an event that has left the ring of a lane has not been delivered to all. */
    public static boolean isAnyFanOutOf(final EventRouter router, final int lane) {
        return LaneFault.pipelineOf(router).lane(lane).core().hasPendingFanOuts();
    }
}
