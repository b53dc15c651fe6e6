package io.eventrouter.pipeline;

import io.eventrouter.EventRouter;
import io.eventrouter.routing.RoutingCore;

/** Looks into a router that nobody is running just now. */
public final class Cores {
    private Cores() {}

    /** The core of a lane. */
    public static RoutingCore coreOf(final EventRouter router, final int lane) {
        return LaneFault.pipelineOf(router).lane(lane).core();
    }
}
