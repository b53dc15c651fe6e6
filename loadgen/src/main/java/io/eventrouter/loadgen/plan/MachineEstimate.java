package io.eventrouter.loadgen.plan;

/**
 * The machines and the memory that a fleet takes.
 *
 * @param eventsPerSecond on average: publishes and the events of answers.
 * @param deliveriesPerSecond to devices, on average.
 * @param peakFactor what the busiest moment is of the average.
 * @param headroom share of a machine that stays free at that moment.
 * @param rate of one machine.
 * @param busyShare of one machine at that moment, without headroom.
 * @param machines with headroom, at least one.
 * @param memoryBytes of the router's tables for the whole fleet, without headroom.
 */
public record MachineEstimate(
        double eventsPerSecond,
        double deliveriesPerSecond,
        double peakFactor,
        double headroom,
        MachineRate rate,
        double busyShare,
        long machines,
        long memoryBytes) {
    /**
     * The estimate.
     *
     * @param plan of the month.
     * @param rate of one machine.
     * @param peakFactor at least 1.
     * @param headroom 0 to less than 1.
     * @return the estimate.
     */
    public static MachineEstimate of(
            final PlanResult plan, final MachineRate rate, final double peakFactor, final double headroom) {
        final double seconds = (double) Frequency.SECONDS_PER_DAY * plan.days();
        final MonthFigures figures = plan.today().figures();
        final double events = figures.events() / seconds;
        final double deliveries = figures.deliveries() / seconds;
        final double busy = rate.shareOfMachine(events * peakFactor, deliveries * peakFactor);
        return new MachineEstimate(
                events,
                deliveries,
                peakFactor,
                headroom,
                rate,
                busy,
                Math.max(1, (long) Math.ceil(busy / (1 - headroom))),
                plan.size().tableBytes());
    }
}
