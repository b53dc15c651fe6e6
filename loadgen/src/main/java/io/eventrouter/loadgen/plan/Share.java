package io.eventrouter.loadgen.plan;

/**
 * What one cause amounts to.
 *
 * @param events that were delivered to at least one device.
 * @param deliveries to devices.
 * @param operations that they cost, all attempts together.
 * @param ownOperations of answers: those for the devices whose events they answer; 0 for other events.
 */
public record Share(long events, long deliveries, long operations, long ownOperations) {
    Share plus(final Share other) {
        return new Share(
                Math.addExact(events, other.events),
                Math.addExact(deliveries, other.deliveries),
                Math.addExact(operations, other.operations),
                Math.addExact(ownOperations, other.ownOperations));
    }
}
