package io.eventrouter.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** A range of addresses that is used step by step. */
class OffHeapMemoryTest {
    private static final long MAX_LENGTH = 64L << 20;

    @Test
    void shouldGrowByStepsOfZeroesAndKeepWhatIsThere() {
        try (OffHeapMemory memory = OffHeapMemory.reserve(MAX_LENGTH)) {
            assertEquals(0, memory.capacity());
            for (long length = 1; length <= MAX_LENGTH; length += OffHeapMemory.STEP_LENGTH) {
                memory.ensureCapacity(length);
                final long lastWord = memory.capacity() - Long.BYTES;
                assertEquals(0, memory.getLong(lastWord));
                memory.putLong(lastWord, length);
            }
            assertEquals(MAX_LENGTH, memory.capacity());
            for (long step = 0; step < MAX_LENGTH / OffHeapMemory.STEP_LENGTH; step++) {
                final long lastWord = (step + 1) * OffHeapMemory.STEP_LENGTH - Long.BYTES;
                assertEquals(step * OffHeapMemory.STEP_LENGTH + 1, memory.getLong(lastWord));
            }
        }
    }

    @Test
    void shouldRefuseMoreThanWasReservedAndChangeNothing() {
        try (OffHeapMemory memory = OffHeapMemory.reserve(OffHeapMemory.STEP_LENGTH)) {
            final IllegalStateException problem =
                    assertThrows(IllegalStateException.class, () -> memory.ensureCapacity(MAX_LENGTH));
            assertEquals("no more off-heap memory: needed=67108864, reserved=1048576", problem.getMessage());
            assertEquals(0, memory.capacity());
            memory.ensureCapacity(OffHeapMemory.STEP_LENGTH);
            assertEquals(OffHeapMemory.STEP_LENGTH, memory.capacity());
        }
    }

    @Test
    void shouldReserveLessWhereTheMachineRefusesMore() {
        try (OffHeapMemory memory = OffHeapMemory.reserveUpTo(1L << 37)) {
            memory.ensureCapacity(1);
            assertEquals(OffHeapMemory.STEP_LENGTH, memory.capacity());
        }
    }

    @Test
    void shouldHoldNothingOnceClosed() {
        final OffHeapMemory memory = OffHeapMemory.reserve(MAX_LENGTH);
        memory.ensureCapacity(1);
        memory.close();
        memory.close();
        assertEquals(0, memory.capacity());
    }

    @Test
    void shouldLetOthersPeekIntoItWhenItIsClosed() {
        // So much that the system takes it back at once when it is freed: whoever read it then would end the process.
        final OffHeapMemory memory = OffHeapMemory.reserveForPeeking(8 * MAX_LENGTH);
        memory.ensureCapacity(MAX_LENGTH);
        memory.putInt(MAX_LENGTH - Integer.BYTES, 42);
        assertEquals(42, memory.peekInt(MAX_LENGTH - Integer.BYTES));

        memory.close();

        final int peeked = memory.peekInt(MAX_LENGTH - Integer.BYTES);
        assertTrue(peeked == 42 || peeked == 0, "peeked=" + peeked);
        assertEquals(0, memory.capacity());
    }
}
