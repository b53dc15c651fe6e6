package io.eventrouter.usage;

/**
 * What the journal has of the window that a lane has closed, or will close next.
 *
 * <p><b>Threading:</b> the usage thread.
 */
final class WindowUnit {
    /** A frame that is not there. */
    static final long NONE = Long.MAX_VALUE;

    final LaneUsage lane;

    /** Number among all units of the journal, once it is begun. */
    long number;

    /** Sequence in the journal of the first frame. */
    long firstFrame = NONE;

    /** Sequence in the journal of the last frame. */
    long commitFrame = NONE;

    /** Rows that are in the journal. */
    int rows;

    /** Usage records among them. */
    int records;

    private int window;

    WindowUnit(final LaneUsage lane) {
        this.lane = lane;
    }

    UsageWindow window() {
        return lane.windows()[window];
    }

    boolean isBegun() {
        return firstFrame != NONE;
    }

    boolean isWhole() {
        return commitFrame != NONE;
    }

    /** Go on with the lane's other window, of which the journal has nothing. */
    void next() {
        window ^= 1;
        firstFrame = NONE;
        commitFrame = NONE;
        rows = 0;
        records = 0;
    }
}
