package io.eventrouter.journal;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** A real file system of a given size, in memory; only root can have one, others skip their test. */
public final class SmallFileSystem implements AutoCloseable {
    private final Path directory;

    private SmallFileSystem(final Path directory) {
        this.directory = directory;
    }

    /** Mount one. */
    public static SmallFileSystem mount(final Path directory, final String size)
            throws IOException, InterruptedException {
        Files.createDirectories(directory);
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=" + size, "tmpfs", directory.toString()),
                "no file system can be mounted here");
        return new SmallFileSystem(directory);
    }

    public Path directory() {
        return directory;
    }

    /** Mount it again, for reading only or not. */
    public void readOnly(final boolean readOnly) throws InterruptedException {
        assumeTrue(
                run("mount", "-o", "remount," + (readOnly ? "ro" : "rw"), directory.toString()),
                "the file system cannot be mounted again");
    }

    @Override
    public void close() {
        try {
            run("umount", "-l", directory.toString());
        } catch (final InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean run(final String... command) throws InterruptedException {
        try {
            final Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(30, TimeUnit.SECONDS) && process.exitValue() == 0;
        } catch (final IOException noSuchCommand) {
            return false;
        }
    }
}
