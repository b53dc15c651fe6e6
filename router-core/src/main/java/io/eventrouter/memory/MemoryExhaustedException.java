package io.eventrouter.memory;

/** More off-heap memory was asked for than may be used; nothing has changed then. */
public final class MemoryExhaustedException extends IllegalStateException {
    private static final long serialVersionUID = 1;

    /**
     * Memory is exhausted.
     *
     * @param message with what was needed and what there is.
     */
    public MemoryExhaustedException(final String message) {
        super(message);
    }
}
