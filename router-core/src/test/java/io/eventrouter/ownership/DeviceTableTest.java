package io.eventrouter.ownership;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.eventrouter.memory.SeededHash;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A table holds as many devices as it takes, also where the last of them is the first in new memory or of another bit.
 */
class DeviceTableTest {
    @ParameterizedTest
    @ValueSource(ints = {1, 15, 16, 510, 511, 512, 1_023, 1_024})
    void shouldHoldAsManyDevicesAsItTakesAndNoMore(final int maxDevices) {
        try (DeviceTable devices = new DeviceTable(new SeededHash(maxDevices), maxDevices)) {
            for (int i = 1; i <= maxDevices; i++) {
                assertEquals(i, devices.add(-i, i, 1_024));
            }
            assertEquals(0, devices.add(1, 1, 1_024), "one too many");

            assertEquals(maxDevices, devices.count());
            assertEquals(0, devices.find(1, 1));
            for (int i = 1; i <= maxDevices; i++) {
                assertEquals(i, devices.find(-i, i));
                assertEquals(i, devices.idLow(i));
                assertEquals(0, devices.owner(i));
                assertEquals(1_024, devices.maxEventSize(i));
            }
        }
    }
}
