package io.eventrouter.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

class PopulateAheadTest {
    private static final int STEPS = 1_024;

    @Test
    void aMemoryThatGrowsWhileAnotherThreadHasItHandedOutHoldsWhatWasWritten() {
        try (OffHeapMemory memory = OffHeapMemory.reserve((long) STEPS * OffHeapMemory.STEP_LENGTH)) {
            final AtomicBoolean grown = new AtomicBoolean();
            final CompletableFuture<Void> populated = CompletableFuture.runAsync(
                    () -> {
                        while (!grown.get()) {
                            memory.populateAhead();
                        }
                    },
                    task -> new Thread(task).start());
            for (long position = 0; position < (long) STEPS * OffHeapMemory.STEP_LENGTH; position += Long.BYTES) {
                memory.ensureCapacity(position + Long.BYTES);
                assertEquals(0, memory.getLong(position));
                memory.putLong(position, ~position);
            }
            grown.set(true);
            populated.join();
            for (long position = 0; position < memory.capacity(); position += Long.BYTES) {
                assertEquals(~position, memory.getLong(position));
            }
        }
    }

    @Test
    void aMemoryIsHandedOutFromItsFirstPageOnAndEachPageOnce() {
        try (OffHeapMemory memory = OffHeapMemory.reserve((long) STEPS * OffHeapMemory.STEP_LENGTH)) {
            assumeTrue(canPopulate(), "the system hands pages out when it is asked to");

            assertTrue(memory.populateAhead());
            assertFalse(memory.populateAhead(), "nothing was used of it");
            for (int steps = 1; steps <= STEPS / 2; steps *= 2) {
                memory.ensureCapacity((long) steps * OffHeapMemory.STEP_LENGTH);
                memory.populateAhead();
                assertFalse(memory.populateAhead(), "steps=" + steps);
            }
        }
    }

    private static boolean canPopulate() {
        try (OffHeapMemory memory = OffHeapMemory.reserve(OffHeapMemory.STEP_LENGTH)) {
            memory.ensureCapacity(OffHeapMemory.STEP_LENGTH);
            return PageAdvice.populate(memory.address(0), OffHeapMemory.STEP_LENGTH);
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
