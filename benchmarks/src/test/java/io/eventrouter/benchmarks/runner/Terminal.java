package io.eventrouter.benchmarks.runner;

import io.eventrouter.benchmarks.runner.jmh.TrialRunner;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Runs the program as a shell would, and keeps what it printed. */
final class Terminal {
    /**
     * What a run left behind.
     *
     * @param status for the shell.
     * @param out everything on the standard output.
     * @param err everything on the standard error output.
     */
    record Outcome(int status, String out, String err) {}

    private Terminal() {}

    static Outcome run(final Path ownJar, final TrialRunner trials, final String... arguments) {
        final PrintStream usualOut = System.out;
        final PrintStream usualErr = System.err;
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (PrintStream capturedOut = new PrintStream(out, true, StandardCharsets.UTF_8);
                PrintStream capturedErr = new PrintStream(err, true, StandardCharsets.UTF_8)) {
            System.setOut(capturedOut);
            System.setErr(capturedErr);
            final int status = Benchmarks.run(ownJar, trials, arguments);
            return new Outcome(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(usualOut);
            System.setErr(usualErr);
        }
    }
}
