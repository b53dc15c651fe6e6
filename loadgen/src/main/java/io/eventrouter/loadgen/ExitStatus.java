package io.eventrouter.loadgen;

/** What the process tells the shell. */
public final class ExitStatus {
    /** All is well; where there is an objective, it was met. */
    public static final int FINE = 0;

    /** Something went wrong inside, or a file could not be written. */
    public static final int FAILED = 1;

    /** An option or a file of the user is wrong. */
    public static final int BAD_INPUT = 2;

    /** The objective was not met. */
    public static final int NOT_MET = 3;

    /** The run says nothing, as the generator did not keep its schedule. */
    public static final int INVALID = 4;

    private ExitStatus() {}
}
