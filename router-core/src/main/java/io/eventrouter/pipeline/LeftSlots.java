package io.eventrouter.pipeline;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Slots that were taken by somebody who failed before they were published. Whoever fails writes them down by two
 * assignments alone: where the end of the stack has struck, there may be none left for a call, nor for waiting for a
 * monitor. The routing thread does the rest.
 *
 * <p><b>Threading:</b> any thread writes; the routing thread takes.
 */
final class LeftSlots {
    /** In place of a number of slots: one, with a command that other lanes have too. */
    static final int COMMAND = 0;

    /** A claim is the sequence of its first slot plus one, and in these bits the number of its slots. */
    static final int COUNT_BITS = 16;

    private static final VarHandle CLAIMS = MethodHandles.arrayElementVarHandle(long[].class);
    private static final int COUNT_MASK = (1 << COUNT_BITS) - 1;

    /** By the index of the first slot in the ring; 0 for none. Claims that wait overlap no more than their slots do. */
    final long[] claims;

    final int mask;

    /** Raised when a claim was written. */
    volatile boolean isAny;

    LeftSlots(final int slots) {
        claims = new long[slots];
        mask = slots - 1;
    }

    /** Take a claim; if somebody is writing another in its place, that one stays. */
    void take(final int index, final long claim) {
        CLAIMS.compareAndSet(claims, index, claim, 0L);
    }

    static long place(final long claim) {
        return (claim >>> COUNT_BITS) - 1;
    }

    static int count(final long claim) {
        return (int) claim & COUNT_MASK;
    }
}
