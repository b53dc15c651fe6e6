package io.eventrouter.benchmarks.peers;

import io.eventrouter.benchmarks.workload.EventSequence;
import io.eventrouter.benchmarks.workload.ReadingNames;

/**
 * Tenants, names and prefixes as topics and topic filters. A prefix that ends with a slash matches what {@code #} in
 * its place does, because no event has a name without the level behind.
 */
final class Topics {
    private Topics() {}

    static String filter(final int tenant, final String prefix) {
        return tenant + "/" + prefix + '#';
    }

    /** One text for each event, in the order of the events, so that reading one after the other goes fast. */
    static String[] of(final EventSequence events) {
        final String[] topics = new String[events.length()];
        for (int i = 0; i < topics.length; i++) {
            topics[i] = events.product(i) + "/" + ReadingNames.text(events.name(i));
        }
        return topics;
    }
}
