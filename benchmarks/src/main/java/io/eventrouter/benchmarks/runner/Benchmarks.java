package io.eventrouter.benchmarks.runner;

import io.eventrouter.benchmarks.runner.jmh.JmhProcess;
import io.eventrouter.benchmarks.runner.jmh.TrialRunner;
import io.eventrouter.loadgen.input.BadInputException;
import io.eventrouter.loadgen.input.CommandLineComplaint;
import io.eventrouter.loadgen.output.StandardOutput;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;

/** The program: measures profiles of benchmarks and judges what came out. */
@Command(
        name = "benchmarks",
        header = "Measures the router, and tells whether a change made it worse.",
        description = "",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = Benchmarks.Version.class,
        scope = CommandLine.ScopeType.INHERIT,
        commandListHeading = "%nCommands:%n",
        exitCodeListHeading = "%nExit status:%n",
        exitCodeList = {
            "0:everything was measured and nothing is worse",
            "1:an option, a file or a pair of results cannot be used",
            "2:a benchmark failed (it checks its own work), or the tool itself",
            "3:a limit is exceeded, or something got worse",
            "4:noise leaves open whether something got worse",
            "130:interrupted with Ctrl-C, 143 with SIGTERM"
        },
        footer = {"", "Begin with: benchmarks run --profile smoke"})
public final class Benchmarks implements Runnable {
    private static final int HELP_WIDTH = 100;

    /** The version of the jar that runs. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            final String version = Benchmarks.class.getPackage().getImplementationVersion();
            return new String[] {"benchmarks " + (version == null ? "(not built as a jar)" : version)};
        }
    }

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    Benchmarks() {}

    /**
     * Run a command and end the process with its status.
     *
     * @param arguments the command, its options and parameters.
     * @throws IOException if JMH's main class cannot use a file.
     */
    public static void main(final String[] arguments) throws IOException {
        final boolean asksForHelp = arguments.length == 2 && arguments[1].equals("--help");
        if (arguments.length > 0 && arguments[0].equals(JmhCommand.NAME) && !asksForHelp) {
            // JMH has its own options and its own -h; nothing here may take them away.
            org.openjdk.jmh.Main.main(Arrays.copyOfRange(arguments, 1, arguments.length));
            return;
        }
        final StandardOutput output = StandardOutput.install();
        final int status = run(ownJar(), new JmhProcess(), arguments);
        System.exit(output.checked(status, ExitStatus.USAGE, System.err));
    }

    /**
     * Run a command.
     *
     * @param ownJar with the benchmarks.
     * @param trials measures.
     * @param arguments the command, its options and parameters.
     * @return the status for the shell, one of {@link ExitStatus}.
     */
    static int run(final Path ownJar, final TrialRunner trials, final String... arguments) {
        final CommandLine program = new CommandLine(new Benchmarks())
                .addSubcommand(new RunCommand(ownJar, trials))
                .addSubcommand(new AbCommand(trials))
                .addSubcommand(new CompareCommand())
                .addSubcommand(new ReportCommand())
                .addSubcommand(new ListCommand(ownJar))
                .addSubcommand(new JmhCommand())
                .addSubcommand(new HelpCommand())
                .setUsageHelpWidth(HELP_WIDTH)
                .setOut(new PrintWriter(System.out, true))
                .setErr(new PrintWriter(System.err, true))
                .setParameterExceptionHandler(Benchmarks::complain)
                .setExecutionExceptionHandler((thrown, command, parsed) -> report(thrown, command));
        return program.execute(arguments);
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    private static Path ownJar() {
        try {
            return Path.of(Benchmarks.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (final URISyntaxException e) {
            throw new IllegalStateException("the program does not know where it is", e);
        }
    }

    private static int complain(final ParameterException complaint, final String[] arguments) {
        final CommandLine command = complaint.getCommandLine();
        command.getErr().println(CommandLineComplaint.describe(complaint));
        command.getErr().println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitStatus.USAGE;
    }

    private static int report(final Exception thrown, final CommandLine command) {
        if (thrown instanceof BadInputException) {
            command.getErr().println(thrown.getMessage());
            return ExitStatus.USAGE;
        }
        if (thrown instanceof InterruptedException) {
            command.getErr().println("interrupted");
            return ExitStatus.INTERRUPTED;
        }
        thrown.printStackTrace(command.getErr());
        return ExitStatus.BENCHMARK_FAILED;
    }
}
