package io.eventrouter.benchmarks.peers;

import io.eventrouter.benchmarks.workload.EventSequence;
import io.eventrouter.benchmarks.workload.ReadingNames;

/** Tenants and names of events as text, one behind the other, as an engine of collections wants them. */
final class NamedEvents {
    private final int[] tenants;
    private final String[] names;

    NamedEvents(final EventSequence events) {
        tenants = new int[events.length()];
        names = new String[events.length()];
        for (int i = 0; i < names.length; i++) {
            tenants[i] = events.product(i);
            names[i] = ReadingNames.text(events.name(i));
        }
    }

    int tenant(final int event) {
        return tenants[event];
    }

    String name(final int event) {
        return names[event];
    }
}
