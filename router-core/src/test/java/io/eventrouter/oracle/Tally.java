package io.eventrouter.oracle;

import io.eventrouter.status.RouterCounter;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Gathers what one step does until it is over. */
final class Tally {
    private final Set<String> refusals = new TreeSet<>();
    private final List<Handed> deliveries = new ArrayList<>();
    private final List<String> thresholds = new ArrayList<>();
    private final Map<RouterCounter, Long> counted = new EnumMap<>(RouterCounter.class);
    private final List<String> problems = new ArrayList<>();

    void refuse(final Set<String> reasons) {
        refusals.addAll(reasons);
    }

    void hand(final Handed delivery) {
        deliveries.add(delivery);
    }

    void tell(final List<String> reached) {
        thresholds.addAll(reached);
    }

    void count(final RouterCounter counter, final long increment) {
        counted.merge(counter, increment, Long::sum);
    }

    void complain(final String problem) {
        problems.add(problem);
    }

    /** What another step did. */
    void add(final Outcome other) {
        refusals.addAll(other.refusals());
        deliveries.addAll(other.deliveries());
        thresholds.addAll(other.thresholds());
        other.counted().forEach(this::count);
        problems.addAll(other.problems());
    }

    Outcome outcome() {
        return new Outcome(refusals, deliveries, thresholds, counted, problems);
    }
}
