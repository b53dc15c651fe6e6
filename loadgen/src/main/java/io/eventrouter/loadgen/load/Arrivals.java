package io.eventrouter.loadgen.load;

/** The events that one publisher takes, one after the other; belongs to its thread. */
interface Arrivals {
    /** As a due time: no event is left. */
    long NONE = Long.MAX_VALUE;

    /** When the next event is due, in nanoseconds from the start of the load, or {@link #NONE}. */
    long dueNs();

    /** The number of the next event. */
    long event();

    /** Go on to the event behind it. */
    void advance();

    /**
     * How many events are left that are due before a time, without going through them one by one: exact where their
     * places are fixed, and on average, from the next one on, where they are random.
     */
    long leftBefore(long ns);
}
