package io.eventrouter.loadgen;

import io.eventrouter.loadgen.feed.ReplayFailedException;
import io.eventrouter.loadgen.input.BadInputException;
import io.eventrouter.loadgen.input.CommandLineComplaint;
import io.eventrouter.loadgen.output.StandardOutput;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.ParameterException;

/** The program: one command for each question that somebody who plans a fleet may have. */
@Command(
        name = "loadgen",
        header = "Answers questions about a fleet of devices before it exists: who hears what, and what it costs.",
        description = "",
        subcommands = {
            RunCommand.class,
            SearchCommand.class,
            SweepCommand.class,
            ScenariosCommand.class,
            ReportCommand.class,
            ReplayCommand.class,
            ExplainCommand.class,
            PlanCommand.class,
            DemoCommand.class,
            HelpCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = LoadGenerator.Version.class,
        scope = CommandLine.ScopeType.INHERIT,
        commandListHeading = "%nCommands:%n",
        footer = {"", "Begin with: loadgen demo"})
public final class LoadGenerator implements Runnable {
    private static final String DEBUG_PROPERTY = "loadgen.debug";
    private static final int HELP_WIDTH = 100;

    /** The version of the jar that runs. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            final String version = LoadGenerator.class.getPackage().getImplementationVersion();
            return new String[] {"loadgen " + (version == null ? "(not built as a jar)" : version)};
        }
    }

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    LoadGenerator() {}

    /**
     * Run a command and end the process with its status.
     *
     * @param arguments the command, its options and parameters.
     */
    public static void main(final String[] arguments) {
        final StandardOutput output = StandardOutput.install();
        System.exit(output.checked(run(arguments), ExitStatus.FAILED, System.err));
    }

    /**
     * Run a command.
     *
     * @param arguments the command, its options and parameters.
     * @return the status for the shell, one of {@link ExitStatus}.
     */
    public static int run(final String... arguments) {
        final CommandLine program = new CommandLine(new LoadGenerator())
                .setUsageHelpWidth(HELP_WIDTH)
                .setOut(new PrintWriter(System.out, true))
                .setErr(new PrintWriter(System.err, true))
                .setParameterExceptionHandler(LoadGenerator::complain)
                .setExecutionExceptionHandler((thrown, command, parsed) -> report(thrown, command));
        try {
            return program.execute(arguments);
        } catch (final OutOfMemoryError e) {
            program.getErr().println("loadgen ran out of memory; give it more, such as with LOADGEN_OPTS=-Xmx8g");
            return ExitStatus.FAILED;
        } catch (final Error e) {
            // Such as a library that does not fit this Java; picocli passes on exceptions only.
            return report(e, program);
        }
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }

    private static int complain(final ParameterException complaint, final String[] arguments) {
        final CommandLine command = complaint.getCommandLine();
        command.getErr().println(CommandLineComplaint.describe(complaint));
        command.getErr().println("Try: " + command.getCommandSpec().qualifiedName() + " --help");
        return ExitStatus.BAD_INPUT;
    }

    private static int report(final Throwable thrown, final CommandLine command) {
        if (Boolean.getBoolean(DEBUG_PROPERTY)) {
            thrown.printStackTrace(command.getErr());
        } else if (thrown instanceof BadInputException || thrown instanceof ReplayFailedException) {
            command.getErr().println(thrown.getMessage());
        } else {
            command.getErr()
                    .println("loadgen failed: " + thrown + " (for more, run with LOADGEN_OPTS=-D" + DEBUG_PROPERTY
                            + "=true)");
        }
        return thrown instanceof BadInputException ? ExitStatus.BAD_INPUT : ExitStatus.FAILED;
    }
}
