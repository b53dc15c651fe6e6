package io.eventrouter.matching;

import static io.eventrouter.memory.BlockMemory.position;

import io.eventrouter.memory.BlockMemory;
import io.eventrouter.memory.OffHeapMemory;

/**
 * Counters by small keys, in one block for as many as are not zero.
 *
 * <pre>
 *   0      4            8     12
 *   +------+------------+-----+-------+-----
 *   | used | size class | key | count | …
 *   +------+------------+-----+-------+-----
 * </pre>
 *
 * <p><b>Threading:</b> the routing thread only. <b>Cost:</b> looks at all counters of a block.
 */
final class SparseCounters {
    private static final int SIZE_CLASS = 4;
    private static final int FIRST = 8;
    private static final int LENGTH_SHIFT = 3;
    private static final int COUNT = 4;

    private final BlockMemory blocks;
    private final OffHeapMemory memory;

    SparseCounters(final BlockMemory blocks) {
        this.blocks = blocks;
        this.memory = blocks.memory();
    }

    /** A block in which all counters are zero, with room for so many that are not. */
    int allocate(final int room) {
        final int sizeClass = BlockMemory.sizeClass(FIRST + (room << LENGTH_SHIFT));
        final int block = blocks.allocate(sizeClass);
        memory.putInt(position(block), 0);
        memory.putInt(position(block) + SIZE_CLASS, sizeClass);
        return block;
    }

    void free(final int block) {
        blocks.free(block, memory.getInt(position(block) + SIZE_CLASS));
    }

    /**
     * Make room for so many more counters that are not zero.
     *
     * @return the block, or another one if this was too small and was given back.
     */
    int withRoom(final int block, final int more) {
        if (hasRoom(block, more)) {
            return block;
        }
        final int used = memory.getInt(position(block));
        final int end = FIRST + (used << LENGTH_SHIFT);
        final int larger = allocate(used + more);
        memory.putInt(position(larger), used);
        for (int i = FIRST; i < end; i += Long.BYTES) {
            memory.putLong(position(larger) + i, memory.getLong(position(block) + i));
        }
        free(block);
        return larger;
    }

    boolean isZero(final int block, final int key) {
        return find(block, key) == 0;
    }

    /** Change a counter; there must be room if it was zero. */
    void add(final int block, final int key, final int change) {
        final long found = find(block, key);
        if (found == 0) {
            assert hasRoom(block, 1) : "no room was made: key=" + key;
            final int used = memory.getInt(position(block));
            write(counter(block, used), key, change);
            memory.putInt(position(block), used + 1);
            return;
        }
        final int count = memory.getInt(found + COUNT) + change;
        memory.putInt(found + COUNT, count);
        if (count == 0) {
            removeAt(block, found);
        }
    }

    private boolean hasRoom(final int block, final int more) {
        final int end = FIRST + (memory.getInt(position(block)) + more << LENGTH_SHIFT);
        return end <= BlockMemory.units(memory.getInt(position(block) + SIZE_CLASS)) * BlockMemory.UNIT_LENGTH;
    }

    private void removeAt(final int block, final long position) {
        final int last = memory.getInt(position(block)) - 1;
        memory.putLong(position, memory.getLong(counter(block, last)));
        memory.putInt(position(block), last);
    }

    private long find(final int block, final int key) {
        final long end = counter(block, memory.getInt(position(block)));
        for (long position = counter(block, 0); position < end; position += 1 << LENGTH_SHIFT) {
            if (memory.getInt(position) == key) {
                return position;
            }
        }
        return 0;
    }

    private void write(final long position, final int key, final int count) {
        memory.putInt(position, key);
        memory.putInt(position + COUNT, count);
    }

    private static long counter(final int block, final int index) {
        return position(block) + FIRST + ((long) index << LENGTH_SHIFT);
    }
}
