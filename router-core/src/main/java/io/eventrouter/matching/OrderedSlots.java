package io.eventrouter.matching;

import static io.eventrouter.memory.BlockMemory.position;

import io.eventrouter.memory.BlockMemory;
import io.eventrouter.memory.OffHeapMemory;
import org.agrona.collections.LongArrayList;

/**
 * Parts of slots: runs of contiguous slots in the order of their tags, each at the place that its tag names or behind
 * it. The last slot of a part is always empty.
 *
 * <p>A slot is 8 bytes: 32 bits of the hash, the tag, above the reference of an entry. An empty slot has all bits set.
 *
 * <p><b>Threading:</b> the routing thread only.
 */
final class OrderedSlots {
    static final long EMPTY = -1;
    static final int SLOT_SHIFT = 3;
    static final int SLOT_LENGTH = 1 << SLOT_SHIFT;
    static final long TAG_MASK = 0xFFFFFFFFL;

    private final OffHeapMemory memory;

    OrderedSlots(final OffHeapMemory memory) {
        this.memory = memory;
    }

    static int sizeClass(final int slots) {
        return BlockMemory.sizeClass(slots << SLOT_SHIFT);
    }

    /**
     * Where among parts that share tags evenly a tag belongs: the number of the part in the upper 32 bits, and how far
     * in it in the lower ones. The parts are those of all tags that agree with this one in some of the highest bits.
     */
    static long place(final long tag, final int agreeingBits, final int parts) {
        return (tag << agreeingBits & TAG_MASK) * parts;
    }

    /**
     * How many bytes behind the start of its part a tag's slot is, of a part in which so many slots are named by tags.
     */
    static long offset(final long place, final int homes) {
        return (place & TAG_MASK) * homes >>> Integer.SIZE << SLOT_SHIFT;
    }

    /** Add what is in the slots of a part to a list. */
    void collect(final int part, final int slots, final LongArrayList values) {
        final long end = position(part) + ((long) slots << SLOT_SHIFT);
        for (long slot = position(part); slot < end; slot += SLOT_LENGTH) {
            final long value = memory.getLong(slot);
            if (value != EMPTY) {
                values.addLong(value);
            }
        }
    }

    /**
     * Fill parts, whatever is in them, with some of the values of a list, which are in order.
     *
     * @return false if they do not fit: then what is in the parts is of no use.
     */
    boolean fill(
            final LongArrayList values,
            final int from,
            final int to,
            final int agreeingBits,
            final int[] parts,
            final int count,
            final int slots,
            final int homes) {
        int next = from;
        for (int i = 0; i < count && next >= 0; i++) {
            next = fillPart(values, next, to, agreeingBits, position(parts[i]), i, count, slots, homes);
        }
        return next >= 0;
    }

    // Returns the first value that belongs to a later part, or -1 if there is no room for one of this. A method, so
    // that its loop is compiled early: the one around it runs seldom.
    private int fillPart(
            final LongArrayList values,
            final int from,
            final int to,
            final int agreeingBits,
            final long start,
            final int part,
            final int count,
            final int slots,
            final int homes) {
        final long last = start + ((long) (slots - 1) << SLOT_SHIFT);
        long slot = start;
        int next = from;
        while (next < to) {
            final long value = values.getLong(next);
            final long place = place(value >>> Integer.SIZE, agreeingBits, count);
            if (place >>> Integer.SIZE != part) {
                break;
            }
            slot = empty(slot, start + offset(place, homes));
            if (slot == last) {
                return -1;
            }
            memory.putLong(slot, value);
            slot += SLOT_LENGTH;
            next++;
        }
        empty(slot, last + SLOT_LENGTH);
        return next;
    }

    // The first slot that is left.
    private long empty(final long from, final long to) {
        long slot = from;
        for (; slot < to; slot += SLOT_LENGTH) {
            memory.putLong(slot, EMPTY);
        }
        return slot;
    }

    /**
     * Put a value into a part.
     *
     * @param home the slot that its tag names.
     * @param last slot of the part.
     * @param value of the slot.
     * @return false if that would take the last slot; nothing has changed then.
     */
    boolean insert(final long home, final long last, final long value) {
        final long tag = value >>> Integer.SIZE;
        long slot = home;
        while (memory.getLong(slot) >>> Integer.SIZE <= tag && slot < last) {
            slot += SLOT_LENGTH;
        }
        long end = slot;
        while (end < last && memory.getLong(end) != EMPTY) {
            end += SLOT_LENGTH;
        }
        if (end == last) {
            return false;
        }
        for (; end > slot; end -= SLOT_LENGTH) {
            memory.putLong(end, memory.getLong(end - SLOT_LENGTH));
        }
        memory.putLong(slot, value);
        return true;
    }
}
