package io.eventrouter.memory;

import java.util.Arrays;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Off-heap bytes at 64-bit positions, zeroed, grown by one segment at a time. Bytes never move, so growing costs the
 * same however much there is already.
 *
 * <p><b>Threading:</b> one thread. <b>Layout:</b> a value must not straddle two segments, which holds for records
 * whose length is a power of two.
 */
public final class SegmentedMemory implements AutoCloseable {
    /** Bytes in a segment: small enough that zeroing one is no pause. */
    public static final int SEGMENT_LENGTH = 1 << 20;

    private static final int SEGMENT_SHIFT = Integer.numberOfTrailingZeros(SEGMENT_LENGTH);
    private static final int OFFSET_MASK = SEGMENT_LENGTH - 1;

    /*
     * Read and written by address: the routing thread does so dozens of times for an event, and checks of bounds and
     * of kinds of buffer would be a third of its work. Positions come from this project's own tables only, never from
     * what a tenant sends; assertions, which are on in tests, check every one.
     */
    private long[] addresses = new long[4];
    private UnsafeBuffer[] segments = new UnsafeBuffer[4];
    private int segmentCount;

    /**
     * Grow, if needed, until there are at least so many bytes.
     *
     * @param length in bytes.
     */
    public void ensureCapacity(final long length) {
        while (capacity() < length) {
            if (segmentCount == segments.length) {
                segments = Arrays.copyOf(segments, segmentCount * 2);
                addresses = Arrays.copyOf(addresses, segmentCount * 2);
            }
            segments[segmentCount] = AlignedBuffer.allocate(SEGMENT_LENGTH);
            addresses[segmentCount] = segments[segmentCount].addressOffset();
            segmentCount++;
        }
    }

    /**
     * Bytes that are there, which is what this object holds of direct memory.
     *
     * @return bytes.
     */
    public long capacity() {
        return (long) segmentCount << SEGMENT_SHIFT;
    }

    /**
     * The segment that a position is in.
     *
     * @param position in bytes.
     * @return its buffer.
     */
    public UnsafeBuffer segment(final long position) {
        return segments[(int) (position >>> SEGMENT_SHIFT)];
    }

    /**
     * Where a position is in its segment.
     *
     * @param position in bytes.
     * @return the offset in bytes.
     */
    public static int offset(final long position) {
        return (int) position & OFFSET_MASK;
    }

    public byte getByte(final long position) {
        return UnsafeApi.getByte(address(position));
    }

    public void putByte(final long position, final byte value) {
        UnsafeApi.putByte(address(position), value);
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
     * Zero a range within one segment.
     *
     * @param position of the first byte.
     * @param length in bytes.
     */
    public void clear(final long position, final int length) {
        segment(position).setMemory(offset(position), length, (byte) 0);
    }

    /** Release the memory. Nothing may be read or written afterwards. */
    @Override
    public void close() {
        for (int i = 0; i < segmentCount; i++) {
            AlignedBuffer.free(segments[i]);
            addresses[i] = 0;
        }
        segmentCount = 0;
    }

    private long address(final long position) {
        assert position >= 0 && position < capacity() : "position=" + position + ", capacity=" + capacity();
        return addresses[(int) (position >>> SEGMENT_SHIFT)] + ((int) position & OFFSET_MASK);
    }
}
