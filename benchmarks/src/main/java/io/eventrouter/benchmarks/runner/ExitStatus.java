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

    /** The lines of every help text. */
    static final String[] HELP = {
        "0:everything was measured and nothing is worse",
        "1:an option, a file or a pair of results cannot be used",
        "2:a benchmark failed (it checks its own work), or the tool itself",
        "3:a limit is exceeded, or something got worse",
        "4:noise leaves open whether something got worse"
    };

    private ExitStatus() {}
}
