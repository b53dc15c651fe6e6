package io.eventrouter.oracle;

import io.eventrouter.status.RouterCounter;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one step did.
 *
 * @param refusals of the oracle: every reason that may be given, none if the step must be accepted; of a router under
 *     test: the reason that was given.
 * @param deliveries in the order in which they were handed over.
 * @param thresholds that were told, each as account and percentage.
 * @param counted how far each counter moved.
 * @param problems that the subject itself noticed; never of the oracle.
 */
public record Outcome(
        Set<String> refusals,
        List<Handed> deliveries,
        List<String> thresholds,
        Map<RouterCounter, Long> counted,
        List<String> problems) {
    /** What several steps did together, in their order. */
    public static Outcome sum(final List<Outcome> outcomes) {
        final Tally tally = new Tally();
        outcomes.forEach(tally::add);
        return tally.outcome();
    }

    public long counted(final RouterCounter counter) {
        return counted.getOrDefault(counter, 0L);
    }
}
