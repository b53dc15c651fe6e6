package io.eventrouter.loadgen;

import io.eventrouter.loadgen.load.Ceiling;
import io.eventrouter.loadgen.load.EarlyDecision;
import io.eventrouter.loadgen.load.LoadFigures;
import io.eventrouter.loadgen.load.LoadedRouter;
import io.eventrouter.loadgen.load.StopSignal;
import io.eventrouter.loadgen.load.Verdict;
import io.eventrouter.loadgen.results.Environment;
import io.eventrouter.loadgen.results.ResultDirectory;
import io.eventrouter.loadgen.results.RunResult;
import io.eventrouter.loadgen.results.RunSummary;
import io.eventrouter.loadgen.scenario.Load;
import io.eventrouter.loadgen.scenario.Rate;
import io.eventrouter.loadgen.scenario.Resizing;
import io.eventrouter.loadgen.scenario.Scenario;
import io.eventrouter.loadgen.scenario.ScenarioFile;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Puts the load of a scenario on a router and says how it held. */
@Command(
        name = "run",
        header = "Put the load of a scenario on the router, on a fixed schedule, and see whether it holds.",
        description = {
            "",
            "Loads the fleet into a router in this process, warms up, and publishes event after event when it is due,"
                    + " whatever the router does: latency is counted from when an event was due. What the router"
                    + " refuses is counted and not tried again. A run whose generator could not keep the schedule is"
                    + " invalid and says nothing about the router.",
            ""
        },
        parameterListHeading = "Parameters:%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Scenario files: docs/scenario-files.md; results: docs/result-files.md. Ctrl-C ends the run early,"
                    + " writes and reports what ran, and ends with 130, as an interrupted process does.",
            "",
            "Exit status: 0 the objective was met, or there is none; 3 it was not; 4 the run is invalid; 2 an option or"
                    + " the scenario is wrong; 1 anything else.",
            "",
            "Example:",
            "  loadgen run unclaimed-fleet --rate 500k/s --duration 10s --out results/monday"
        })
final class RunCommand implements Callable<Integer> {
    @Mixin
    private LoadOptions options;

    @Option(
            names = "--rate",
            paramLabel = "RATE",
            converter = LoadOptions.RateValue.class,
            description = "Events a second, such as 200k/s, in place of the load's; phases that name shares of it"
                    + " follow.")
    private Rate rate;

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = LoadOptions.DurationValue.class,
            description = "How long in all, such as 20s; the phases keep their proportions.")
    private Long durationNs;

    @Override
    public Integer call() {
        final ScenarioFile file = options.file();
        final Scenario scenario = file.scenario();
        final Load load = load(scenario);
        final Optional<ResultDirectory> directory = options.directory();
        final RunProgress progress = new RunProgress(System.err, options.isQuiet(), directory);
        try (StopSignal stop = StopSignal.ofProcess();
                LoadedRouter router = LoadedRouter.launch(scenario, stop, progress)) {
            final Optional<Ceiling> ceiling = RunProgress.ceiling(router, load.publishers(), options.ceilingNs());
            final LoadFigures figures = router.run(load, EarlyDecision.NEVER, stop, progress);
            progress.end();
            final RunResult result = new RunResult(
                    file,
                    scenario,
                    load,
                    Environment.current(),
                    router.fleet(),
                    ceiling,
                    figures,
                    Verdict.of(scenario.objective(), load, figures),
                    router.accountNames());
            // Printed first: what was measured is not lost if it cannot be written.
            RunSummary.print(System.out, result);
            // Written before the signal is closed: a process that is ending waits for that, and for nothing behind it.
            directory.ifPresent(it -> it.write(result));
            return status(result.verdict().outcome());
        } finally {
            progress.end();
            directory.ifPresent(ResultDirectory::close);
        }
    }

    static int status(final Verdict.Outcome outcome) {
        return switch (outcome) {
            case MET, NONE -> ExitStatus.FINE;
            case NOT_MET -> ExitStatus.NOT_MET;
            case INVALID -> ExitStatus.INVALID;
        };
    }

    private Load load(final Scenario scenario) {
        Load load = rate == null ? scenario.load() : scenario.load().withRate(rate);
        if (durationNs != null) {
            load = Resizing.lasting(
                    load,
                    LoadOptions.requiredNs(
                            "--duration", durationNs, load.phases().size()));
        }
        return load;
    }
}
