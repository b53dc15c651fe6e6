package io.eventrouter.journal;

/**
 * Room that a journal has on the disk already, to be reserved for a record before anything happens that has to be
 * recorded. Whoever reserves counts what it has reserved since the journal was opened, and this counts what became free
 * of it: so a reservation is one assignment, and can be one step with another.
 *
 * <p><b>Threading:</b> one thread at a time reserves, any asks; the journal's thread tells what there is and what is
 * free again.
 */
public final class JournalRoom {
    /** What came of asking for room. */
    public enum Answer {
        /** There is room. */
        ENOUGH,
        /** All room is reserved just now; some will become free. */
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

    private volatile long freed;
    private volatile long capacity;
    private volatile Problem growthProblem;
    private volatile Problem writeProblem;

    JournalRoom() {}

    /**
     * Whether there is room.
     *
     * @param reserved bytes that were reserved since the journal was opened, those that are asked for included: what
     *     {@link Journal#reservation(int)} says for every record.
     * @return {@link Answer#ENOUGH} if they may be reserved.
     */
    public Answer answer(final long reserved) {
        final Problem failing = writeProblem;
        if (failing != null) {
            return failing.answer();
        }
        if (reserved - freed <= capacity) {
            return Answer.ENOUGH;
        }
        final Problem problem = growthProblem;
        return problem == null ? Answer.LATER : problem.answer();
    }

    /**
     * Room that was reserved is free again. What was appended frees its own. The journal's thread.
     *
     * @param bytes that were reserved.
     */
    public void free(final int bytes) {
        freed += bytes;
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
