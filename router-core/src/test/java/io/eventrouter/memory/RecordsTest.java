package io.eventrouter.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.agrona.UnsafeApi;
import org.junit.jupiter.api.Test;

class RecordsTest {
    @Test
    void shouldBeginAtACacheLineAndLieOneBehindTheOther() {
        // Of many lengths: where the system has memory, it may begin at a cache line by chance.
        for (int count = 5; count < 100; count++) {
            final Records records = new Records(count, 24);

            assertEquals(0, records.address(0) % 64, "count=" + count);
            assertEquals(records.address(0) + 4 * 24, records.address(4));
        }
    }

    @Test
    void shouldKeepWhatWasWrittenOfEach() {
        final Records records = new Records(100, 16);
        for (int i = 0; i < 100; i++) {
            assertEquals(0, UnsafeApi.getLong(records.address(i) + 8), "new records are zeroed");
            UnsafeApi.putLong(records.address(i) + 8, -i);
        }
        for (int i = 0; i < 100; i++) {
            assertEquals(-i, UnsafeApi.getLong(records.address(i) + 8));
            assertEquals(0, UnsafeApi.getLong(records.address(i)));
        }
    }

    @Test
    void shouldTellWhereAssertionsAreOnThatThereIsNoSuchRecord() {
        final Records records = new Records(3, 8);

        assertThrows(AssertionError.class, () -> records.address(3));
        assertThrows(AssertionError.class, () -> records.address(-1));
    }
}
