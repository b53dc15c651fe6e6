package io.eventrouter.loadgen.page;

import io.eventrouter.loadgen.input.BadInputException;
import io.eventrouter.loadgen.input.FileComplaint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;

/** Where the page of results may be written. */
public final class PageFile {
    private PageFile() {}

    /**
     * Refuse to replace a file of the results that the page shows; a page beside them may be replaced.
     *
     * @param file to write.
     * @param results directories that the page shows.
     * @throws BadInputException if the file is one of theirs.
     */
    public static void refuseResults(final Path file, final Collection<Path> results) {
        if (!Files.isRegularFile(file) || file.toString().endsWith(".html")) {
            return;
        }
        try {
            for (final Path directory : results) {
                if (Files.isDirectory(directory) && file.toRealPath().startsWith(directory.toRealPath())) {
                    throw new BadInputException(file + ": belongs to the results in " + directory
                            + ", so it cannot be written; the name of a page ends in .html");
                }
            }
        } catch (final IOException e) {
            throw new BadInputException(file + ": cannot be compared with the results: " + FileComplaint.describe(e));
        }
    }
}
