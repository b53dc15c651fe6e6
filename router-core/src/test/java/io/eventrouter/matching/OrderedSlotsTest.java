package io.eventrouter.matching;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.memory.BlockMemory;
import io.eventrouter.memory.OffHeapMemory;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.LongArrayList;
import org.junit.jupiter.api.Test;

/** One part, whose last slot stays empty, because probes end there. */
class OrderedSlotsTest {
    private static final int SLOTS = 8;
    private static final int HOMES = 7;
    private static final long GREATEST_TAG = 0xFFFFFFFEL;

    private final BlockMemory blocks = new BlockMemory(OffHeapMemory.reserve(1 << 20));
    private final OrderedSlots slots = new OrderedSlots(blocks.memory());
    private final int part = blocks.allocate(OrderedSlots.sizeClass(SLOTS));
    private final long first = BlockMemory.position(part);
    private final long last = first + (SLOTS - 1) * OrderedSlots.SLOT_LENGTH;

    private static long value(final long tag, final int entry) {
        return tag << Integer.SIZE | entry;
    }

    private static LongArrayList values(final long... values) {
        final LongArrayList list = new LongArrayList();
        for (final long value : values) {
            list.addLong(value);
        }
        return list;
    }

    private boolean fill(final long... values) {
        return slots.fill(values(values), 0, values.length, 0, new int[] {part}, 1, SLOTS, HOMES);
    }

    private boolean insert(final long tag, final int entry) {
        final long home = first + OrderedSlots.offset(OrderedSlots.place(tag, 0, 1), HOMES);
        return slots.insert(home, last, value(tag, entry));
    }

    private List<Long> inSlots() {
        final List<Long> found = new ArrayList<>();
        for (long slot = first; slot <= last; slot += OrderedSlots.SLOT_LENGTH) {
            found.add(blocks.memory().getLong(slot));
        }
        return found;
    }

    @Test
    void shouldPutValuesWhereTheirTagsNameOrBehind() {
        assertTrue(fill(value(0, 1), value(1, 2), value(2, 3), value(GREATEST_TAG, 4)));
        final long empty = OrderedSlots.EMPTY;
        assertEquals(
                List.of(value(0, 1), value(1, 2), value(2, 3), empty, empty, empty, value(GREATEST_TAG, 4), empty),
                inSlots());
        assertTrue(insert(1, 5));
        assertEquals(
                List.of(
                        value(0, 1),
                        value(1, 2),
                        value(1, 5),
                        value(2, 3),
                        empty,
                        empty,
                        value(GREATEST_TAG, 4),
                        empty),
                inSlots());
    }

    @Test
    void shouldNotFillTheLastSlot() {
        assertTrue(fill(value(GREATEST_TAG, 1)));
        assertFalse(fill(value(GREATEST_TAG, 1), value(GREATEST_TAG, 2)));
    }

    @Test
    void shouldNotInsertIntoTheLastSlotAndChangeNothing() {
        assertTrue(fill(value(GREATEST_TAG - 1, 1)));
        final List<Long> before = inSlots();
        assertFalse(insert(GREATEST_TAG, 2));
        assertEquals(before, inSlots());
        assertFalse(insert(GREATEST_TAG - 2, 3), "nor move another there");
        assertEquals(before, inSlots());
    }
}
