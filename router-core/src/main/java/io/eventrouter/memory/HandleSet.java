package io.eventrouter.memory;

import java.util.Arrays;

/**
 * A set of handles, one bit each, that is emptied in no time: a page of bits is cleared when it is first used again.
 *
 * <p><b>Threading:</b> one thread.
 */
public final class HandleSet implements AutoCloseable {
    private static final int PAGE_SHIFT = 12;
    private static final int PAGE_LENGTH = (1 << PAGE_SHIFT) / Byte.SIZE;

    private final OffHeapMemory bits;

    /** One bit for each page that is in use. */
    private final long[] pages;

    /**
     * An empty set.
     *
     * @param maxHandle that it takes.
     */
    public HandleSet(final int maxHandle) {
        final int pageCount = (maxHandle >>> PAGE_SHIFT) + 1;
        bits = OffHeapMemory.reserve((long) pageCount * PAGE_LENGTH);
        pages = new long[(pageCount >>> 6) + 1];
    }

    /**
     * Add a handle.
     *
     * @param handle 0 to the greatest.
     * @return false if it was in the set already.
     */
    public boolean add(final int handle) {
        final long position = positionInUse(handle);
        final long word = bits.getLong(position);
        final long bit = 1L << handle;
        bits.putLong(position, word | bit);
        return (word & bit) == 0;
    }

    /**
     * Add handles, with less work than one by one if many of them are close to the one before.
     *
     * @param handles to add; those that were not in the set come to the front, in their order.
     * @param count how many of them.
     * @return how many were not in the set.
     */
    public int addAll(final int[] handles, final int count) {
        int added = 0;
        int i = 0;
        while (i < count) {
            final long position = positionInUse(handles[i]);
            long word = bits.getLong(position);
            do {
                final int handle = handles[i++];
                final long bit = 1L << handle;
                if ((word & bit) == 0) {
                    word |= bit;
                    handles[added++] = handle;
                }
            } while (i < count && word(handles[i]) == position);
            bits.putLong(position, word);
        }
        return added;
    }

    /** Empty the set. */
    public void clear() {
        Arrays.fill(pages, 0);
    }

    /**
     * Bytes of off-heap memory that the set holds at most: those of pages that were never used are not taken.
     *
     * @return bytes.
     */
    public long capacity() {
        return bits.capacity();
    }

    @Override
    public void close() {
        bits.close();
    }

    private long positionInUse(final int handle) {
        final int page = handle >>> PAGE_SHIFT;
        if (!isUsed(page)) {
            use(page);
        }
        return word(handle);
    }

    private boolean isUsed(final int page) {
        return (pages[page >>> 6] & 1L << page) != 0;
    }

    private void use(final int page) {
        final long position = (long) page * PAGE_LENGTH;
        // Without zeroing: that would zero all pages before this one too, which takes milliseconds for a high handle.
        bits.ensureCapacityAsItIs(position + PAGE_LENGTH);
        bits.fill(position, PAGE_LENGTH, (byte) 0);
        pages[page >>> 6] |= 1L << page;
    }

    private static long word(final int handle) {
        return (long) (handle >>> 6) * Long.BYTES;
    }
}
