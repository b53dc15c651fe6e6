package io.eventrouter.loadgen.replay;

import io.eventrouter.loadgen.feed.ReplayFailedException;
import io.eventrouter.loadgen.input.BadInputException;
import io.eventrouter.loadgen.input.FileComplaint;
import io.eventrouter.loadgen.input.TextSource;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that a replay writes. It is opened before anything else happens, so that a path that cannot be written is
 * found at once, but what it held stays until the first byte is due. If it cannot be written to its end, it is deleted.
 */
final class OutputFile implements AutoCloseable {
    private final String name;
    private final Path path;
    private final boolean isNew;
    private final FileChannel channel;
    private volatile boolean isBegun;
    private volatile boolean isHalf;

    private OutputFile(final String name, final Path path, final boolean isNew, final FileChannel channel) {
        this.name = name;
        this.path = path;
        this.isNew = isNew;
        this.channel = channel;
    }

    static OutputFile open(final String name) {
        final Path path = TextSource.ofFile(name).path();
        if (Files.isDirectory(path)) {
            throw new BadInputException(name + ": is a directory, cannot be written");
        }
        try {
            final boolean isNew = !Files.exists(path);
            return new OutputFile(
                    name, path, isNew, FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
        } catch (final NoSuchFileException e) {
            throw new BadInputException(name + ": cannot be written: there is no such directory");
        } catch (final AccessDeniedException e) {
            throw new BadInputException(name + ": may not be written: permission denied");
        } catch (final IOException e) {
            throw new BadInputException(name + ": cannot be written: " + FileComplaint.describe(e));
        }
    }

    /** Whether both names lead to one regular file, so that one would destroy the other. */
    boolean isSameAs(final Path other) {
        try {
            return other != null && Files.isRegularFile(other) && Files.isSameFile(path, other);
        } catch (final IOException e) {
            throw new BadInputException(name + ": cannot be compared with " + other + ": " + FileComplaint.describe(e));
        }
    }

    Path path() {
        return path;
    }

    String name() {
        return name;
    }

    void write(final byte[] bytes, final int length) throws IOException {
        if (!isBegun) {
            begin();
        }
        final ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, length);
        isHalf = true;
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        isHalf = false;
    }

    // Devices and pipes cannot be cut.
    private void begin() throws IOException {
        isBegun = true;
        if (Files.isRegularFile(path)) {
            channel.truncate(0);
        }
    }

    ReplayFailedException failed(final IOException cause) {
        return new ReplayFailedException(name + ": cannot be written: " + FileComplaint.describe(cause), cause);
    }

    /** Leave no empty file behind where there was none; for any thread, when the process ends. */
    void removeIfUnused() {
        try {
            deleteIfUnused();
        } catch (final IOException e) {
            // Then it stays, and is empty.
        }
    }

    private void deleteIfUnused() throws IOException {
        if (isNew && !isBegun) {
            Files.deleteIfExists(path);
        }
    }

    // Such as on a full disk. It would pass for all of it, and its last line is cut.
    private void deleteIfHalf() throws IOException {
        if (isHalf && Files.isRegularFile(path)) {
            Files.delete(path.toRealPath());
        }
    }

    @Override
    public void close() {
        try {
            channel.close();
            deleteIfUnused();
            deleteIfHalf();
        } catch (final IOException e) {
            throw failed(e);
        }
    }
}
