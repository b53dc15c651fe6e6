package io.eventrouter.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.agrona.UnsafeApi;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A range of addresses that is used step by step. */
class OffHeapMemoryTest {
    private static final long MAX_LENGTH = 64L << 20;
    private static final Path PROCESS_SIZE = Path.of("/proc/self/statm");

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
    void shouldZeroWhatItGrowsByWhateverOthersLeftThere() {
        try (MarkedMemory marked = new MarkedMemory();
                OffHeapMemory memory = OffHeapMemory.reserve(4 * OffHeapMemory.STEP_LENGTH)) {
            memory.ensureCapacity(1);
            memory.ensureCapacity(2 * OffHeapMemory.STEP_LENGTH + 1);

            assertEquals(3 * OffHeapMemory.STEP_LENGTH, memory.capacity());
            for (long position = 0; position < memory.capacity(); position += Long.BYTES) {
                assertEquals(0, memory.getLong(position), "position=" + position);
            }
            assertEquals(memory.capacity(), marked.touchedBytes(), "the rest is not written");
        }
    }

    @Test
    void shouldRefuseMoreThanWasReservedAndChangeNothing() {
        try (OffHeapMemory memory = OffHeapMemory.reserve(OffHeapMemory.STEP_LENGTH)) {
            final IllegalStateException problem =
                    assertThrows(IllegalStateException.class, () -> memory.ensureCapacity(MAX_LENGTH));
            assertEquals("no more off-heap memory: needed=67108864, reserved=16384", problem.getMessage());
            assertEquals(0, memory.capacity());
            memory.ensureCapacity(OffHeapMemory.STEP_LENGTH);
            assertEquals(OffHeapMemory.STEP_LENGTH, memory.capacity());
        }
    }

    @Test
    void shouldReserveLessWhereTheMachineRefusesMore() {
        try (SmallSystem small = new SmallSystem(2 * MAX_LENGTH);
                OffHeapMemory memory = OffHeapMemory.reserveUpTo(4 * MAX_LENGTH)) {
            memory.ensureCapacity(MAX_LENGTH);
            assertEquals(MAX_LENGTH, memory.capacity());
            assertThrows(MemoryExhaustedException.class, () -> memory.ensureCapacity(MAX_LENGTH + 1));
            assertEquals(2, small.refused, "the whole, and half of it with what is around it");
            assertThrows(OutOfMemoryError.class, () -> OffHeapMemory.reserveUpTo(64 * MAX_LENGTH));
        }
    }

    /** Refuses ranges that are longer than some length. */
    private static final class SmallSystem extends NativeMemory implements AutoCloseable {
        private final long maxLength;
        private int refused;

        /** Takes the place of the system until it is closed. */
        SmallSystem(final long maxLength) {
            this.maxLength = maxLength;
            system(this);
        }

        @Override
        long take(final long length) {
            if (length > maxLength) {
                refused++;
                throw new OutOfMemoryError("refused: length=" + length);
            }
            return super.take(length);
        }

        @Override
        public void close() {
            system(new NativeMemory());
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

    @Test
    void shouldGiveItsPagesBackWhenItIsClosedAlthoughOthersMayPeek() {
        final OffHeapMemory memory = OffHeapMemory.reserveForPeeking(MAX_LENGTH);
        memory.ensureCapacity(2L * OffHeapMemory.STEP_LENGTH);
        assumeTrue(
                PageAdvice.discard(memory.address(OffHeapMemory.STEP_LENGTH), OffHeapMemory.STEP_LENGTH),
                "the system takes pages back");
        memory.putInt(0, 42);

        memory.close();

        assertEquals(0, memory.peekInt(0));
    }

    @Test
    @Timeout(300)
    void shouldGiveTheRangeOfAddressesBackWhenNobodyCanPeekAnyMore() throws Exception {
        assumeTrue(Files.exists(PROCESS_SIZE), "the system says how many pages a process has");
        final long pagesBefore = pagesOfThisProcess();
        for (int i = 0; i < 64; i++) {
            OffHeapMemory.reserveForPeeking(1L << 30).close();
        }

        while (pagesOfThisProcess() - pagesBefore > (32L << 30) / UnsafeApi.pageSize()) {
            System.gc();
            Thread.sleep(10);
        }
    }

    private static long pagesOfThisProcess() throws IOException {
        return Long.parseLong(Files.readString(PROCESS_SIZE).split(" ")[0]);
    }
}
