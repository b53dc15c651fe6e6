package io.eventrouter.loadgen.output;

import io.eventrouter.loadgen.input.FileComplaint;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Writes files of which nobody ever sees a half. */
public final class WholeFile {
    private static final String UNFINISHED = ".unfinished";

    private WholeFile() {}

    /**
     * Write a file, which holds either what it held before or all of the new content, whatever happens meanwhile. A
     * device or a pipe takes the content as it comes.
     *
     * @param file to write.
     * @param content of the file.
     * @throws FileSystemException if it cannot be written; it names the file.
     */
    public static void write(final Path file, final byte[] content) throws FileSystemException {
        try {
            if (Files.exists(file) && !Files.isRegularFile(file)) {
                Files.write(file, content);
            } else {
                // Behind a symbolic link, which stays one.
                replace(Files.exists(file) ? file.toRealPath() : file, content);
            }
        } catch (final IOException e) {
            throw FileComplaint.naming(file, e);
        }
    }

    private static void replace(final Path file, final byte[] content) throws IOException {
        final Path unfinished = file.resolveSibling(file.getFileName() + UNFINISHED);
        try {
            Files.write(unfinished, content);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (final IOException e) {
            deleteIfPossible(unfinished);
            throw e;
        }
    }

    private static void deleteIfPossible(final Path unfinished) {
        try {
            Files.deleteIfExists(unfinished);
        } catch (final IOException e) {
            // Then it stays, under a name that says what it is.
        }
    }
}
