package io.eventrouter.loadgen.input;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * A text that can be opened, more than once where it is a file, under the name by which the user knows it.
 *
 * @param name for messages.
 * @param path of the file; null for a resource.
 */
public record TextSource(String name, Path path) {
    /**
     * A file.
     *
     * @param name as the user gave it.
     * @return the source.
     * @throws BadInputException if the name cannot be that of a file.
     */
    public static TextSource ofFile(final String name) {
        try {
            return new TextSource(name, Path.of(name));
        } catch (final InvalidPathException e) {
            throw new BadInputException(name + ": cannot be the name of a file: " + e.getReason());
        }
    }

    /**
     * A resource of this program.
     *
     * @param name of the resource, from the root of the jar.
     * @return the source.
     */
    public static TextSource ofResource(final String name) {
        return new TextSource(name, null);
    }

    /**
     * Refuse what can be read only once, such as a pipe.
     *
     * @throws BadInputException if this is not a regular file.
     */
    public void requireRereadable() {
        requireReadable();
        if (path != null && !Files.isRegularFile(path)) {
            throw new BadInputException(name + ": must be a regular file, as it is read more than once");
        }
    }

    /**
     * Find out now, without reading, what {@link #open()} would complain about.
     *
     * @throws BadInputException if there is no such file or it may not be read.
     */
    public void requireReadable() {
        if (path == null) {
            return;
        }
        if (Files.isDirectory(path)) {
            throw new BadInputException(name + ": is a directory, not a file");
        }
        if (!Files.exists(path)) {
            throw new BadInputException(name + ": no such file");
        }
        if (!Files.isReadable(path)) {
            throw new BadInputException(name + ": may not be read: permission denied");
        }
    }

    /**
     * How long the text is.
     *
     * @return bytes; -1 if that cannot be known beforehand, such as of a pipe.
     */
    public long sizeOrUnknown() {
        try {
            return path != null && Files.isRegularFile(path) ? Files.size(path) : -1;
        } catch (final IOException e) {
            return -1;
        }
    }

    /**
     * Open the text from its beginning.
     *
     * @return the bytes; the caller closes them.
     * @throws BadInputException if there is no such file or it cannot be read.
     */
    public InputStream open() {
        if (path == null) {
            final InputStream resource = TextSource.class.getResourceAsStream("/" + name);
            if (resource == null) {
                throw new IllegalStateException("resource is missing from the program: name=" + name);
            }
            return resource;
        }
        requireReadable();
        try {
            return Files.newInputStream(path);
        } catch (final IOException e) {
            throw unreadable(e);
        }
    }

    /**
     * What to say when reading has failed half-way.
     *
     * @param cause of the failure.
     * @return the exception to throw.
     */
    public BadInputException unreadable(final IOException cause) {
        return new BadInputException(name + ": cannot be read: " + FileComplaint.describe(cause));
    }
}
