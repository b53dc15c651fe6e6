package io.eventrouter.benchmarks.workload;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EveryDeviceInTurnTest {
    @ParameterizedTest
    @ValueSource(ints = {10_000, 100_000, 1_000_000})
    void shouldHaveOneEventOfEachDeviceAmongAsManyInARow(final int devices) {
        final EveryDeviceInTurn events = new EveryDeviceInTurn(new Fleet(devices, devices / 10, 42), 42);

        assertEquals(
                devices,
                LongStream.range(12_345, 12_345L + devices)
                        .mapToInt(events::device)
                        .distinct()
                        .count());
    }
}
