package io.eventrouter.journal;

import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * When what was written is forced to the disk. Whatever the policy, what was acknowledged outlives the process; the
 * policy says what a power cut can cost.
 *
 * @param kind of policy.
 * @param intervalMs at least so many milliseconds lie between two forces; 0 unless there is an interval.
 */
public record SyncPolicy(Kind kind, long intervalMs) {
    /** Nothing is acknowledged before it is forced: a power cut costs nothing. The default. */
    public static final SyncPolicy EVERY_BATCH = new SyncPolicy(Kind.EVERY_BATCH, 0);

    /** The operating system decides: a power cut can cost whatever it had not written back, usually up to 30 s. */
    public static final SyncPolicy OPERATING_SYSTEM = new SyncPolicy(Kind.OPERATING_SYSTEM, 0);

    /** Kinds of policy. */
    public enum Kind {
        /** Before every acknowledgement; what is waiting is forced together. */
        EVERY_BATCH,
        /** Now and then, after the acknowledgement. */
        INTERVAL,
        /** When a segment is full, and at the end. */
        OPERATING_SYSTEM
    }

    private static final long MAX_INTERVAL_MS = TimeUnit.HOURS.toMillis(1);

    /** Check kind and interval. */
    public SyncPolicy {
        Objects.requireNonNull(kind, "kind");
        final boolean isValid =
                kind == Kind.INTERVAL ? intervalMs >= 1 && intervalMs <= MAX_INTERVAL_MS : intervalMs == 0;
        if (!isValid) {
            throw new IllegalArgumentException("interval of a sync policy must be 1 ms to 1 h, and 0 without one: kind="
                    + kind + ", intervalMs=" + intervalMs);
        }
    }

    /**
     * Acknowledge when written, and force now and then: a power cut can cost what was acknowledged since.
     *
     * @param duration between two forces, 1 ms to 1 h.
     * @param unit of the duration.
     * @return the policy.
     */
    public static SyncPolicy atMostEvery(final long duration, final TimeUnit unit) {
        return new SyncPolicy(Kind.INTERVAL, unit.toMillis(duration));
    }
}
