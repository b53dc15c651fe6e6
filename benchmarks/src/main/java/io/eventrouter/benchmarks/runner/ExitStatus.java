package io.eventrouter.benchmarks.runner;

/** What the process tells the shell. */
public final class ExitStatus {
    /** Everything was measured and nothing is worse. */
    public static final int PASSED = 0;

    /** An option, a file or a pair of results cannot be used. */
    public static final int USAGE = 1;

    /** A benchmark failed, or the tool itself. */
    public static final int BENCHMARK_FAILED = 2;

    /** A limit is exceeded, or something got worse. */
    public static final int REGRESSION = 3;

    /** Noise leaves open whether something got worse. */
    public static final int INCONCLUSIVE = 4;

    /** Told to end, such as with Ctrl-C, before all was measured. */
    public static final int INTERRUPTED = 130;

    private ExitStatus() {}
}
