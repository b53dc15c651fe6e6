package io.eventrouter.benchmarks;

import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.IdleStrategy;

/**
 * Yields while it is the turn of its thread and sleeps while it is not: a thread that yields is one that wants to run,
 * and on a machine with two processors it would take time from the two that are measured.
 *
 * <p><b>Threading:</b> one thread idles, another says whose turn it is.
 */
final class TurnIdleStrategy implements IdleStrategy {
    private static final long SLEEP_NS = 1_000_000;

    private volatile boolean resting;

    /** Sleep from now on, whenever there is nothing to do. */
    void rest() {
        resting = true;
    }

    /** Yield from now on; the thread may sleep once more. */
    void work() {
        resting = false;
    }

    @Override
    public void idle(final int workCount) {
        if (workCount <= 0) {
            idle();
        }
    }

    @Override
    public void idle() {
        if (resting) {
            LockSupport.parkNanos(SLEEP_NS);
        } else {
            Thread.yield();
        }
    }

    @Override
    public void reset() {}
}
