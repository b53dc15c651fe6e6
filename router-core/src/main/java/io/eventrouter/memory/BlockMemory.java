package io.eventrouter.memory;

import org.agrona.UnsafeApi;

/**
 * Off-heap blocks of 16, 32, 48, 64, 96, 128 … bytes, powers of two and halfway between, handed out and taken back in
 * constant time.
 *
 * <p>A block is named by an {@code int} reference, which counts units of 16 bytes; 0 names none. A block whose length
 * is a power of two is aligned to it, and none moves. Its bytes are whatever the last user left.
 *
 * <p><b>Threading:</b> one thread.
 */
public class BlockMemory implements AutoCloseable {
    /** Bytes in a unit. */
    public static final int UNIT_LENGTH = 16;

    /** Size class of the largest block, which has 1 MiB. */
    public static final int MAX_SIZE_CLASS = 31;

    /** Bytes that references can tell apart. */
    public static final long MAX_LENGTH = (long) Integer.MAX_VALUE * UNIT_LENGTH;

    /** Blocks of up to 256 bytes are cut from 4 KiB at a time, so that their alignments leave no gaps between them. */
    private static final int MAX_CHUNKED_SIZE_CLASS = 7;

    private static final int CHUNK_UNITS = 256;

    private static final int UNIT_SHIFT = Integer.numberOfTrailingZeros(UNIT_LENGTH);

    private final OffHeapMemory memory;
    private final int[] freeBlocks = new int[MAX_SIZE_CLASS + 1];

    /** What alignment has skipped, by size class. */
    private final int[] gaps = new int[MAX_SIZE_CLASS + 1];

    /** A bit for each size class that has gaps. */
    private int gapClasses;

    /*
     * What blocks of a class are cut from, a chunk or a gap: its first unit that is left, and its end. A block that was
     * handed out once stays what it is: so whatever fitted into memory once fits again, when it has gone meanwhile.
     */
    private final int[] nextUnits = new int[MAX_SIZE_CLASS + 1];
    private final int[] endUnits = new int[MAX_SIZE_CLASS + 1];

    private int nextUnit = 1;
    private long allocatedUnits;

    /**
     * No blocks.
     *
     * @param memory to hand out, which is closed with this.
     */
    public BlockMemory(final OffHeapMemory memory) {
        this.memory = memory;
    }

    /**
     * The byte position of a block in {@link #memory()}.
     *
     * @param reference of the block.
     * @return the position.
     */
    public static long position(final int reference) {
        return (long) reference << UNIT_SHIFT;
    }

    /**
     * The least size class whose blocks hold so many bytes.
     *
     * @param length in bytes, 1 or more.
     * @return the size class.
     */
    public static int sizeClass(final int length) {
        final int units = (length + UNIT_LENGTH - 1) >>> UNIT_SHIFT;
        if (units == 1) {
            return 0;
        }
        final int log2 = Integer.SIZE - Integer.numberOfLeadingZeros(units - 1);
        final int powerOfTwo = 2 * log2 - 1;
        return log2 >= 2 && units <= units(powerOfTwo - 1) ? powerOfTwo - 1 : powerOfTwo;
    }

    /**
     * How many units the blocks of a size class have: 1, 2, 3, 4, 6, 8, 12, 16, 24 ….
     *
     * @param sizeClass of the blocks.
     * @return units of 16 bytes.
     */
    public static int units(final int sizeClass) {
        return sizeClass == 0 ? 1 : (3 - (sizeClass & 1)) << (sizeClass - 1 >>> 1);
    }

    /**
     * The bytes that the blocks are in.
     *
     * @return the memory.
     */
    public OffHeapMemory memory() {
        return memory;
    }

    /**
     * Hand out a block.
     *
     * @param sizeClass of the block.
     * @return its reference.
     * @throws MemoryExhaustedException if no more fit; nothing has changed then.
     */
    public int allocate(final int sizeClass) {
        final int free = freeBlocks[sizeClass];
        if (free != 0) {
            freeBlocks[sizeClass] = next(free);
        }
        final int block = free != 0 ? free : newBlock(sizeClass, units(sizeClass));
        allocatedUnits += units(sizeClass);
        return block;
    }

    /**
     * Take a block back.
     *
     * @param reference of the block, which nobody may use afterwards.
     * @param sizeClass that it was handed out with.
     */
    public void free(final int reference, final int sizeClass) {
        allocatedUnits -= units(sizeClass);
        next(reference, freeBlocks[sizeClass]);
        freeBlocks[sizeClass] = reference;
    }

