package io.eventrouter.loadgen.report;

import io.eventrouter.loadgen.json.Fields;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What became of everything in a run, in the order in which a reader follows it; 0 is shown, what does not apply is
 * not.
 *
 * @param refused when they were handed over or at their place.
 * @param events by what became of them, in words.
 * @param deliveries by to whom they went, in words.
 */
record RunCounts(
        long offered,
        long refused,
        double ratePerSecond,
        Map<String, Long> events,
        Map<String, Long> deliveries,
        long publishOperations,
        long subscribeOperations,
        long operations) {
    private static final Map<String, String> EVENTS = words(
            "scheduled", "scheduled",
            "offered", "offered to the router",
            "offered_in_time", "of these, by the end of the schedule",
            "accepted", "accepted",
            "refused", "refused",
            "refused_late", "of these, while the generator was late",
            "refused_at_place", "accepted, but refused at their place, with events of answers",
            "lag_excused", "late as a change of the fleet waited for room",
            "answers", "answers of integrations",
            "answers_refused", "of these, refused",
            "routed", "routed",
            "unroutable", "unroutable",
            "dropped_paused", "dropped, the account was paused",
            "changes", "changes of the fleet",
            "changes_failed", "of these, failed");

    private static final Map<String, String> DELIVERIES = words(
            "device", "to devices",
            "integration", "to integrations",
            "logic", "to Logic functions",
            "stream", "to event streams",
            "devices_matched", "devices that would hear the event",
            "skipped_offline", "of these, offline",
            "skipped_too_large", "of these, the event was too large for them",
            "skipped_paused", "of these, paused",
            "devices_timed_out", "to devices that never acknowledged");

    static RunCounts of(final Fields result) {
        final Fields events = result.object("events");
        final Fields operations = result.object("operations");
        return new RunCounts(
                events.count("offered"),
                events.count("refused") + (events.has("refused_at_place") ? events.count("refused_at_place") : 0),
                events.decimal("rate_per_s"),
                counts(events, EVENTS),
                counts(result.object("deliveries"), DELIVERIES),
                operations.count("publish"),
                operations.count("subscribe"),
                operations.count("total"));
    }

    /** The share of what was offered that was refused, of 1. */
    double refusedShare() {
        return offered == 0 ? 0 : (double) refused / offered;
    }

    private static Map<String, Long> counts(final Fields fields, final Map<String, String> words) {
        final Map<String, Long> counts = new LinkedHashMap<>();
        words.forEach((name, word) -> {
            if (fields.has(name)) {
                counts.put(word, fields.count(name));
            }
        });
        return counts;
    }

    private static Map<String, String> words(final String... namesAndWords) {
        final Map<String, String> words = new LinkedHashMap<>();
        for (int i = 0; i < namesAndWords.length; i += 2) {
            words.put(namesAndWords[i], namesAndWords[i + 1]);
        }
        return words;
    }
}
