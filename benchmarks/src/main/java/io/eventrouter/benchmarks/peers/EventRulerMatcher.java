package io.eventrouter.benchmarks.peers;

import io.eventrouter.benchmarks.workload.EventSequence;
import io.eventrouter.benchmarks.workload.ReadingNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import software.amazon.event.ruler.GenericMachine;
import software.amazon.event.ruler.Patterns;

/**
 * AWS event-ruler: a machine for each tenant, as EventBridge has one for each bus, which is a third faster than one for
 * all; one field, the name; one rule with a prefix for each subscription. Events are flattened in advance, which is
 * more than half of the work that JSON would make.
 */
final class EventRulerMatcher implements Matcher {
    private static final String FIELD = "name";

    private final List<GenericMachine<Integer>> machines = new ArrayList<>();
    private int[] eventTenants;
    private String[][] flattened;

    EventRulerMatcher(final int tenants) {
        for (int i = 0; i < tenants; i++) {
            machines.add(GenericMachine.<Integer>builder().build());
        }
    }

    @Override
    public void subscribe(final int subscriber, final int tenant, final String prefix) {
        machines.get(tenant).addPatternRule(subscriber, Map.of(FIELD, List.of(Patterns.prefixMatch('"' + prefix))));
    }

    @Override
    public void prepare(final EventSequence events) {
        eventTenants = new int[events.length()];
        flattened = new String[events.length()][];
        for (int i = 0; i < flattened.length; i++) {
            eventTenants[i] = events.product(i);
            flattened[i] = new String[] {FIELD, '"' + ReadingNames.text(events.name(i)) + '"'};
        }
    }

    // Deprecated because it cannot tell arrays in events apart; there are none, and JSON takes much longer.
    @Override
    @SuppressWarnings("deprecation")
    public long match(final int first, final int count) {
        long found = 0;
        for (int i = first; i < first + count; i++) {
            found += machines.get(eventTenants[i]).rulesForEvent(flattened[i]).size();
        }
        return found;
    }

    @Override
    @SuppressWarnings("deprecation")
    public int[] subscribersOf(final int event) {
        return machines.get(eventTenants[event]).rulesForEvent(flattened[event]).stream()
                .mapToInt(subscriber -> subscriber)
                .toArray();
    }
}