    /**
     * Read the beginnings of some blocks ahead, see {@link OffHeapMemory#warm(Records, int, int, int)}.
     *
     * @param references of the blocks.
     * @param count how many of them.
     * @param length of what is read ahead of each, in bytes, whether the block is that long or not.
     * @return what was read, for the caller to keep.
     */
    public int warm(final int[] references, final int count, final int length) {
        int read = 0;
        for (int i = 0; i < count; i++) {
            final long first = memory.address(position(references[i]));
            read += UnsafeApi.getByte(first) + UnsafeApi.getByte(first + length - 1);
        }
        return read;
    }

    /**
     * The same for references in records.
     *
     * @param records each with a reference, 4 bytes.
     * @param offset of the reference in a record.
     * @param count how many of them.
     * @param length of what is read ahead of each, in bytes.
     * @return what was read, for the caller to keep.
     */
    public int warm(final Records records, final int offset, final int count, final int length) {
        int read = 0;
        for (int i = 0; i < count; i++) {
            final long first = memory.address(position(UnsafeApi.getInt(records.address(i) + offset)));
            read += UnsafeApi.getByte(first) + UnsafeApi.getByte(first + length - 1);
        }
        return read;
    }

    /**
     * Bytes in blocks that are handed out.
     *
     * @return bytes.
     */
    public long allocatedBytes() {
        return allocatedUnits << UNIT_SHIFT;
    }

    @Override
    public void close() {
        memory.close();
    }

    private int newBlock(final int sizeClass, final int units) {
        if (!hasRoom(sizeClass, units)) {
            final int fitting = gapClasses & -1 << sizeClass;
            if (fitting != 0) {
                final int gapClass = Integer.numberOfTrailingZeros(fitting);
                cutFrom(takeGap(gapClass), units(gapClass), sizeClass);
            } else if (sizeClass <= MAX_CHUNKED_SIZE_CLASS) {
                cutFrom(newBlockFromTheEnd(CHUNK_UNITS), CHUNK_UNITS, sizeClass);
            } else {
                return newBlockFromTheEnd(units);
            }
        }
        final int block = nextUnits[sizeClass];
        nextUnits[sizeClass] = block + units;
        return block;
    }

    // A chunk or a gap is a power of two and aligned to it. So the blocks of one class that are cut from it lie side
    // by side, each aligned, and whatever it is large enough for fits into it.
    private boolean hasRoom(final int sizeClass, final int units) {
        return endUnits[sizeClass] - nextUnits[sizeClass] >= units;
    }

    private void cutFrom(final int first, final int units, final int sizeClass) {
        addGaps(nextUnits[sizeClass], endUnits[sizeClass]);
        nextUnits[sizeClass] = first;
        endUnits[sizeClass] = first + units;
    }

    private int newBlockFromTheEnd(final int units) {
        final long reference = aligned(nextUnit, units);
        if (reference + units > Integer.MAX_VALUE) {
            throw new MemoryExhaustedException("no more off-heap blocks: limit=" + MAX_LENGTH + " bytes");
        }
        // Whoever searches a block without branches reads up to one unit behind it.
        memory.ensureCapacity((reference + units + 1) << UNIT_SHIFT);
        addGaps(nextUnit, (int) reference);
        nextUnit = (int) reference + units;
        return (int) reference;
    }

    private static long aligned(final long unit, final int units) {
        final int alignment = Integer.lowestOneBit(units);
        return unit + alignment - 1 & -alignment;
    }

    private void addGaps(final int from, final int to) {
        int unit = from;
        while (unit < to) {
            final int units = Math.min(Integer.lowestOneBit(unit), Integer.highestOneBit(to - unit));
            final int sizeClass = units == 1 ? 0 : 2 * Integer.numberOfTrailingZeros(units) - 1;
            next(unit, gaps[sizeClass]);
            gaps[sizeClass] = unit;
            gapClasses |= 1 << sizeClass;
            unit += units;
        }
    }

    private int takeGap(final int sizeClass) {
        final int gap = gaps[sizeClass];
        gaps[sizeClass] = next(gap);
        if (gaps[sizeClass] == 0) {
            gapClasses &= ~(1 << sizeClass);
        }
        return gap;
    }

    private int next(final int reference) {
        return memory.getInt(position(reference));
    }

    private void next(final int reference, final int next) {
        memory.putInt(position(reference), next);
    }
}
