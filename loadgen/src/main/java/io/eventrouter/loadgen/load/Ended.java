package io.eventrouter.loadgen.load;

/** How a load came to its end. */
public enum Ended {
    /** Everything that was scheduled was offered. */
    COMPLETE,
    /** It was asked to stop. */
    INTERRUPTED,
    /** The generator was hopelessly late. */
    GAVE_UP,
    /** A trial whose objective was out of reach already. */
    DECIDED
}
