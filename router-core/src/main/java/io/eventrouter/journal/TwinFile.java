package io.eventrouter.journal;

import java.io.Closeable;
import java.io.IOException;
import java.util.Arrays;

/**
 * A few bytes that are replaced as a whole. They are there twice, and one copy is written after the other, so that one
 * is intact whenever the power is cut, and damage to one does no harm. It is made at its full length: replacing needs
 * no room on the disk.
 *
 * <pre>
 *   copy:   0          4        8        16
 *           +----------+--------+--------+---------+
 *           | checksum | length | number | content |       at offsets 0 and 4,096
 *           +----------+--------+--------+---------+
 * </pre>
 */
final class TwinFile implements Closeable {
    /** Content is no longer than this, so that a copy is in one block of the disk. */
    static final int MAX_CONTENT_LENGTH = 496;

    private static final int DISTANCE = 4_096;
    private static final int HEADER_LENGTH = 16;
    private static final int COPY_LENGTH = HEADER_LENGTH + MAX_CONTENT_LENGTH;
    private static final int COPIES = 2;

    private final DiskFile file;
    private final String path;
    private final Checksum checksum = new Checksum();
    private long number;
    private byte[] content;
    private boolean isWhole = true;

    private TwinFile(final DiskFile file, final String path) {
        this.file = file;
        this.path = path;
    }

    /** Make a file; names are not forced. */
    static TwinFile create(final Disk disk, final String name, final byte[] content) throws IOException {
        final TwinFile twin = new TwinFile(disk.create(name, COPIES * DISTANCE), disk.path(name));
        try {
            twin.replace(content);
            return twin;
        } catch (final IOException problem) {
            twin.close();
            throw problem;
        }
    }

    /** Open a file; nothing is written before {@link #repair()}. */
    static TwinFile open(final Disk disk, final String name) throws IOException {
        final TwinFile twin = new TwinFile(disk.open(name), disk.path(name));
        try {
            twin.read();
            return twin;
        } catch (final IOException | RuntimeException problem) {
            twin.close();
            throw problem;
        }
    }

    byte[] content() {
        return content;
    }

    /** Put other bytes in place of those that there are. If this fails, either may be found at the next start. */
    void replace(final byte[] newContent) throws IOException {
        number++;
        content = newContent;
        write();
    }

    /** Write both copies again if one was not intact; true if that was so. */
    boolean repair() throws IOException {
        if (isWhole) {
            return false;
        }
        write();
        isWhole = true;
        return true;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void write() throws IOException {
        final byte[] copy = new byte[COPY_LENGTH];
        System.arraycopy(content, 0, copy, HEADER_LENGTH, content.length);
        LittleEndian.putInt(copy, 4, content.length);
        LittleEndian.putLong(copy, 8, number);
        LittleEndian.putInt(copy, 0, checksum.of(copy, 4, COPY_LENGTH - 4));
        for (int i = 0; i < COPIES; i++) {
            file.write((long) i * DISTANCE, copy, 0, COPY_LENGTH);
            file.force();
        }
    }

    private void read() throws IOException {
        final String[] damage = new String[COPIES];
        for (int i = 0; i < COPIES; i++) {
            final byte[] copy = new byte[COPY_LENGTH];
            final int read = file.read((long) i * DISTANCE, copy, 0, COPY_LENGTH);
            damage[i] = damageOf(copy, read);
            if (damage[i] != null) {
                isWhole = false;
            } else if (content == null || LittleEndian.getLong(copy, 8) != number) {
                isWhole &= content == null;
                takeNewer(copy);
            }
        }
        if (content == null) {
            throw new DamagedFileException(path, 0, "both copies are damaged: " + damage[0] + "; " + damage[1]);
        }
    }

    private void takeNewer(final byte[] copy) {
        final long numberOfCopy = LittleEndian.getLong(copy, 8);
        if (content == null || numberOfCopy > number) {
            number = numberOfCopy;
            content = Arrays.copyOfRange(copy, HEADER_LENGTH, HEADER_LENGTH + LittleEndian.getInt(copy, 4));
        }
    }

    private String damageOf(final byte[] copy, final int read) {
        if (read < COPY_LENGTH) {
            return "there are only " + read + " of " + COPY_LENGTH + " bytes";
        }
        final int stored = LittleEndian.getInt(copy, 0);
        final int computed = checksum.of(copy, 4, COPY_LENGTH - 4);
        if (stored != computed) {
            return "checksum does not match: " + Checksum.mismatch(stored, computed);
        }
        final int length = LittleEndian.getInt(copy, 4);
        return length < 0 || length > MAX_CONTENT_LENGTH ? "length=" + length : null;
    }
}
