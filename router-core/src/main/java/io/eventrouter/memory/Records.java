package io.eventrouter.memory;

import org.agrona.concurrent.UnsafeBuffer;

/**
 * Records of one length off-heap, for what is worked out in passes over many things of a kind: a loop over records has
 * one address to keep, where one over an array for each field reloads and checks every array for every thing.
 *
 * <p><b>Threading:</b> one thread writes; the memory is given back when this object is collected.
 */
public final class Records {
    private final UnsafeBuffer buffer;
    private final long first;
    private final int count;
    private final int length;

    /**
     * Zeroed records.
     *
     * @param count how many.
     * @param length of each in bytes, a multiple of eight.
     */
    public Records(final int count, final int length) {
        this.buffer = AlignedBuffer.allocate(count * length);
        this.first = buffer.addressOffset();
        this.count = count;
        this.length = length;
    }

    /**
     * Where a record is.
     *
     * @param index of the record, from 0.
     * @return the address.
     */
    public long address(final int index) {
        assert index >= 0 && index < count : "index=" + index + ", count=" + count;
        return first + (long) index * length;
    }
}
