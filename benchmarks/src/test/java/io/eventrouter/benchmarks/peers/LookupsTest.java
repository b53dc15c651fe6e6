package io.eventrouter.benchmarks.peers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.eventrouter.benchmarks.workload.Fleet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** All maps know the owner of every device. */
class LookupsTest {
    private static final int DEVICES = 5_000;

    static Stream<String> maps() {
        return Lookups.NAMES.stream();
    }

    @ParameterizedTest
    @MethodSource("maps")
    void shouldFindEveryOwner(final String name) {
        final Fleet fleet = new Fleet(DEVICES, 100, 42);
        final long[] idHighs = new long[DEVICES];
        final int[] idLows = new int[DEVICES];
        final int[] numbers = new int[DEVICES];
        try (DeviceLookup lookup = Lookups.create(name, DEVICES)) {
            for (int i = 0; i < DEVICES; i++) {
                lookup.put(fleet.idHigh(i), fleet.idLow(i), i + 1);
                final int asked = DEVICES - 1 - i;
                idHighs[asked] = fleet.idHigh(i);
                idLows[asked] = fleet.idLow(i);
                numbers[asked] = i;
            }
            lookup.prepare(numbers);

            assertEquals(DEVICES * (DEVICES + 1L) / 2, lookup.sumOwners(idHighs, idLows, 0, DEVICES));
            for (int i = 0; i < DEVICES; i++) {
                assertEquals(numbers[i] + 1, lookup.sumOwners(idHighs, idLows, i, 1));
            }
        }
    }

    @Test
    void shouldRefuseAMapThatDoesNotExist() {
        assertThrows(IllegalArgumentException.class, () -> Lookups.create("none", 1));
    }
}
