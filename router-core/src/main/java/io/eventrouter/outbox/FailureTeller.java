package io.eventrouter.outbox;

import org.agrona.ErrorHandler;

/**
 * Tells what a subscriber's handler throws, each kind the 1st, 2nd, 4th, 8th time and so on: a handler that always
 * throws must not fill a log.
 *
 * <p><b>Threading:</b> the worker whose turn it is; {@link #tell} any thread.
 */
final class FailureTeller {
    private static final int MAX_KINDS = 16;

    private final String subscriber;
    private final ErrorHandler errorHandler;
    private final Class<?>[] kinds = new Class<?>[MAX_KINDS];
    private final long[] times = new long[MAX_KINDS];

    FailureTeller(final String subscriber, final ErrorHandler errorHandler) {
        this.subscriber = subscriber;
        this.errorHandler = errorHandler;
    }

    void onFailure(final Throwable problem) {
        final long count = ++times[kindOf(problem.getClass())];
        if (Long.bitCount(count) == 1) {
            tell("a handler threw: subscriber=" + subscriber + ", times=" + count, problem);
        }
    }

    void onSetAside(final Throwable problem) {
        tell("set aside: subscriber=" + subscriber, problem);
    }

    /** Nothing else would say why an outbox that is open hands nothing over. */
    void tellNoRouter() {
        tell(
                "nothing is handed over, as an outcome waits to be reported: call reportTo: subscriber=" + subscriber,
                null);
    }

    /** Tell something; the error handler itself may throw, and memory may have run out. */
    void tell(final String sentence, final Throwable problem) {
        try {
            errorHandler.onError(new IllegalStateException(sentence, problem));
        } catch (final Throwable another) {
            // There is nobody left to tell; the counters have it.
        }
    }

    // The last place is for all kinds that have no place of their own.
    private int kindOf(final Class<?> kind) {
        for (int i = 0; i < MAX_KINDS - 1; i++) {
            if (kinds[i] == null) {
                kinds[i] = kind;
            }
            if (kinds[i] == kind) {
                return i;
            }
        }
        return MAX_KINDS - 1;
    }
}
