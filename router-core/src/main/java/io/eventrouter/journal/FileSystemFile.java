package io.eventrouter.journal;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file of the file system. An interrupt closes a {@code FileChannel} under its user's hands, in the middle of a force
 * whose outcome is then unknown; these two do not know interrupts: one reads and writes, the other forces, and waits
 * for data only, not for times of the file.
 */
final class FileSystemFile implements DiskFile {
    private final RandomAccessFile file;
    private final AsynchronousFileChannel forced;

    FileSystemFile(final Path path) throws IOException {
        file = new RandomAccessFile(path.toFile(), "rw");
        AsynchronousFileChannel opened = null;
        try {
            opened = AsynchronousFileChannel.open(path, StandardOpenOption.WRITE);
        } finally {
            if (opened == null) {
                file.close();
            }
        }
        forced = opened;
    }

    /** Force the names in a directory. */
    static void forceDirectory(final Path directory) throws IOException {
        try (AsynchronousFileChannel channel = AsynchronousFileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    @Override
    public long length() throws IOException {
        return file.length();
    }

    @Override
    public int read(final long position, final byte[] into, final int offset, final int length) throws IOException {
        file.seek(position);
        int done = 0;
        while (done < length) {
            final int count = file.read(into, offset + done, length - done);
            if (count < 0) {
                break;
            }
            done += count;
        }
        return done;
    }

    @Override
    public void write(final long position, final byte[] from, final int offset, final int length) throws IOException {
        file.seek(position);
        file.write(from, offset, length);
    }

    @Override
    public void force() throws IOException {
        forced.force(false);
    }

    @Override
    public void close() throws IOException {
        try {
            forced.close();
        } finally {
            file.close();
        }
    }
}
