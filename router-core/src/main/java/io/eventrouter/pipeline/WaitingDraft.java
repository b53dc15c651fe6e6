package io.eventrouter.pipeline;

/**
 * What stands in place of a draft's result while it is valid and has no place in a ring yet: its lane, and the handle
 * that its device most likely has. Neither a sequence nor a {@link io.eventrouter.event.PublishResult}.
 */
final class WaitingDraft {
    private static final long MARK = 1L << Long.SIZE - 1;

    private WaitingDraft() {}

    /** A draft that waits for a place in the ring of a lane. */
    static long of(final int lane, final int likelyDevice) {
        return MARK | (long) lane << Integer.SIZE | likelyDevice;
    }

    /** Whether a result is that of a draft that waits for a place in the ring of a lane. */
    static boolean isOf(final int lane, final long result) {
        return result >>> Integer.SIZE == (MARK >>> Integer.SIZE | lane);
    }

    /** The handle that the device of a draft that waits most likely has, or 0. */
    static int likelyDevice(final long waiting) {
        return (int) waiting;
    }
}
