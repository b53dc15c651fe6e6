package io.eventrouter.pipeline;

import java.util.concurrent.atomic.AtomicReference;

/**
 * Who may still touch what one of the router's threads works with, once that thread is told to stop: the thread itself,
 * until it has stopped or whoever closes the router has given it up. A thread that was given up may be inside a handler
 * that never comes back, so what it works with is never taken from under it: it gives that back itself, if it ever
 * ends.
 *
 * <p><b>Threading:</b> any thread.
 */
final class Ending {
    private enum Phase {
        /** The thread does its work. */
        AT_WORK,
        /** It has seen that it is to stop, and concludes. */
        CONCLUDING,
        /** It touches nothing any more. */
        STOPPED,
        /** It did not stop in time. */
        GIVEN_UP
    }

    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.AT_WORK);

    /** The thread is about to conclude; false if it was given up, or has concluded before. */
    boolean begin() {
        return phase.compareAndSet(Phase.AT_WORK, Phase.CONCLUDING);
    }

    /** The thread has concluded. */
    void conclude() {
        phase.compareAndSet(Phase.CONCLUDING, Phase.STOPPED);
    }

    /** Whether the thread touches nothing any more. */
    boolean isStopped() {
        return phase.get() == Phase.STOPPED;
    }

    boolean isGivenUp() {
        return phase.get() == Phase.GIVEN_UP;
    }

    /** Take over from a thread that will not run again, whatever it did last; true if it has not concluded. */
    boolean takeOver() {
        return phase.getAndSet(Phase.STOPPED) == Phase.AT_WORK;
    }

    /**
     * Do not wait for the thread any longer.
     *
     * @return true if it has not even begun to conclude: nobody has counted what it leaves.
     */
    boolean giveUp() {
        if (phase.compareAndSet(Phase.AT_WORK, Phase.GIVEN_UP)) {
            return true;
        }
        phase.compareAndSet(Phase.CONCLUDING, Phase.GIVEN_UP);
        return false;
    }
}
