package io.eventrouter.memory;

import java.lang.ref.Cleaner;
import org.agrona.UnsafeApi;

/**
 * Off-heap bytes at 64-bit positions, zeroed. The range of addresses is reserved at once and used step by step: bytes
 * never move, and growing costs the same however many there are already. What is reserved and not used takes address
 * space only.
 *
 * <p><b>Threading:</b> one thread, but for {@link #populateAhead()} and {@link #peekInt}.
 */
public final class OffHeapMemory implements AutoCloseable {
    /**
     * Bytes that the memory grows by: few enough that zeroing them takes microseconds, also where every page is new.
     */
    public static final int STEP_LENGTH = 1 << 14;

    /** So long at most are stretches that {@link #warm(Records, int, int, int)} reads the ends of. */
    public static final int MAX_WARM_LENGTH = 64;

    private static final int HUGE_PAGE_LENGTH = 1 << 21;

    /**
     * What is handed out before it is needed is half of what there is, between these, and up to a huge page more: a
     * table that grows by a million devices a second takes 8 ms for the least and 30 ms for the most. Under some
     * hypervisors every page that is new to them stops whoever writes there, a huge one for 7 ms.
     */
    private static final int MIN_AHEAD_LENGTH = 16 * STEP_LENGTH;

    private static final int MAX_AHEAD_LENGTH = HUGE_PAGE_LENGTH / 2;

    /*
     * Read and written by address: the routing thread does so dozens of times for an event, and checks of bounds and
     * of kinds of buffer would be a third of its work. Positions come from this project's own tables only, never from
     * what a tenant sends; assertions, which are on in tests, check every one.
     */
    private final long base;
    private final long reserved;
    private final boolean isPeeked;
    private long allocation;
    private long capacity;

    /** The capacity, for other threads. */
    private volatile long toldCapacity;

    /** Where the populated part ends; of the thread that populates. */
    private long populatedEnd;

    private OffHeapMemory(final long allocation, final long reserved, final boolean isPeeked) {
        this.allocation = allocation;
        this.reserved = reserved;
        this.isPeeked = isPeeked;
        base = roundUp(allocation, HUGE_PAGE_LENGTH);
    }

    /**
     * Reserve memory for as many bytes as there can ever be.
     *
     * @param maxLength in bytes.
     * @return the memory, empty.
     * @throws OutOfMemoryError if the machine has no such range of addresses.
     */
    public static OffHeapMemory reserve(final long maxLength) {
        return reserve(maxLength, false);
    }

    /**
     * Reserve memory into which other threads may {@link #peekInt} at any time, also when it is closed. Closing gives
     * its pages back, where the system can do that; the range of addresses goes when this object is collected.
     *
     * @param maxLength in bytes.
     * @return the memory, empty.
     * @throws OutOfMemoryError if the machine has no such range of addresses.
     */
    public static OffHeapMemory reserveForPeeking(final long maxLength) {
        // First: it starts a thread, which the system may refuse.
        final Cleaner cleaner = Collected.CLEANER;
        final OffHeapMemory memory = reserve(maxLength, true);
        final long allocation = memory.allocation;
        cleaner.register(memory, () -> NativeMemory.free(allocation));
        return memory;
    }

    private static OffHeapMemory reserve(final long maxLength, final boolean isPeeked) {
        final long length = roundUp(maxLength, STEP_LENGTH);
        final OffHeapMemory memory =
                new OffHeapMemory(NativeMemory.allocate(length + HUGE_PAGE_LENGTH + MAX_WARM_LENGTH), length, isPeeked);
        if (length > HUGE_PAGE_LENGTH) {
            // Now and not when the memory grows: the first call loads a library, which takes tens of milliseconds.
            PageAdvice.advise(memory.base + HUGE_PAGE_LENGTH, length - HUGE_PAGE_LENGTH);
        }
        return memory;
    }

    /**
     * Reserve memory for as many bytes as the machine lets: some refuse ranges that are larger than their memory.
     *
     * @param maxLength in bytes, of which at least a 16th must be had.
     * @return the memory, empty.
     * @throws OutOfMemoryError if the machine has not even that.
     */
    public static OffHeapMemory reserveUpTo(final long maxLength) {
        final long leastLength = maxLength / 16;
        for (long length = maxLength; length > leastLength; length /= 2) {
            try {
                return reserve(length);
            } catch (final OutOfMemoryError refused) {
                // Half of it may do.
            }
        }
        return reserve(leastLength);
    }

    /**
     * Grow, if needed, until there are at least so many bytes.
     *
     * @param length in bytes.
     * @throws MemoryExhaustedException if that is more than was reserved; nothing has changed then.
     */
    public void ensureCapacity(final long length) {
        if (length > capacity) {
            grow(length);
        }
    }

    /**
     * The same without zeroing: what is new has whatever value, and takes nothing of the machine's memory until it is
     * written.
     *
     * @param length in bytes.
     * @throws MemoryExhaustedException if that is more than was reserved; nothing has changed then.
     */
    void ensureCapacityAsItIs(final long length) {
        if (length > capacity) {
            capacity(checkedCapacity(length));
        }
    }

    private void grow(final long length) {
        final long newCapacity = checkedCapacity(length);
        UnsafeApi.setMemory(base + capacity, newCapacity - capacity, (byte) 0);
        capacity(newCapacity);
    }

    private long checkedCapacity(final long length) {
        if (length > reserved) {
            throw new MemoryExhaustedException("no more off-heap memory: needed=" + length + ", reserved=" + reserved);
        }
        return roundUp(length, STEP_LENGTH);
    }

