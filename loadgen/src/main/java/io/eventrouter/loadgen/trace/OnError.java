package io.eventrouter.loadgen.trace;

/** What happens at a line that is wrong. */
public enum OnError {
    /** The replay ends there. */
    STOP,
    /** The line is reported, counted and passed over. */
    SKIP
}
