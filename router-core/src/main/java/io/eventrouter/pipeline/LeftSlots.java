package io.eventrouter.pipeline;

/**
 * Slots that were taken by somebody who failed before they were published. Whoever fails writes them down by assignments
 * alone, under the monitor of this object: where the end of the stack has struck, there may be none left for a call. The
 * routing thread does the rest.
 *
 * <p><b>Threading:</b> any thread, under its monitor; the number may be read without.
 */
final class LeftSlots {
    /** In place of a number of slots: one, with a command that other lanes have too. */
    static final int COMMAND = 0;

    /** More than can fail between two cycles of a routing thread, unless that is blocked. */
    private static final int CAPACITY = 4_096;

    final long[] places = new long[CAPACITY];
    final int[] slots = new int[CAPACITY];
    volatile int count;
}
