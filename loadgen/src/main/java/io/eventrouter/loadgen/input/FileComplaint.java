package io.eventrouter.loadgen.input;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;

/** What is wrong with a file, in words for a message that has its name already. */
public final class FileComplaint {
    private static final String FILE_IN_THE_WAY = "a part of its path is a file, not a directory";

    private FileComplaint() {}

    /**
     * A failure that knows its file, as one of writing does not.
     *
     * @param file that cannot be used.
     * @param cause of the failure.
     * @return the cause itself if it names a file, else one that does.
     */
    public static FileSystemException naming(final Path file, final IOException cause) {
        if (cause instanceof FileSystemException named) {
            return named;
        }
        final FileSystemException naming = new FileSystemException(file.toString(), null, cause.getMessage());
        naming.initCause(cause);
        return naming;
    }

    /**
     * Say which file of a directory cannot be used, and why.
     *
     * @param cause of the failure.
     * @return the last part of the file's name, if that is known, and the reason.
     */
    public static String describeInside(final IOException cause) {
        final String file = cause instanceof FileSystemException ofFile ? ofFile.getFile() : null;
        return (file == null ? "" : Path.of(file).getFileName() + ": ") + describe(cause);
    }

    /**
     * Say why a file cannot be used.
     *
     * @param cause of the failure.
     * @return the reason, without the name of the file and without that of an exception where the system gives one.
     */
    public static String describe(final IOException cause) {
        if (cause instanceof NoSuchFileException) {
            return "there is no such file or directory";
        }
        if (cause instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (cause instanceof FileAlreadyExistsException || cause instanceof NotDirectoryException) {
            return FILE_IN_THE_WAY;
        }
        final String reason = cause instanceof FileSystemException ofFile ? ofFile.getReason() : cause.getMessage();
        if (reason == null) {
            return cause.toString();
        }
        return reason.equals("Not a directory") ? FILE_IN_THE_WAY : reason;
    }
}
