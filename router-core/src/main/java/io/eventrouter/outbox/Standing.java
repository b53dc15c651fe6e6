package io.eventrouter.outbox;

import java.util.function.BooleanSupplier;

/**
 * How a subscriber is treated, and when that changes: by failures, by a handler that does not return, by time, by the
 * embedder.
 *
 * <p><b>Threading:</b> routing threads read {@link #refusal()}, which is one volatile read. Changes are made under a
 * lock that they never take.
 */
final class Standing {
    private final int failureLimit;
    private final long minPauseNs;
    private final long maxPauseNs;
    private final OutboxCounts counts;

    private volatile OutboxState state = OutboxState.OPEN;
    private volatile OutboxCounter refusal;
    private boolean closed;

    /** Written by the worker whose turn it is, and under the lock. */
    private volatile int failuresInRow;

    private long pauseNs;
    private long backAtNs;

    Standing(final int failureLimit, final long minPauseNs, final long maxPauseNs, final OutboxCounts counts) {
        this.failureLimit = failureLimit;
        this.minPauseNs = minPauseNs;
        this.maxPauseNs = maxPauseNs;
        this.counts = counts;
        pauseNs = minPauseNs;
    }

    /** Why whatever is offered is dropped; null if it is taken. */
    OutboxCounter refusal() {
        return refusal;
    }

    OutboxState state() {
        return state;
    }

    /** How many deliveries may be handed over in a turn of at most so many. */
    int deliveriesOfTurn(final int most) {
        switch (state) {
            case OPEN:
                return most;
            case ON_PROBATION:
                return 1;
            default:
                return 0;
        }
    }

    void onDelivered() {
        if (failuresInRow != 0 || state != OutboxState.OPEN) {
            recover();
        }
    }

    private synchronized void recover() {
        failuresInRow = 0;
        pauseNs = minPauseNs;
        become(OutboxState.OPEN);
    }

    /** A delivery has failed; true if the subscriber is set aside for it. */
    synchronized boolean onFailed(final long nowNs) {
        failuresInRow++;
        if (failuresInRow < failureLimit) {
            return false;
        }
        // On probation the failures that led to it still count.
        counts.increment(OutboxCounter.TIMES_SET_ASIDE);
        backAtNs = nowNs + pauseNs;
        pauseNs = Math.min(maxPauseNs, 2 * pauseNs);
        become(OutboxState.SET_ASIDE);
        return true;
    }

    /** The handler does not return; false if it has done so after all. */
    synchronized boolean onStuck(final BooleanSupplier stillIsStuck) {
        if (!stillIsStuck.getAsBoolean()) {
            return false;
        }
        counts.increment(OutboxCounter.TIMES_STUCK);
        become(OutboxState.STUCK);
        return true;
    }

    /** The handler has returned that was stuck; how the delivery ended is told next. */
    synchronized void onReturned() {
        become(OutboxState.OPEN);
    }

    /** Time has passed: a pause may be over. */
    void onTime(final long nowNs) {
        if (state == OutboxState.SET_ASIDE) {
            tryAgain(nowNs);
        }
    }

    private synchronized void tryAgain(final long nowNs) {
        if (state == OutboxState.SET_ASIDE && nowNs - backAtNs >= 0) {
            become(OutboxState.ON_PROBATION);
        }
    }

    /** Do not wait for the end of the pause. */
    synchronized void reinstate() {
        if (state == OutboxState.SET_ASIDE) {
            failuresInRow = 0;
            pauseNs = minPauseNs;
            become(OutboxState.OPEN);
        }
    }

    /** Drop whatever is offered from here on. */
    synchronized void close() {
        closed = true;
        become(state);
    }

    private void become(final OutboxState newState) {
        state = newState;
        if (closed) {
            refusal = OutboxCounter.DROPPED_CLOSED;
        } else if (newState == OutboxState.SET_ASIDE) {
            refusal = OutboxCounter.DROPPED_SET_ASIDE;
        } else {
            refusal = newState == OutboxState.STUCK ? OutboxCounter.DROPPED_STUCK : null;
        }
    }
}
