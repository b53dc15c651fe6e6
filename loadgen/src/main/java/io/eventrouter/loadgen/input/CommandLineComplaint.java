package io.eventrouter.loadgen.input;

import io.eventrouter.loadgen.scenario.Nearest;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Words for a command line that cannot be used, with what may have been meant. */
public final class CommandLineComplaint {
    private CommandLineComplaint() {}

    /**
     * What is wrong.
     *
     * @param complaint of the parser.
     * @return one line.
     */
    public static String describe(final ParameterException complaint) {
        final CommandLine command = complaint.getCommandLine();
        final String message = complaint.getMessage();
        if (complaint instanceof UnmatchedArgumentException unmatched) {
            return message + question(command, unmatched.getUnmatched());
        }
        // A misspelt option is the likely reason why another one is missing.
        final List<String> unknown = command.getUnmatchedArguments();
        if (complaint instanceof MissingParameterException && !unknown.isEmpty()) {
            return new UnmatchedArgumentException(command, unknown).getMessage() + question(command, unknown);
        }
        // That of the help command about a command is the only one of a word without an option or a parameter.
        return complaint.getArgSpec() == null && complaint.getValue() != null
                ? message.replaceFirst("\\.$", "") + question(command, List.of(complaint.getValue()))
                : message;
    }

    private static String question(final CommandLine command, final List<String> unknown) {
        final String first = unknown.get(0);
        return Nearest.question(
                first,
                first.startsWith("-")
                        ? command.getCommandSpec().optionsMap().keySet()
                        : command.getSubcommands().keySet());
    }
}
