package io.eventrouter.pipeline;

import io.eventrouter.routing.RoutingCore;
import java.util.ArrayDeque;

/**
 * The usage windows that a lane has closed, until their records are where they are meant to be: with the usage handler,
 * or durable. Emits them slice by slice, keeps the commands that wait for that, and closes the last window when the one
 * before is settled.
 *
 * <p><b>Threading:</b> the lane's routing thread; {@link #emitLast} also whoever closes the router, when that has
 * stopped.
 */
final class LaneWindows {
    private static final int DEVICES_PER_SLICE = 4_096;

    private final RoutingCore core;
    private final Ending ending;
    private final ArrayDeque<PendingCommand> waiting = new ArrayDeque<>();
    private boolean isEmitting;
    private PendingCommand closing;
    private long closingSequence;
    private boolean hasClosedLast;

    /**
     * None is closed.
     *
     * @param core of the lane.
     * @param ending of its thread.
     */
    LaneWindows(final RoutingCore core, final Ending ending) {
        this.core = core;
        this.ending = ending;
    }

    /** Close the open window. */
    void close(final long sequence, final long endMs) {
        core.closeUsageWindow(sequence, endMs);
        isEmitting = true;
    }

    /** The open window is the last: it is closed, at the place and time of a command, when those before are settled. */
    void closeLastWhenSettled(final PendingCommand command, final long sequence) {
        closing = command;
        closingSequence = sequence;
    }

    /** Keep a command until all windows that are closed now are settled. */
    void keepUntilSettled(final PendingCommand command) {
        waiting.add(command);
    }

    /** Emit some records; returns 0 if there are none, or no room for more. */
    int emitSlice() {
        if (isEmitting) {
            isEmitting = core.emitUsageSlice(DEVICES_PER_SLICE);
        }
        return isEmitting && core.hasRoomForUsage() ? 1 : 0;
    }

    /** Whether commands wait, and all windows are settled. */
    boolean isWaitOver() {
        return !waiting.isEmpty() && !isEmitting && core.isUsageSettled();
    }

    /** Close the last window, if that waits for the others, which are settled now; false if it does not. */
    boolean closeLastIfDue() {
        if (closing == null) {
            return false;
        }
        // Nothing is behind it in the ring.
        closeLast(closingSequence, closing.timeMs);
        closing = null;
        return true;
    }

    /** Take a command whose wait is over; null if there is none. */
    PendingCommand poll() {
        return waiting.poll();
    }

    /**
     * Close the last window, if that is not done, and emit what is left. What there is no room for, or if the window
     * before is still on its way, waits for another call.
     */
    void emitLast(final long sequence, final long endMs) {
        emitWhatHasRoom();
        if (!hasClosedLast && !isEmitting && core.isUsageSettled()) {
            closeLast(sequence, endMs);
            emitWhatHasRoom();
        }
    }

    /** Whether there is nothing left to emit. */
    boolean hasEmittedLast() {
        return hasClosedLast && !isEmitting;
    }

    private void closeLast(final long sequence, final long endMs) {
        hasClosedLast = true;
        close(sequence, endMs);
    }

    private void emitWhatHasRoom() {
        while (isEmitting && core.hasRoomForUsage() && !ending.isGivenUp()) {
            isEmitting = core.emitUsageSlice(DEVICES_PER_SLICE);
        }
    }
}
