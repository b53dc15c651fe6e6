package io.eventrouter.journal;

import java.io.IOException;

/** The disk, or what this user may take of it, is full. */
public final class OutOfSpaceException extends IOException {
    private static final long serialVersionUID = 1;

    /**
     * A full disk.
     *
     * @param message with the file and the bytes that were needed.
     * @param cause what the system said, or null.
     */
    public OutOfSpaceException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
