package io.eventrouter.matching;

import static io.eventrouter.matching.OrderedSlots.SLOT_LENGTH;
import static io.eventrouter.memory.BlockMemory.position;

import io.eventrouter.memory.BlockMemory;
import io.eventrouter.memory.MemoryExhaustedException;
import io.eventrouter.memory.OffHeapMemory;
import org.agrona.collections.LongArrayList;

/**
 * The slots of a scope that has too many entries for one part: groups of parts, found by the highest bits of the tag
 * through a directory.
 *
 * <p>A group has four to seven parts, which share its tags evenly, and grows by one; one of seven becomes two of four.
 * So a scope that grows uses three fifths of its slots at least, once its first group has grown, and three quarters at
 * most. Growing reads the slots of one group, in their order, and no entries.
 *
 * <pre>
 *   entry of the directory, 32 bytes
 *   0     3       8                        32      4        8              32
 *   +-----+-------+-------------------------+      +--------+--------+-----+
 *   |parts| depth | entries in the group    |      | part 0 | part 1 | … 6 |
 *   +-----+-------+-------------------------+      +--------+--------+-----+
 *     bits of the first four bytes                   references
 * </pre>
 *
 * The tags of a group agree in the highest bits, as many as its depth. A group of less depth than the directory is in
 * several of its entries, which are kept the same.
 *
 * <p><b>Threading:</b> the routing thread only.
 */
final class SlotGroups {
    private static final int PART_SLOTS = 1_024;

    /** Tags name all slots but the last 65, which are for what is displaced. */
    private static final int PART_HOMES = PART_SLOTS - 65;

    private static final int MAX_USED_OF_PART = PART_SLOTS * 3 / 4;
    private static final int PART_SIZE_CLASS = OrderedSlots.sizeClass(PART_SLOTS);
    private static final long LAST_SLOT = (long) (PART_SLOTS - 1) * SLOT_LENGTH;

    private static final int FIRST_PARTS = 4;
    private static final int MAX_PARTS = 2 * FIRST_PARTS - 1;

    private static final int ENTRY_SHIFT = 5;
    private static final int PARTS = 4;
    private static final int PARTS_MASK = 7;
    private static final int DEPTH_SHIFT = 3;
    private static final int DEPTH_MASK = 31;
    private static final int USED_SHIFT = 8;

    /** With more the directory would be larger than the largest block. */
    private static final int MAX_DEPTH = 15;

    private final BlockMemory blocks;
    private final OffHeapMemory memory;
    private final OrderedSlots slots;
    private final LongArrayList moving = new LongArrayList();
    private final int[] parts = new int[2 * FIRST_PARTS];

    SlotGroups(final BlockMemory blocks, final OrderedSlots slots) {
        this.blocks = blocks;
        this.memory = blocks.memory();
        this.slots = slots;
    }

    /** Where in memory the slot is that a tag names. */
    long home(final long directory, final int depth, final long tag) {
        final long group = group(directory, depth, tag);
        final int shape = memory.getInt(group);
        final long place = OrderedSlots.place(tag, depth(shape), parts(shape));
        return part(group, place) + OrderedSlots.offset(place, PART_HOMES);
    }

    /** Where in memory the last slot of a tag's part is. */
    long lastSlot(final long directory, final int depth, final long tag) {
        final long group = group(directory, depth, tag);
        final int shape = memory.getInt(group);
        return part(group, OrderedSlots.place(tag, depth(shape), parts(shape))) + LAST_SLOT;
    }

    /** Whether the group of a tag is to grow before anything is added to it. */
    boolean isFull(final long directory, final int depth, final long tag) {
        final int shape = memory.getInt(group(directory, depth, tag));
        return shape >>> USED_SHIFT >= parts(shape) * MAX_USED_OF_PART;
    }

    /** The group of a tag has more or fewer entries. */
    void addUsed(final long directory, final int depth, final long tag, final int change) {
        final long group = group(directory, depth, tag);
        final int shape = memory.getInt(group) + (change << USED_SHIFT);
        final int span = 1 << depth - depth(shape);
        final long first = directory + ((group - directory >> ENTRY_SHIFT & -span) << ENTRY_SHIFT);
        for (int i = 0; i < span; i++) {
            memory.putInt(first + ((long) i << ENTRY_SHIFT), shape);
        }
    }

    /**
     * A directory of depth 0 with the values of a list, which are in order.
     *
     * @return its reference.
     */
    int start(final LongArrayList values) {
        final int directory = blocks.allocate(directorySizeClass(0));
        try {
            allocateParts(0, FIRST_PARTS);
        } catch (final MemoryExhaustedException problem) {
            blocks.free(directory, directorySizeClass(0));
            throw problem;
        }
        writeGroup(position(directory), 1, 0, values, 0, values.size(), 0, FIRST_PARTS);
        return directory;
    }

    /** Whether the directory must have another bit before the group of a tag can grow. */
    boolean mustDouble(final long directory, final int depth, final long tag) {
        final int shape = memory.getInt(group(directory, depth, tag));
        return parts(shape) == MAX_PARTS && depth(shape) == depth;
    }

