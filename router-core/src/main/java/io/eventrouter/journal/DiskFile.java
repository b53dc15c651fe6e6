package io.eventrouter.journal;

import java.io.Closeable;
import java.io.IOException;

/** An open file of a {@link Disk}. An interrupt of the calling thread has no effect on any of this. */
public interface DiskFile extends Closeable {
    /**
     * Bytes in the file.
     *
     * @return the length.
     * @throws IOException if it cannot be found out.
     */
    long length() throws IOException;

    /**
     * Read.
     *
     * @param position of the first byte in the file.
     * @param into array to read into.
     * @param offset of the first byte in the array.
     * @param length in bytes.
     * @return how many bytes there were: less than asked for only at the end of the file.
     * @throws IOException if the disk fails.
     */
    int read(long position, byte[] into, int offset, int length) throws IOException;

    /**
     * Write. If this fails, any part of it may have been written.
     *
     * @param position of the first byte in the file.
     * @param from array to write from.
     * @param offset of the first byte in the array.
     * @param length in bytes.
     * @throws IOException if the disk fails.
     */
    void write(long position, byte[] from, int offset, int length) throws IOException;

    /**
     * Make the content outlast a power cut. If this fails, whatever was written since the last time may be lost, and
     * forcing again would not tell: it has to be written again, elsewhere.
     *
     * @throws IOException if that is not certain.
     */
    void force() throws IOException;
}
