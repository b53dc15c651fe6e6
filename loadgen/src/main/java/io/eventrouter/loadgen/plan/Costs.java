package io.eventrouter.loadgen.plan;

/**
 * Data operations of one payer, by cause.
 *
 * @param publish for what its devices publish.
 * @param events for attempts to deliver what devices and the API publish.
 * @param answers for attempts to deliver what integrations answer.
 * @param retries those of the attempts, in both of the former, that were not the first.
 */
public record Costs(long publish, long events, long answers, long retries) {
    /** Nothing. */
    public static final Costs NONE = new Costs(0, 0, 0, 0);

    /** Both together. */
    Costs plus(final Costs other) {
        return new Costs(
                Math.addExact(publish, other.publish),
                Math.addExact(events, other.events),
                Math.addExact(answers, other.answers),
                Math.addExact(retries, other.retries));
    }

    /** For all attempts to deliver. */
    public long deliveries() {
        return Math.addExact(events, answers);
    }

    /** For everything. */
    public long total() {
        return Math.addExact(publish, deliveries());
    }
}
