package io.eventrouter.loadgen;

import io.eventrouter.identity.AccountId;
import io.eventrouter.loadgen.explain.Answer;
import io.eventrouter.loadgen.explain.Explainer;
import io.eventrouter.loadgen.explain.ExplanationLines;
import io.eventrouter.loadgen.explain.ExplanationReport;
import io.eventrouter.loadgen.explain.Question;
import io.eventrouter.loadgen.input.TextSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Explains one event: who gets it, who nearly does, why, and what it costs whom. */
@Command(
        name = "explain",
        header = "Find out why a subscriber gets an event, or why it does not, and what the event costs whom.",
        description = {
            "",
            "Asks every subscriber of a fleet about one event: scope, filter, presence, size, flags, policies. Tells of"
                    + " all who get it, and of all who nearly do: who listen to its name but are kept from it by one"
                    + " thing or two, or who would get it if they listened to its name. Then it routes the event"
                    + " through the router and compares; should the two differ, that is an error of this program and"
                    + " said so.",
            ""
        },
        optionListHeading = "Options:%n",
        footer = {
            "",
            "Exit status: 0 fine, 2 an option, the fleet or the event is wrong, 1 anything else.",
            "",
            "Examples:",
            "  loadgen explain --fleet fleet.json \\",
            "      --event '{\"name\":\"alert\",\"data\":\"hot\",\"coreid\":\"e00fce68c0de000000000002\"}'",
            "  loadgen explain --fleet fleet.json --about device:e00fce68c0de000000000011 --event '...'"
        })
final class ExplainCommand implements Callable<Integer> {
    private static final int LISTED_OF_GROUP = 3;

    /** An account as it is printed everywhere. */
    static final class Account implements ITypeConverter<AccountId> {
        @Override
        public AccountId convert(final String value) {
            try {
                return AccountId.parse(value);
            } catch (final IllegalArgumentException e) {
                throw new TypeConversionException(e.getMessage());
            }
        }
    }

    @Option(
            names = "--fleet",
            required = true,
            paramLabel = "FLEET.json",
            converter = Choices.FileName.class,
            description = "The fleet; must be a regular file, as it is read more than once.")
    private String fleet;

    @Option(
            names = "--event",
            required = true,
            paramLabel = "JSON",
            description = "The event as one line of a trace: what a device or the API publishes, or the answer of an"
                    + " integration (\"type\":\"hook-response\").")
    private String event;

    @Mixin
    private PolicyOptions policies;

    @Option(
            names = "--paused",
            paramLabel = "ACCOUNT",
            converter = Account.class,
            description = "An account that is paused, user:<id> or organization:<id>; may be given several times.")
    private List<AccountId> paused = List.of();

    @Option(
            names = "--about",
            paramLabel = "SUBSCRIBER",
            description = "Tell of this subscriber alone, near or not: device:<id>, integration:<id>, logic:<id> or"
                    + " stream:<id>.")
    private String about;

    @Option(names = "--all", description = "List every subscriber; otherwise the first 3 for each reason.")
    private boolean isAll;

    @Option(
            names = "--json",
            description = "One JSON object for each subscriber that gets the event or nearly does, and one with the"
                    + " costs, for programs.")
    private boolean isJson;

    @Override
    public Integer call() {
        final Answer answer = Explainer.answer(new Question(
                TextSource.ofFile(fleet),
                event,
                paused,
                policies.chosen(),
                about == null ? null : about.toLowerCase(Locale.ROOT),
                isAll || isJson ? Integer.MAX_VALUE : LISTED_OF_GROUP));
        if (isJson) {
            ExplanationLines.print(answer, System.out);
        } else {
            new ExplanationReport(answer, System.out).print();
        }
        if (answer.disagreements().isEmpty()) {
            return ExitStatus.FINE;
        }
        System.err.println("internal error: the router and this explanation do not agree, so one of them is wrong;"
                + " please report it with the fleet and the event:");
        answer.disagreements().forEach(disagreement -> System.err.println("  " + disagreement));
        return ExitStatus.FAILED;
    }
}
