package io.eventrouter.ownership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import net.openhft.chronicle.core.OS;
import org.junit.jupiter.api.Test;

/** The maps of what is kept. */
class OwnershipViewTest {
    @Test
    void shouldGiveTheFirstMapBackIfThereCanBeNoSecond() {
        new OwnershipView(1, 1).close();
        final long before = OS.memory().nativeMemoryUsed();
        assertThrows(IllegalArgumentException.class, () -> new OwnershipView(-1, 1));
        assertEquals(before, OS.memory().nativeMemoryUsed());
    }
}
