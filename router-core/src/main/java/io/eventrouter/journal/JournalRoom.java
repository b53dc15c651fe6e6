package io.eventrouter.journal;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Room that a journal has on the disk already, to be reserved for a record before anything happens that has to be recorded.
 *
 * <p><b>Threading:</b> any thread reserves and gives back; the journal's thread tells what there is.
 */
public final class JournalRoom {
    /** What came of asking for room. */
    public enum Answer {
        /** There is room, and it is the caller's now. */
        RESERVED,
        /** All room is reserved just now; some will come back. */
        LATER,
        /** There is no room, and the disk has none. */
        FULL,
        /** The disk does not do what it should. */
        UNAVAILABLE
    }

    /** What is wrong, for as long as it is. */
    record Problem(boolean isFull, String message) {
        Answer answer() {
            return isFull ? Answer.FULL : Answer.UNAVAILABLE;
        }
    }

    private final AtomicLong reserved = new AtomicLong();
    private volatile long capacity;
    private volatile Problem growthProblem;
    private volatile Problem writeProblem;

    JournalRoom() {}

    /**
     * Reserve room.
     *
     * @param bytes that {@link Journal#reservation(int)} says.
     * @return whether the caller has it.
     */
    public Answer reserve(final int bytes) {
        final Problem failing = writeProblem;
        if (failing != null) {
            return failing.answer();
        }
        if (reserved.addAndGet(bytes) <= capacity) {
            return Answer.RESERVED;
        }
        reserved.addAndGet(-bytes);
        final Problem problem = growthProblem;
        return problem == null ? Answer.LATER : problem.answer();
    }

    /**
     * Give room back that was not needed. What was appended gives its own back.
     *
     * @param bytes that were reserved.
     */
    public void giveBack(final int bytes) {
        reserved.addAndGet(-bytes);
    }

    /**
     * Why room is refused.
     *
     * @return what the disk said, in a sentence; empty if nothing is wrong any more.
     */
    public String problem() {
        final Problem failing = writeProblem;
        final Problem problem = failing == null ? growthProblem : failing;
        return problem == null ? "" : problem.message();
    }

    void capacity(final long bytes) {
        capacity = bytes;
    }

    void writeProblem(final Problem problem) {
        writeProblem = problem;
    }

    void growthProblem(final Problem problem) {
        growthProblem = problem;
    }
}
