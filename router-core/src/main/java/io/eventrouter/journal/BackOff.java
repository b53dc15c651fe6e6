package io.eventrouter.journal;

/** When to try again what failed: after 10 ms, then ever later, up to a second. */
final class BackOff {
    private static final long FIRST_DELAY_MS = 10;
    private static final long MAX_DELAY_MS = 1_000;

    private long failedAtMs;
    private long delayMs;

    /** A clock that was set back does not make anyone wait. */
    boolean isDue(final long nowMs) {
        return delayMs == 0 || nowMs < failedAtMs || nowMs - failedAtMs >= delayMs;
    }

    boolean isFailing() {
        return delayMs != 0;
    }

    void failed(final long nowMs) {
        failedAtMs = nowMs;
        delayMs = Math.min(MAX_DELAY_MS, Math.max(FIRST_DELAY_MS, 2 * delayMs));
    }

    void succeeded() {
        delayMs = 0;
    }
}
