package io.eventrouter.memory;

import java.nio.ByteBuffer;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/** Direct memory that begins at a cache line and is given back when asked, not when collected. */
public final class AlignedBuffer {
    private static final int CACHE_LINE_LENGTH = 64;

    private AlignedBuffer() {}

    /**
     * Allocate zeroed memory.
     *
     * @param length in bytes.
     * @return a buffer of this length.
     */
    public static UnsafeBuffer allocate(final int length) {
        final ByteBuffer bytes = ByteBuffer.allocateDirect(length + CACHE_LINE_LENGTH);
        final int behindLine = bytes.alignmentOffset(0, CACHE_LINE_LENGTH);
        return new UnsafeBuffer(bytes, behindLine == 0 ? 0 : CACHE_LINE_LENGTH - behindLine, length);
    }

    /**
     * Give the memory of a buffer back. Whatever is read from the buffer or written to it afterwards fails.
     *
     * @param buffer that was allocated here.
     */
    public static void free(final UnsafeBuffer buffer) {
        final ByteBuffer bytes = buffer.byteBuffer();
        if (bytes != null) {
            buffer.wrap(new byte[0]);
            BufferUtil.free(bytes);
        }
    }
}
