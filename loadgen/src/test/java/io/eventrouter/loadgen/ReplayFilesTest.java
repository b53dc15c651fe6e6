package io.eventrouter.loadgen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the program says, and with which status it ends, when its files or its options are wrong. */
class ReplayFilesTest {
    @TempDir
    private Path directory;

    private Workspace workspace;

    @BeforeEach
    void writeInputs() {
        workspace = new Workspace(directory)
                .with(SmallFleet.JSON, "{\"name\":\"t\",\"data\":\"1\",\"coreid\":\"" + SmallFleet.DEVICE + "\"}");
    }

    @Test
    void refusesOutputsThatWouldDestroySomething() throws IOException {
        final String before = Files.readString(workspace.trace());
        final String same = directory.resolve("same").toString();
        final String[] inputs = {
            "replay",
            "--fleet",
            workspace.fleet().toString(),
            "--trace",
            workspace.trace().toString()
        };

        final Shell.Outcome overTrace =
                run(inputs, "--deliveries", workspace.trace().toString());
        final Shell.Outcome overFleet = run(inputs, "--usage", workspace.fleet().toString());
        final Shell.Outcome both = run(inputs, "--usage", same, "--deliveries", same);

        assertEquals(
                workspace.trace() + ": is an input, so it cannot be written" + System.lineSeparator(), overTrace.err());
        assertEquals(
                workspace.fleet() + ": is an input, so it cannot be written" + System.lineSeparator(), overFleet.err());
        assertEquals(same + ": cannot hold both deliveries and usage" + System.lineSeparator(), both.err());
        assertEquals(List.of(2, 2, 2), List.of(overTrace.status(), overFleet.status(), both.status()));
        assertEquals(before, Files.readString(workspace.trace()));
        assertFalse(Files.exists(Path.of(same)));
    }

    @Test
    void saysInOneLineWhichFileItCannotUse() {
        final String missing = directory.resolve("missing").toString();
        final String nowhere = directory.resolve("no/such/place").toString();
        final String folder = directory.toString();
        final String fleet = workspace.fleet().toString();
        final String trace = workspace.trace().toString();

        assertProblem(missing + ": no such file", "--fleet", missing, "--trace", trace);
        assertProblem(missing + ": no such file", "--fleet", fleet, "--trace", missing);
        assertProblem(folder + ": is a directory, not a file", "--fleet", folder, "--trace", trace);
        assertProblem(folder + ": is a directory, not a file", "--fleet", fleet, "--trace", folder);
        assertProblem(
                folder + ": is a directory, cannot be written", "--fleet", fleet, "--trace", trace, "--usage", folder);
        assertProblem(
                nowhere + ": cannot be written: there is no such directory",
                "--fleet",
                fleet,
                "--trace",
                trace,
                "--deliveries",
                nowhere);
        assertProblem(
                trace + "/x: cannot be written: a part of its path is a file, not a directory",
                "--fleet",
                fleet,
                "--trace",
                trace,
                "--usage",
                trace + "/x");
        assertProblem("\0: cannot be the name of a file: Nul character not allowed", "--fleet", "\0", "--trace", trace);
    }

    @Test
    void failsWithStatusOneWhenTheDiskIsFull() {
        final Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full));

        final Shell.Outcome outcome = Shell.run(
                "replay",
                "--fleet",
                workspace.fleet().toString(),
                "--trace",
                workspace.trace().toString(),
                "--deliveries",
                full.toString());

        assertEquals("/dev/full: cannot be written: No space left on device" + System.lineSeparator(), outcome.err());
        assertEquals(1, outcome.status());
    }

    @Test
    void explainsWrongUseInTwoLines() {
        assertUsage("a command is missing", "loadgen --help");
        assertUsage("Unmatched argument at index 0: 'fly'", "loadgen --help", "fly");
        assertUsage("Unmatched argument at index 0: 'rpelay'; did you mean replay?", "loadgen --help", "rpelay");
        assertUsage("Unmatched argument at index 0: 'Plan'; did you mean plan?", "loadgen --help", "Plan");
        assertUsage("Unknown subcommand 'rpelay'; did you mean replay?", "loadgen --help", "help", "rpelay");
        assertUsage("Unknown option: '--al'; did you mean --all?", "loadgen explain --help", "explain", "--al");
        assertUsage(
                "Unknown options: '--evnt', 'x'; did you mean --event?",
                "loadgen plan --help",
                "plan",
                "fleet.json",
                "--evnt",
                "x",
                "--every",
                "1h",
                "--payload-bytes",
                "40");
        assertUsage(
                "Missing required options: '--fleet=FLEET.json', '--trace=TRACE.ndjson'",
                "loadgen replay --help",
                "replay");
        assertUsage("Unknown options: '--bogus', 'x'", "loadgen replay --help", "replay", "--bogus", "x");
        assertUsage(
                "Invalid value for option '--usage': must be the name of a file: value=\"\"",
                "loadgen replay --help",
                "replay",
                "--fleet",
                "f",
                "--trace",
                "t",
                "--usage",
                "");
        assertUsage(
                "Invalid value for option '--era': must be one of after-2023-03, before-2023-03: value=1999",
                "loadgen replay --help",
                "replay",
                "--fleet",
                "f",
                "--trace",
                "t",
                "--era",
                "1999");
        assertUsage(
                "Invalid value for option '--product-scope': must be one of all, unclaimed-only, hook-and-api-only:"
                        + " value=x",
                "loadgen replay --help",
                "replay",
                "--fleet",
                "f",
                "--trace",
                "t",
                "--product-scope",
                "x");
        assertUsage(
                "Invalid value for option '--on-error': must be one of stop, skip: value=x",
                "loadgen replay --help",
                "replay",
                "--fleet",
                "f",
                "--trace",
                "t",
                "--on-error",
                "x");
    }

    @Test
    void helpsOnRequest() {
        for (final String[] arguments :
                new String[][] {{"--help"}, {"replay", "--help"}, {"demo", "--help"}, {"help"}}) {
            final Shell.Outcome outcome = Shell.run(arguments);
            assertEquals(0, outcome.status());
            assertEquals("", outcome.err());
            assertTrue(outcome.out().lines().allMatch(line -> line.length() <= 100), outcome.out());
        }
    }

    private static void assertProblem(final String message, final String... options) {
        final Shell.Outcome outcome = run(new String[] {"replay"}, options);
        assertEquals(message + System.lineSeparator(), outcome.err());
        assertEquals(2, outcome.status());
    }

    private static void assertUsage(final String message, final String help, final String... arguments) {
        final Shell.Outcome outcome = Shell.run(arguments);
        assertEquals(String.format("%s%nTry: %s%n", message, help), outcome.err());
        assertEquals(2, outcome.status());
        assertEquals("", outcome.out());
    }

    private static Shell.Outcome run(final String[] first, final String... more) {
        final String[] all = Arrays.copyOf(first, first.length + more.length);
        System.arraycopy(more, 0, all, first.length, more.length);
        return Shell.run(all);
    }
}
