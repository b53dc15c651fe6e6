package io.eventrouter.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class PopulateAheadTest {
    private static final int STEPS = 1_024;

    @Test
    void aMemoryThatGrowsWhileAnotherThreadHasItHandedOutHoldsWhatWasWritten() throws InterruptedException {
        try (OffHeapMemory memory = OffHeapMemory.reserve((long) STEPS * OffHeapMemory.STEP_LENGTH)) {
            final AtomicBoolean grown = new AtomicBoolean();
            final Thread populating = new Thread(() -> {
                while (!grown.get()) {
                    memory.populateAhead();
                }
            });
            populating.start();
            for (long position = 0; position < (long) STEPS * OffHeapMemory.STEP_LENGTH; position += Long.BYTES) {
                memory.ensureCapacity(position + Long.BYTES);
                assertEquals(0, memory.getLong(position));
                memory.putLong(position, ~position);
            }
            grown.set(true);
            populating.join();
            for (long position = 0; position < memory.capacity(); position += Long.BYTES) {
                assertEquals(~position, memory.getLong(position));
            }
        }
    }

    @Test
    void aSmallMemoryIsLeftAlone() {
        try (OffHeapMemory memory = OffHeapMemory.reserve(64L * OffHeapMemory.STEP_LENGTH)) {
            memory.ensureCapacity(1);

            assertFalse(memory.populateAhead());
        }
    }
}
