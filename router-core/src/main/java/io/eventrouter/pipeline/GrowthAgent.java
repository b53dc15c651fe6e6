package io.eventrouter.pipeline;

import org.agrona.concurrent.Agent;

/**
 * Has the system hand out the memory that tables are about to grow into. Making room for huge pages can take it
 * milliseconds, for which the routing threads would stand still.
 */
final class GrowthAgent implements Agent {
    private final Lane[] lanes;

    /**
     * An agent that has not begun.
     *
     * @param lanes whose tables grow.
     */
    GrowthAgent(final Lane[] lanes) {
        this.lanes = lanes;
    }

    @Override
    public int doWork() {
        int work = 0;
        for (final Lane lane : lanes) {
            work += lane.core().populateAhead() ? 1 : 0;
        }
        return work;
    }

    @Override
    public String roleName() {
        return "event-router-growth";
    }
}
