package io.eventrouter.loadgen.feed;

import java.util.concurrent.atomic.AtomicReference;

/** Remembers the first of the failures that any thread reports, for the thread that can do something about it. */
public final class FirstFailure {
    private final AtomicReference<ReplayFailedException> first = new AtomicReference<>();

    /**
     * Report a failure.
     *
     * @param message one line for the user.
     * @param cause of the failure, or null.
     */
    public void report(final String message, final Throwable cause) {
        if (first.get() == null) {
            first.compareAndSet(null, new ReplayFailedException(message, cause));
        }
    }

    /**
     * Go on only if nothing has failed.
     *
     * @throws ReplayFailedException with the first failure.
     */
    public void throwIfReported() {
        final ReplayFailedException failure = first.get();
        if (failure != null) {
            throw failure;
        }
    }
}
