package io.eventrouter.memory;

/**
 * Off-heap blocks of 16 bytes times a power of two, handed out and taken back in constant time.
 *
 * <p>A block is named by an {@code int} reference, which counts units of 16 bytes; 0 names none. A block is aligned
 * to its own length and never moves. Its bytes are whatever the last user left.
 *
 * <p><b>Threading:</b> one thread.
 */
public final class BlockMemory implements AutoCloseable {
    /** Bytes in a unit. */
    public static final int UNIT_LENGTH = 16;

    /** The largest block is 16 bytes times two to this power, one whole segment. */
    public static final int MAX_SIZE_CLASS = 16;

    private static final int UNIT_SHIFT = Integer.numberOfTrailingZeros(UNIT_LENGTH);

    private final SegmentedMemory memory = new SegmentedMemory();
    private final int[] freeBlocks = new int[MAX_SIZE_CLASS + 1];
    private int nextUnit = 1;
    private long allocatedUnits;

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
        return Integer.SIZE - Integer.numberOfLeadingZeros(units - 1);
    }

    /**
     * The bytes that the blocks are in.
     *
     * @return the memory.
     */
    public SegmentedMemory memory() {
        return memory;
    }

    /**
     * Hand out a block.
     *
     * @param sizeClass of the block: it has 16 bytes times two to this power.
     * @return its reference.
     */
    public int allocate(final int sizeClass) {
        allocatedUnits += 1L << sizeClass;
        final int free = freeBlocks[sizeClass];
        if (free != 0) {
            freeBlocks[sizeClass] = memory.getInt(position(free));
            return free;
        }
        return allocateFromTheEnd(sizeClass);
    }

    /**
     * Take a block back.
     *
     * @param reference of the block, which nobody may use afterwards.
     * @param sizeClass that it was handed out with.
     */
    public void free(final int reference, final int sizeClass) {
        allocatedUnits -= 1L << sizeClass;
        addFreeBlock(reference, sizeClass);
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

    private int allocateFromTheEnd(final int sizeClass) {
        final int units = 1 << sizeClass;
        while ((nextUnit & units - 1) != 0) {
            final int gapSizeClass = Integer.numberOfTrailingZeros(nextUnit);
            memory.ensureCapacity(position(nextUnit + 1));
            addFreeBlock(nextUnit, gapSizeClass);
            nextUnit += 1 << gapSizeClass;
        }
        if (nextUnit > Integer.MAX_VALUE - units) {
            throw new IllegalStateException(
                    "no more off-heap blocks: limit=" + (long) Integer.MAX_VALUE * UNIT_LENGTH + " bytes");
        }
        final int reference = nextUnit;
        memory.ensureCapacity(position(reference) + ((long) units << UNIT_SHIFT));
        nextUnit += units;
        return reference;
    }

    private void addFreeBlock(final int reference, final int sizeClass) {
        memory.putInt(position(reference), freeBlocks[sizeClass]);
        freeBlocks[sizeClass] = reference;
    }
}
