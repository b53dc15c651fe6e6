package io.eventrouter.benchmarks.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.eventrouter.benchmarks.workload.EventSequence;
import io.eventrouter.benchmarks.workload.Fleet;
import io.eventrouter.benchmarks.workload.NaiveMatches;
import io.eventrouter.benchmarks.workload.ReadingNames;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All engines answer the same question with the same number. */
class EnginesTest {
    private static final int EVENTS = 1 << 12;

    static Stream<String> engines() {
        return Engines.NAMES.stream();
    }

    @ParameterizedTest
    @MethodSource("engines")
    void shouldFindWhatNaiveComparisonFinds(final String name) {
        final Fleet fleet = new Fleet(3_000, 1_000, 42);
        final EventSequence events = new EventSequence(fleet, EVENTS, "zipf", 42);
        final NaiveMatches expected = new NaiveMatches(fleet, events);
        try (Matcher matcher = Engines.create(name, fleet.products(), 1_000)) {
            int subscriber = 0;
            for (int i = 0; i < fleet.devices(); i++) {
                if (fleet.prefixOf(i) != null) {
                    matcher.subscribe(++subscriber, fleet.productOf(i), fleet.prefixOf(i));
                }
            }
            matcher.prepare(events);

            assertEquals(1_000, subscriber);
            assertEquals(expected.ofFirst(EVENTS), matcher.match(0, EVENTS));
            assertEquals(expected.ofFirst(100) - expected.ofFirst(37), matcher.match(37, 63));
        }
    }

    /** Nested prefixes, several subscribers of one prefix, and names that nobody listens to. */
    @ParameterizedTest
    @MethodSource("engines")
    void shouldFindAllSubscribersOfNestedPrefixes(final String name) {
        final Fleet fleet = new Fleet(200, 200, 42);
        final EventSequence events = new EventSequence(fleet, EVENTS, "uniform", 42);
        try (Matcher matcher = Engines.create(name, fleet.products(), 5)) {
            matcher.subscribe(1, 0, "pump/");
            matcher.subscribe(2, 0, "pump/pressure/");
            matcher.subscribe(3, 0, "pump/pressure/");
            matcher.subscribe(4, 1, "pump/");
            matcher.subscribe(5, 0, "truck/heat/");
            matcher.prepare(events);

            for (int i = 0; i < EVENTS; i++) {
                final String eventName = ReadingNames.text(events.name(i));
                assertEquals(expected(events.product(i), eventName), matcher.match(i, 1), eventName);
            }
        }
    }

    @Test
    void shouldRefuseAnEngineThatDoesNotExist() {
        assertThrows(IllegalArgumentException.class, () -> Engines.create("none", 1, 1));
    }

    private static long expected(final int product, final String name) {
        final long pumps = name.startsWith("pump/") ? 1 : 0;
        if (product == 1) {
            return pumps;
        }
        return pumps + (name.startsWith("pump/pressure/") ? 2 : 0) + (name.startsWith("truck/heat/") ? 1 : 0);
    }
}
