package io.eventrouter.memory;

import java.util.stream.LongStream;
import org.agrona.UnsafeApi;

/** A system whose memory is full of marks: every byte that was never written can be told. */
final class MarkedMemory extends NativeMemory implements AutoCloseable {
    private static final byte MARK = 0x55;

    private long address;
    private long length;

    /** Takes the place of the system until it is closed. */
    MarkedMemory() {
        system(this);
    }

    @Override
    long take(final long bytes) {
        address = super.take(bytes);
        length = bytes;
        UnsafeApi.setMemory(address, bytes, MARK);
        return address;
    }

    /** How many bytes of what was taken last have been written. */
    long touchedBytes() {
        return LongStream.range(0, length)
                .filter(offset -> UnsafeApi.getByte(address + offset) != MARK)
                .count();
    }

    @Override
    public void close() {
        system(new NativeMemory());
    }
}
