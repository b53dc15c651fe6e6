package io.eventrouter.simulation;

/** What a handler does to the thread that it is called on. */
enum Behavior {
    /** It returns. */
    RETURN,
    /** It throws an exception. */
    THROW_EXCEPTION,
    /** It throws an error. */
    THROW_ERROR,
    /** It runs out of stack. */
    OVERFLOW_STACK,
    /** It returns, and leaves its thread interrupted. */
    INTERRUPT;

    boolean isFault() {
        return this != RETURN && this != INTERRUPT;
    }

    void happen(final String where) {
        switch (this) {
            case THROW_EXCEPTION:
                throw new PlantedException(where);
            case THROW_ERROR:
                throw new PlantedError(where);
            case OVERFLOW_STACK:
                overflow(0);
                break;
            case INTERRUPT:
                Thread.currentThread().interrupt();
                break;
            default:
                break;
        }
    }

    /** Whether a problem is one that a handler was told to make. */
    static boolean isPlanted(final Throwable problem) {
        return problem instanceof PlantedException
                || problem instanceof PlantedError
                || problem instanceof StackOverflowError;
    }

    private static int overflow(final int depth) {
        return depth == 100_000_000 ? depth : overflow(depth + 1) + 1;
    }

    private static final class PlantedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        PlantedException(final String where) {
            super("planted exception of " + where, null, false, false);
        }
    }

    private static final class PlantedError extends Error {
        private static final long serialVersionUID = 1;

        PlantedError(final String where) {
            super("planted error of " + where, null, false, false);
        }
    }
}
