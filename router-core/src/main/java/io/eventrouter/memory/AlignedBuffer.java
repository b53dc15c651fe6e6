package io.eventrouter.memory;

import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Direct memory that begins at a cache line; given back when it is collected. */
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
}