    /**
     * A directory of the same groups with another bit; the old one is given back.
     *
     * @return its reference.
     */
    int twice(final int oldDirectory, final int depth) {
        if (depth == MAX_DEPTH) {
            throw new MemoryExhaustedException("no more entries in a scope: groups=" + (1 << depth));
        }
        final int directory = blocks.allocate(directorySizeClass(depth + 1));
        for (int i = 0; i < 1 << depth; i++) {
            copyTwice(oldDirectory, directory, i);
        }
        blocks.free(oldDirectory, directorySizeClass(depth));
        return directory;
    }

    // A method, so that it is compiled while the loop around it, which nearly never runs, is not.
    private void copyTwice(final int oldDirectory, final int directory, final int index) {
        final long group = entry(position(oldDirectory), index);
        copy(group, entry(position(directory), 2 * index));
        copy(group, entry(position(directory), 2 * index + 1));
    }

    /** Give the group of a tag one part more. */
    void grow(final long directory, final int depth, final long tag) {
        final long group = group(directory, depth, tag);
        final int shape = memory.getInt(group);
        final int count = parts(shape);
        allocateParts(count, count + 1);
        moving.clear();
        for (int i = 0; i < count; i++) {
            parts[i] = memory.getInt(group + PARTS + ((long) i << 2));
            slots.collect(parts[i], PART_SLOTS, moving);
        }
        final int span = 1 << depth - depth(shape);
        final long first = directory + ((group - directory >> ENTRY_SHIFT & -span) << ENTRY_SHIFT);
        if (count < MAX_PARTS) {
            writeGroup(first, span, depth(shape), moving, 0, moving.size(), 0, count + 1);
        } else {
            split(first, span, depth(shape));
        }
    }

    private void split(final long first, final int span, final int groupDepth) {
        final int half = span / 2;
        final int middle = firstWithBit(groupDepth);
        writeGroup(first, half, groupDepth + 1, moving, 0, middle, 0, FIRST_PARTS);
        writeGroup(entry(first, half), half, groupDepth + 1, moving, middle, moving.size(), FIRST_PARTS, FIRST_PARTS);
    }

    // Of the values that move, which are in order and agree in the bits above this one.
    private int firstWithBit(final int bit) {
        int low = 0;
        int high = moving.size();
        while (low < high) {
            final int middle = low + high >>> 1;
            if (moving.getLong(middle) << bit < 0) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /** Give back all memory. */
    void free(final int directory, final int depth) {
        for (int i = 0; i < 1 << depth; ) {
            final long group = entry(position(directory), i);
            final int shape = memory.getInt(group);
            for (int part = 0; part < parts(shape); part++) {
                blocks.free(memory.getInt(group + PARTS + ((long) part << 2)), PART_SIZE_CLASS);
            }
            i += 1 << depth - depth(shape);
        }
        blocks.free(directory, directorySizeClass(depth));
    }

    // All of them or none.
    private void allocateParts(final int from, final int to) {
        int next = from;
        try {
            for (; next < to; next++) {
                parts[next] = blocks.allocate(PART_SIZE_CLASS);
            }
        } catch (final MemoryExhaustedException problem) {
            while (next > from) {
                blocks.free(parts[--next], PART_SIZE_CLASS);
            }
            throw problem;
        }
    }

    private void writeGroup(
            final long first,
            final int span,
            final int groupDepth,
            final LongArrayList values,
            final int from,
            final int to,
            final int firstPart,
            final int count) {
        System.arraycopy(parts, firstPart, parts, 0, count);
        if (!slots.fill(values, from, to, groupDepth, parts, count, PART_SLOTS, PART_HOMES)) {
            throw new IllegalStateException("no room in a group that has grown: entries=" + (to - from));
        }
        memory.putInt(first, to - from << USED_SHIFT | groupDepth << DEPTH_SHIFT | count);
        for (int i = 0; i < count; i++) {
            memory.putInt(first + PARTS + ((long) i << 2), parts[i]);
        }
        for (int i = 1; i < span; i++) {
            copy(first, entry(first, i));
        }
    }

    private void copy(final long from, final long to) {
        for (int i = 0; i < 1 << ENTRY_SHIFT; i += Long.BYTES) {
            memory.putLong(to + i, memory.getLong(from + i));
        }
    }

    private long part(final long group, final long place) {
        return position(memory.getInt(group + PARTS + (place >>> Integer.SIZE << 2)));
    }

    private static long group(final long directory, final int depth, final long tag) {
        return directory + (tag >>> Integer.SIZE - depth << ENTRY_SHIFT);
    }

    private static long entry(final long directory, final int index) {
        return directory + ((long) index << ENTRY_SHIFT);
    }

    private static int parts(final int shape) {
        return shape & PARTS_MASK;
    }

    private static int depth(final int shape) {
        return shape >>> DEPTH_SHIFT & DEPTH_MASK;
    }

    private static int directorySizeClass(final int depth) {
        return BlockMemory.sizeClass(1 << depth + ENTRY_SHIFT);
    }
}
