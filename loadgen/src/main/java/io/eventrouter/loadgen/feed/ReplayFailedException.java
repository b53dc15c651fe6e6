package io.eventrouter.loadgen.feed;

/** A replay, a load, a plan or a report could not be carried out although nothing was wrong with what the user gave. */
public final class ReplayFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * It has failed.
     *
     * @param message one line for the user.
     * @param cause of the failure, or null.
     */
    public ReplayFailedException(final String message, final Throwable cause) {
        super(message, cause);
    }
}
