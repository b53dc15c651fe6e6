package io.eventrouter.loadgen.plan;

/**
 * What one machine was seen to do, or is taken to do.
 *
 * @param eventsPerSecond events that it routed.
 * @param deliveriesPerSecond deliveries that it made.
 * @param isTogether whether it did both at the same time; else each was measured with next to nothing of the other.
 * @param origin where the figures come from, in words.
 */
public record MachineRate(double eventsPerSecond, double deliveriesPerSecond, boolean isTogether, String origin) {
    /**
     * Events a second: below what docs/performance.md has for 10,000,000 devices on 2 shared processors, as an
     * application's handlers take time too.
     */
    public static final double ASSUMED_EVENTS_PER_SECOND = 2_500_000;

    /** Deliveries of broadcasts a second: below what docs/performance.md has, for the same reason. */
    public static final double ASSUMED_DELIVERIES_PER_SECOND = 75_000_000;

    /**
     * How much of one machine a load takes. If both rates were reached at the same time, a machine that is asked for
     * less of either does it; else the times for events and for deliveries are added.
     *
     * @param events a second.
     * @param deliveries a second.
     * @return the share; above 1 if one machine does not do it.
     */
    double shareOfMachine(final double events, final double deliveries) {
        final double forEvents = events / eventsPerSecond;
        final double forDeliveries = deliveries / deliveriesPerSecond;
        return isTogether ? Math.max(forEvents, forDeliveries) : forEvents + forDeliveries;
    }
}
