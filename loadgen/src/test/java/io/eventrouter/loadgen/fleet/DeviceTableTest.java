package io.eventrouter.loadgen.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.identity.EntityId;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The oracle is a HashMap. */
class DeviceTableTest {
    @Test
    void holdsAsManyDevicesAsItWasMadeFor() {
        for (final int capacity : new int[] {0, 1, 2, 3, 5, 1_000, 100_000}) {
            final DeviceTable table = new DeviceTable(capacity);
            final Map<EntityId, AttemptOutcome> expected = new HashMap<>();
            final Random random = new Random(capacity);
            while (expected.size() < capacity) {
                // Consecutive ids, as one manufacturer gives them, and random ones.
                final EntityId id = random.nextBoolean()
                        ? EntityId.of(0xE00FCE6800000000L, expected.size())
                        : EntityId.of(random.nextLong(), random.nextInt());
                final AttemptOutcome outcome = AttemptOutcome.of(1 + random.nextInt(4));
                assertEquals(expected.putIfAbsent(id, outcome) == null, table.add(id, outcome));
            }
            assertEquals(capacity, table.size());
            expected.forEach((id, outcome) -> {
                assertTrue(table.contains(id));
                assertEquals(outcome, table.outcome(id.high(), id.low()));
                assertFalse(table.add(id, AttemptOutcome.FAILED));
            });
            assertFalse(table.contains(EntityId.of(7, 7)));
            assertEquals(AttemptOutcome.PENDING, table.outcome(7, 7));
        }
    }

    @Test
    void holdsTheIdOfZeros() {
        final DeviceTable table = new DeviceTable(1);
        assertFalse(table.contains(EntityId.of(0, 0)));
        assertTrue(table.add(EntityId.of(0, 0), AttemptOutcome.ACKNOWLEDGED_FIRST));
        assertTrue(table.contains(EntityId.of(0, 0)));
    }
}
