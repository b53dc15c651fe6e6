package io.eventrouter.loadgen;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Runs the program as a shell would, and keeps what it printed. */
public final class Shell {
    /**
     * What a run left behind.
     *
     * @param status for the shell.
     * @param out everything on the standard output.
     * @param err everything on the standard error output.
     */
    public record Outcome(int status, String out, String err) {}

    private Shell() {}

    /**
     * Run the program.
     *
     * @param arguments of the command line.
     * @return what came of it.
     */
    public static Outcome run(final String... arguments) {
        final PrintStream usualOut = System.out;
        final PrintStream usualErr = System.err;
        final ByteArrayOutputStream out = new ByteArrayOutputStream();
        final ByteArrayOutputStream err = new ByteArrayOutputStream();
        try (PrintStream capturedOut = new PrintStream(out, true, StandardCharsets.UTF_8);
                PrintStream capturedErr = new PrintStream(err, true, StandardCharsets.UTF_8)) {
            System.setOut(capturedOut);
            System.setErr(capturedErr);
            final int status = LoadGenerator.run(arguments);
            return new Outcome(status, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } finally {
            System.setOut(usualOut);
            System.setErr(usualErr);
        }
    }

    /**
     * The program in a process of its own, with the libraries of this one.
     *
     * @param arguments of the command line.
     * @return the whole command.
     */
    public static List<String> command(final String... arguments) {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("--add-") || flag.startsWith("--sun-misc-"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), LoadGenerator.class.getName()));
        command.addAll(List.of(arguments));
        return command;
    }

    /**
     * Replay a trace.
     *
     * @param workspace with the files fleet.json and trace.ndjson; deliveries and usage are written there too.
     * @param options more of the command line.
     * @return what came of it.
     */
    public static Outcome replay(final Workspace workspace, final String... options) {
        return run(replayArguments(workspace, options));
    }

    /**
     * The command line that replays a trace.
     *
     * @param workspace with the files.
     * @param options more of the command line.
     * @return its arguments.
     */
    public static String[] replayArguments(final Workspace workspace, final String... options) {
        final List<String> arguments = new ArrayList<>(List.of(
                "replay",
                "--fleet",
                workspace.fleet().toString(),
                "--trace",
                workspace.trace().toString(),
                "--deliveries",
                workspace.deliveries().toString(),
                "--usage",
                workspace.usage().toString()));
        arguments.addAll(Arrays.asList(options));
        return arguments.toArray(new String[0]);
    }
}
