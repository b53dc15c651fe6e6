package io.eventrouter.loadgen;

import io.eventrouter.loadgen.figures.Figures;
import io.eventrouter.loadgen.input.TextSource;
import io.eventrouter.loadgen.replay.Replay;
import io.eventrouter.loadgen.replay.ReplayListener;
import io.eventrouter.loadgen.replay.ReplayPlan;
import io.eventrouter.loadgen.replay.ReplayResult;
import io.eventrouter.loadgen.trace.OnError;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Replays a recorded or invented trace against a fleet and writes down who received what and what it cost. */
@Command(
        name = "replay",
        header = "Find out who receives what in your fleet, and which account pays how much for it.",
        description = {
            "",
            "Loads a fleet, routes every line of a trace through the router, waits until all of it is delivered, and"
                    + " prints a summary. Run it twice with another --era or --product-scope to see what a rule costs"
                    + " you.",
            ""
        },
        optionListHeading = "Options:%n",
        footer = {
            "",
            "The fleet is one JSON object with users, organizations, products, customers, devices, integrations,"
                    + " logic_functions and streams; the trace has one JSON object a line. Fields are named as the"
                    + " cloud names them, so lists of devices and integrations and captured event streams can be"
                    + " pasted in.",
            "",
            "Exit status: 0 fine, 2 an option, the fleet or a line is wrong, 1 anything else.",
            "",
            "Example:",
            "  loadgen replay --fleet fleet.json --trace monday.ndjson --usage usage.csv"
        })
final class ReplayCommand implements Callable<Integer> {
    @Option(
            names = "--fleet",
            required = true,
            paramLabel = "FLEET.json",
            converter = Choices.FileName.class,
            description = "The fleet before the first line; must be a regular file, as it is read more than once.")
    private String fleet;

    @Option(
            names = "--trace",
            required = true,
            paramLabel = "TRACE.ndjson",
            converter = Choices.FileName.class,
            description = "What happens in the fleet.")
    private String trace;

    @Option(
            names = "--deliveries",
            paramLabel = "OUT.ndjson",
            converter = Choices.FileName.class,
            description = "Write every delivery: which event went to whom and what it cost.")
    private String deliveries;

    @Option(
            names = "--usage",
            paramLabel = "OUT.csv",
            converter = Choices.FileName.class,
            description = "Write the data operations of every device, with the account that pays and the product.")
    private String usage;

    @Mixin
    private PolicyOptions policies;

    @Option(
            names = "--on-error",
            paramLabel = "stop|skip",
            defaultValue = "stop",
            converter = Choices.OnErrorChoice.class,
            description = "At a wrong line, stop (the default) with status 2 after writing what came before, or report"
                    + " it and skip it.")
    private OnError onError;

    @Override
    public Integer call() {
        final ProgressLine progress = new ProgressLine(System.err);
        final ReplayPlan plan = new ReplayPlan(
                TextSource.ofFile(fleet), TextSource.ofFile(trace), deliveries, usage, policies.chosen(), onError);
        final ReplayResult result;
        progress.show("reading the fleet");
        try {
            result = Replay.run(plan, new ReplayListener() {
                @Override
                public void onLoading(final long devices, final long total) {
                    progress.show(
                            "loading the fleet: " + Figures.count(devices) + " of " + Figures.count(total, "device"));
                }

                @Override
                public void onReplaying(final long lines, final int percent) {
                    progress.show("replaying: " + Figures.count(lines, "line")
                            + (percent < 0 ? "" : ", " + percent + "% of the trace"));
                }

                @Override
                public void onWrongLine(final String complaint) {
                    progress.erase();
                    System.err.println(complaint);
                }

                @Override
                public void onInterrupt(final List<String> outputs) {
                    progress.end();
                    System.err.println("interrupted"
                            + (outputs.isEmpty()
                                    ? ""
                                    : "; what was to be written is partial or missing: " + String.join(", ", outputs)));
                }
            });
        } finally {
            progress.erase();
        }
        new ReplaySummary(plan, result).print(System.out);
        if (result.trace().stop() != null) {
            System.err.println(result.trace().stop());
            return ExitStatus.BAD_INPUT;
        }
        return ExitStatus.FINE;
    }
}
