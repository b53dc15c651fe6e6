package io.eventrouter.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** A directory of the file system. */
public final class FileSystemDisk implements Disk {
    private static final Path LINUX_BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final int ZEROS_LENGTH = 1 << 20;
    private static final boolean IS_WINDOWS =
            System.getProperty("os.name").toLowerCase(Locale.ROOT).startsWith("windows");

    /**
     * The directories that this process has. Systems keep locks by process: whoever opened the file of one a second
     * time and closed it again, because it is locked, would give back the lock of the first.
     */
    private static final Set<Object> TAKEN = ConcurrentHashMap.newKeySet();

    private final Path directory;

    /**
     * The files of a directory, which is made if it is not there.
     *
     * @param directory where they are.
     * @throws IOException if it cannot be made.
     */
    public FileSystemDisk(final Path directory) throws IOException {
        this.directory = directory;
        Files.createDirectories(directory);
    }

    @Override
    public Disk directory(final String name) throws IOException {
        return new FileSystemDisk(directory.resolve(name));
    }

    @Override
    public List<String> list() throws IOException {
        final List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> paths = Files.newDirectoryStream(directory)) {
            for (final Path path : paths) {
                if (!Files.isDirectory(path)) {
                    names.add(path.getFileName().toString());
                }
            }
        }
        return names;
    }

    @Override
    public DiskFile create(final String name, final long length) throws IOException {
        final Path path = directory.resolve(name);
        if (Files.exists(path)) {
            throw new FileAlreadyExistsException(path.toString());
        }
        FileSystemFile file = null;
        try {
            file = new FileSystemFile(path);
            fillWithZeros(file, length);
            file.force();
            return file;
        } catch (final IOException problem) {
            if (file != null) {
                file.close();
            }
            final boolean isFull = isOutOfSpace(problem) || directory.toFile().getUsableSpace() < length;
            Files.deleteIfExists(path);
            throw isFull
                    ? new OutOfSpaceException("disk is full: file=" + path + ", neededBytes=" + length, problem)
                    : problem;
        }
    }

    @Override
    public DiskFile open(final String name) throws IOException {
        final Path path = directory.resolve(name);
        if (!Files.exists(path)) {
            throw new NoSuchFileException(path.toString());
        }
        return new FileSystemFile(path);
    }

    @Override
    public void delete(final String name) throws IOException {
        Files.deleteIfExists(directory.resolve(name));
    }

    @Override
    public void forceDirectory() throws IOException {
        // Windows has no handles of directories; NTFS keeps names in its own journal.
        if (!IS_WINDOWS) {
            FileSystemFile.forceDirectory(directory);
        }
    }

    @Override
    public Closeable lock(final String name) throws IOException {
        final Object key = key();
        if (!TAKEN.add(key)) {
            throw takenByAnother();
        }
        FileChannel channel = null;
        boolean isLocked = false;
        try {
            channel = FileChannel.open(directory.resolve(name), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                throw takenByAnother();
            }
            isLocked = true;
            return new Lock(channel, key);
        } catch (final OverlappingFileLockException taken) {
            // Somebody in this process has it who does not know of this class.
            throw takenByAnother();
        } finally {
            if (!isLocked) {
                giveBack(channel, key);
            }
        }
    }

    private IllegalStateException takenByAnother() {
        return new IllegalStateException("another router uses the data directory: " + directory);
    }

    // The same for all paths to the directory.
    private Object key() throws IOException {
        final Object key =
                Files.readAttributes(directory, BasicFileAttributes.class).fileKey();
        return key == null ? directory.toRealPath() : key;
    }

    private static void giveBack(final FileChannel channel, final Object key) throws IOException {
        try {
            if (channel != null) {
                channel.close();
            }
        } finally {
            TAKEN.remove(key);
        }
    }

    /** A directory that is taken. */
    private record Lock(FileChannel channel, Object key) implements Closeable {
        @Override
        public void close() throws IOException {
            if (channel.isOpen()) {
                giveBack(channel, key);
            }
        }
    }

    @Override
    public long machineRun() {
        try {
            final UUID bootId = UUID.fromString(Files.readString(LINUX_BOOT_ID).strip());
            return bootId.getMostSignificantBits() ^ bootId.getLeastSignificantBits();
        } catch (final IOException | IllegalArgumentException notLinux) {
            return ThreadLocalRandom.current().nextLong();
        }
    }

    @Override
    public String path(final String name) {
        return directory.resolve(name).toString();
    }

    /*
     * Bytes that were written have their blocks, and a later write to them changes no metadata: neither can it meet a
     * full disk, nor does forcing it wait for the file system's own journal.
     */
    private static void fillWithZeros(final DiskFile file, final long length) throws IOException {
        final byte[] zeros = new byte[(int) Math.min(length, ZEROS_LENGTH)];
        for (long position = 0; position < length; position += zeros.length) {
            file.write(position, zeros, 0, (int) Math.min(zeros.length, length - position));
        }
    }

    /** Whether the words of the system are those for a full disk, a spent quota or a file that may not grow. */
    static boolean isOutOfSpace(final IOException problem) {
        final String message = String.valueOf(problem.getMessage());
        return message.contains("No space left")
                || message.contains("uota exceeded")
                || message.contains("File too large")
                || message.contains("not enough space");
    }
}