    private void capacity(final long newCapacity) {
        capacity = newCapacity;
        toldCapacity = newCapacity;
    }

    /**
     * Have the system hand out the memory that the next steps will take, so that growing does not wait for it. May be
     * called on one other thread, until this object is closed; small memories are left alone.
     *
     * @return whether there was something to do.
     */
    public boolean populateAhead() {
        final long start = populatedEnd;
        final long used = toldCapacity;
        final long wanted = used + Math.max(MIN_AHEAD_LENGTH, Math.min(used / 2, MAX_AHEAD_LENGTH));
        final int grain = wanted <= HUGE_PAGE_LENGTH ? MIN_AHEAD_LENGTH : HUGE_PAGE_LENGTH;
        final long end = Math.min(roundUp(wanted, grain), reserved & -grain);
        // Small memories do not miss it, and would waste most of it.
        if (end <= start || reserved <= HUGE_PAGE_LENGTH) {
            return false;
        }
        populatedEnd = end;
        return PageAdvice.populate(base + start, end - start);
    }

    /**
     * Bytes that are there, which is what this object holds of the machine's memory. Any thread.
     *
     * @return bytes, 0 once this object is closed.
     */
    public long capacity() {
        return toldCapacity;
    }

    /**
     * The address of a position, for code that reads several values there.
     *
     * @param position in bytes.
     * @return the address.
     */
    public long address(final long position) {
        assert position >= 0 && position < capacity : "position=" + position + ", capacity=" + capacity;
        return base + position;
    }

    public byte getByte(final long position) {
        return UnsafeApi.getByte(address(position));
    }

    public short getShort(final long position) {
        return UnsafeApi.getShort(address(position));
    }

    public void putShort(final long position, final short value) {
        UnsafeApi.putShort(address(position), value);
    }

    public int getInt(final long position) {
        return UnsafeApi.getInt(address(position));
    }

    public void putInt(final long position, final int value) {
        UnsafeApi.putInt(address(position), value);
    }

    /**
     * Read what the owner may be writing, on another thread, of memory that was reserved for that. The position must be
     * one that the owner has used, though this thread may not see yet that the memory has grown to it.
     *
     * @param position in bytes, a multiple of four.
     * @return what was there a moment ago; what was there before or 0, once this object is closed.
     */
    public int peekInt(final long position) {
        assert position >= 0 && position < reserved : "position=" + position + ", reserved=" + reserved;
        return UnsafeApi.getInt(base + position);
    }

    public long getLong(final long position) {
        return UnsafeApi.getLong(address(position));
    }

    public void putLong(final long position, final long value) {
        UnsafeApi.putLong(address(position), value);
    }

    /**
     * Read a byte at each of some positions, to have their cache lines at hand. The loop does nothing else, so that the
     * processor has as many of the reads under way at a time as it can.
     *
     * @param positions to read at.
     * @param count how many of them.
     * @return what was read, for the caller to keep: a read whose value goes nowhere is no read.
     */
    public int warm(final long[] positions, final int count) {
        int read = 0;
        for (int i = 0; i < count; i++) {
            read += UnsafeApi.getByte(address(positions[i]));
        }
        return read;
    }

    /**
     * Read the first byte of each of some elements of a table, as {@link #warm(long[], int)} does.
     *
     * @param records each with the number of an element, 4 bytes.
     * @param offset of the number in a record.
     * @param count how many of them.
     * @param shift logarithm to base two of the length of an element.
     * @return what was read, for the caller to keep.
     */
    public int warmElements(final Records records, final int offset, final int count, final int shift) {
        int read = 0;
        for (int i = 0; i < count; i++) {
            read += UnsafeApi.getByte(address((long) UnsafeApi.getInt(records.address(i) + offset) << shift));
        }
        return read;
    }

    /**
     * Read the first and the last byte of stretches, which lie in one cache line or in two, as
     * {@link #warm(long[], int)} does the first. A stretch may go on behind the end of this memory.
     *
     * @param records each with the position where a stretch begins, 8 bytes.
     * @param offset of the position in a record.
     * @param count how many of them.
     * @param length of each stretch in bytes, 1 to {@link #MAX_WARM_LENGTH}.
     * @return what was read, for the caller to keep.
     */
    public int warm(final Records records, final int offset, final int count, final int length) {
        int read = 0;
        for (int i = 0; i < count; i++) {
            final long first = address(UnsafeApi.getLong(records.address(i) + offset));
            read += UnsafeApi.getByte(first) + UnsafeApi.getByte(first + length - 1);
        }
        return read;
    }

    /**
     * Set all bytes of a range.
     *
     * @param position of the first byte.
     * @param length in bytes.
     * @param value of every byte.
     */
    public void fill(final long position, final int length, final byte value) {
        UnsafeApi.setMemory(address(position), length, value);
    }

    /** Release the memory. Nothing may be read or written afterwards, but peeked at if it is for that. */
    @Override
    public void close() {
        if (allocation != 0) {
            if (isPeeked) {
                PageAdvice.discard(base, reserved);
            } else {
                NativeMemory.free(allocation);
            }
            allocation = 0;
            capacity = 0;
            toldCapacity = 0;
        }
    }

    /** Has a thread of its own, which is not needed before there is memory to be peeked into. */
    private static final class Collected {
        static final Cleaner CLEANER = Cleaner.create();
    }

    private static long roundUp(final long value, final int powerOfTwo) {
        return value + powerOfTwo - 1 & -powerOfTwo;
    }
}
