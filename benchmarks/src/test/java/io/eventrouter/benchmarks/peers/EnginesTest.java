package io.eventrouter.benchmarks.peers;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.eventrouter.benchmarks.workload.EventSequence;
import io.eventrouter.benchmarks.workload.Fleet;
import io.eventrouter.benchmarks.workload.NaiveMatches;
import io.eventrouter.benchmarks.workload.ReadingNames;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All engines answer the same question with the same subscribers. */
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
            final int[] numbers = new int[fleet.devices()];
            int subscriber = 0;
            for (int i = 0; i < fleet.devices(); i++) {
                if (fleet.prefixOf(i) != null) {
                    numbers[i] = ++subscriber;
                    matcher.subscribe(subscriber, fleet.productOf(i), fleet.prefixOf(i));
                }
            }
            matcher.prepare(events);

            assertEquals(1_000, subscriber);
            assertEquals(expected.ofFirst(EVENTS), matcher.match(0, EVENTS));
            assertEquals(expected.ofFirst(100) - expected.ofFirst(37), matcher.match(37, 63));
            for (int event = 0; event < EVENTS; event++) {
                assertArrayEquals(
                        NaiveMatches.subscribedDevices(fleet, events, event)
                                .map(device -> numbers[device])
                                .sorted()
                                .toArray(),
                        sorted(matcher.subscribersOf(event)));
            }
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
                final int[] expected = expected(events.product(i), eventName);
                assertEquals(expected.length, matcher.match(i, 1), eventName);
                assertArrayEquals(expected, sorted(matcher.subscribersOf(i)), eventName);
            }
        }
    }

    @Test
    void shouldRefuseAnEngineThatDoesNotExist() {
        assertThrows(IllegalArgumentException.class, () -> Engines.create("none", 1, 1));
    }

    private static int[] expected(final int product, final String name) {
        if (product == 1) {
            return name.startsWith("pump/") ? new int[] {4} : new int[] {};
        }
        if (name.startsWith("pump/pressure/")) {
            return new int[] {1, 2, 3};
        }
        if (name.startsWith("pump/")) {
            return new int[] {1};
        }
        return name.startsWith("truck/heat/") ? new int[] {5} : new int[] {};
    }

    private static int[] sorted(final int[] numbers) {
        Arrays.sort(numbers);
        return numbers;
    }
}
