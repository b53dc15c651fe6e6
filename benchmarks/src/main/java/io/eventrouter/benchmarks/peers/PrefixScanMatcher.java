package io.eventrouter.benchmarks.peers;

import io.eventrouter.benchmarks.workload.EventSequence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What one writes first: a list of prefixes for each tenant, compared one after the other. */
final class PrefixScanMatcher implements Matcher {
    private final List<List<Subscribed>> tenants = new ArrayList<>();
    private Subscribed[][] arrays;
    private NamedEvents events;

    PrefixScanMatcher(final int tenants) {
        for (int i = 0; i < tenants; i++) {
            this.tenants.add(new ArrayList<>());
        }
    }

    @Override
    public void subscribe(final int subscriber, final int tenant, final String prefix) {
        tenants.get(tenant).add(new Subscribed(prefix, subscriber));
    }

    @Override
    public void prepare(final EventSequence sequence) {
        arrays = tenants.stream()
                .map(prefixes -> prefixes.toArray(Subscribed[]::new))
                .toArray(Subscribed[][]::new);
        events = new NamedEvents(sequence);
    }

    @Override
    public long match(final int first, final int count) {
        long found = 0;
        for (int i = first; i < first + count; i++) {
            final String name = events.name(i);
            for (final Subscribed subscribed : arrays[events.tenant(i)]) {
                if (name.startsWith(subscribed.prefix)) {
                    found += subscribed.subscriber == 0 ? 0 : 1;
                }
            }
        }
        return found;
    }

    @Override
    public int[] subscribersOf(final int event) {
        return Arrays.stream(arrays[events.tenant(event)])
                .filter(subscribed -> events.name(event).startsWith(subscribed.prefix))
                .mapToInt(Subscribed::subscriber)
                .toArray();
    }

    private record Subscribed(String prefix, int subscriber) {}
}
