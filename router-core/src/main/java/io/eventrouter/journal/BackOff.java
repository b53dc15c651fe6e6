package io.eventrouter.journal;

/**
 * When to try again what failed: after 10 ms, then ever later, up to a second.
 *
 * <p><b>Threading:</b> one thread.
 */
public final class BackOff {
    private static final long FIRST_DELAY_MS = 10;
    private static final long MAX_DELAY_MS = 1_000;

    private long failedAtMs;
    private long delayMs;

    /**
     * Whether to try now. A clock that was set back does not make anyone wait.
     *
     * @param nowMs what time it is.
     * @return true unless the last failure was just now.
     */
    public boolean isDue(final long nowMs) {
        return delayMs == 0 || nowMs < failedAtMs || nowMs - failedAtMs >= delayMs;
    }

    /**
     * Whether it failed the last time.
     *
     * @return true from the first failure to the next success.
     */
    public boolean isFailing() {
        return delayMs != 0;
    }

    /**
     * It failed.
     *
     * @param nowMs what time it is.
     */
    public void failed(final long nowMs) {
        failedAtMs = nowMs;
        delayMs = Math.min(MAX_DELAY_MS, Math.max(FIRST_DELAY_MS, 2 * delayMs));
    }

    /** There is reason to try now. */
    public void hurry() {
        failedAtMs = Long.MAX_VALUE;
    }

    /** It succeeded. */
    public void succeeded() {
        delayMs = 0;
    }
}
