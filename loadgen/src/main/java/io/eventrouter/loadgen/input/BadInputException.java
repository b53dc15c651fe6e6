package io.eventrouter.loadgen.input;

/** Something that the user gave cannot be used; the message says in one line what, where and why. */
public final class BadInputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Something cannot be used.
     *
     * @param message one line for the user.
     */
    public BadInputException(final String message) {
        super(message);
    }
}
