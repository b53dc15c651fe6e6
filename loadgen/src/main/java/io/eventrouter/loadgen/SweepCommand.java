package io.eventrouter.loadgen;

import io.eventrouter.RouterContext;
import io.eventrouter.loadgen.feed.ReplayFailedException;
import io.eventrouter.loadgen.figures.Figures;
import io.eventrouter.loadgen.input.BadInputException;
import io.eventrouter.loadgen.load.Ceiling;
import io.eventrouter.loadgen.load.LoadedRouter;
import io.eventrouter.loadgen.load.StopSignal;
import io.eventrouter.loadgen.results.Environment;
import io.eventrouter.loadgen.results.ResultDirectory;
import io.eventrouter.loadgen.results.SearchSummary;
import io.eventrouter.loadgen.results.SweepResult;
import io.eventrouter.loadgen.scenario.Load;
import io.eventrouter.loadgen.scenario.Quantities;
import io.eventrouter.loadgen.scenario.Rate;
import io.eventrouter.loadgen.scenario.Scenario;
import io.eventrouter.loadgen.scenario.ScenarioFile;
import io.eventrouter.loadgen.scenario.SweepSetup;
import io.eventrouter.loadgen.search.RateSearch;
import io.eventrouter.loadgen.search.RouterTrials;
import io.eventrouter.loadgen.search.SearchOutcome;
import io.eventrouter.loadgen.search.SweepAxis;
import io.eventrouter.loadgen.search.SweepPoint;
import io.eventrouter.loadgen.search.Trial;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Finds how the highest rate of a scenario depends on its sizes. */
@Command(
        name = "sweep",
        header =
                "Find how the highest rate that holds the objective depends on devices, subscriptions, fan-out, threads.",
        description = {
            "",
            "Searches for the highest rate at every step of every axis that the scenario or an option names, with the"
                    + " rest of the scenario as it is, to show how cost grows.",
            ""
        },
        parameterListHeading = "Parameters:%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "An option with steps replaces all axes of the scenario.",
            "",
            "Exit status: 0 a rate was confirmed at every step; 3 not at every one; 4 a step had no valid trial; 2 an"
                    + " option or the scenario is wrong; 1 anything else. Ctrl-C ends the sweep early, writes and"
                    + " reports what was found, and ends with 130, as an interrupted process does.",
            "",
            "Example:",
            "  loadgen sweep unclaimed-fleet --over-devices 10k,100k,1M --out results/growth"
        })
final class SweepCommand implements Callable<Integer> {
    private static final double PRECISION = 0.1;
    private static final int CONFIRM_TRIALS = 2;

    @Mixin
    private LoadOptions options;

    @Option(names = "--over-devices", paramLabel = "N,N,…", description = "Numbers of devices in all.")
    private String overDevices;

    @Option(
            names = "--over-subscriptions",
            paramLabel = "N,N,…",
            description = "Numbers of subscriptions of each device on top, to names that nobody publishes.")
    private String overSubscriptions;

    @Option(
            names = "--over-fan-out",
            paramLabel = "N,N,…",
            description = "Numbers of devices of each product on top that hear all that it publishes.")
    private String overFanOut;

    @Option(names = "--over-publishers", paramLabel = "N,N,…", description = "Numbers of publishing threads.")
    private String overPublishers;

    @Option(
            names = "--trial",
            paramLabel = "TIME",
            converter = LoadOptions.DurationValue.class,
            description = "How long a trial is.")
    private Long trialNs;

    private Optional<Ceiling> ceiling = Optional.empty();

    @Override
    public Integer call() {
        final ScenarioFile file = options.file();
        SearchCommand.requireObjective(file);
        final SweepSetup setup = setup(file.scenario().sweep());
        if (Arrays.stream(SweepAxis.values())
                .allMatch(axis -> axis.values(setup).isEmpty())) {
            throw new BadInputException(
                    file.source()
                            + ": sweep: no steps are given; name some there, or with an option such as --over-devices 10k,100k");
        }
        final Optional<ResultDirectory> directory = options.directory();
        final RunProgress progress = new RunProgress(System.err, options.isQuiet(), Optional.empty());
        final Instant startedAt = Instant.now();
        try (StopSignal stop = StopSignal.ofProcess()) {
            final List<SweepPoint> points = points(file.scenario(), setup, stop, progress);
            progress.end();
            final SweepResult result = new SweepResult(
                    file, file.scenario(), startedAt, stop.isRequested(), Environment.current(), ceiling, points);
            SearchSummary.print(System.out, result);
            directory.ifPresent(it -> it.write(result));
            return RunCommand.status(result.verdict());
        } finally {
            progress.end();
        }
    }

    private List<SweepPoint> points(
            final Scenario scenario, final SweepSetup setup, final StopSignal stop, final RunProgress progress) {
        final List<SweepPoint> points = new ArrayList<>();
        for (final SweepAxis axis : SweepAxis.values()) {
            Optional<Trial> last = Optional.empty();
            for (final int value : axis.values(setup)) {
                if (stop.isRequested()) {
                    return points;
                }
                progress.keep(Choices.name(axis) + " " + Figures.count(value) + ":");
                final Rate first = last.map(
                                trial -> Rate.ofPerSecond(trial.rate().perSecond() / 2))
                        .orElseGet(() -> SearchCommand.firstOf(scenario));
                final SweepPoint point;
                try {
                    point = point(axis.at(scenario, value), axis, value, first, setup, stop, progress);
                } catch (final ReplayFailedException e) {
                    if (stop.isRequested()) {
                        // Its fleet was not loaded yet; what came before is worth having.
                        return points;
                    }
                    throw e;
                }
                progress.keep(point.outcome().sentence());
                points.add(point);
                last = point.outcome().limit();
            }
        }
        return points;
    }

    private SweepPoint point(
            final Scenario scenario,
            final SweepAxis axis,
            final int value,
            final Rate first,
            final SweepSetup setup,
            final StopSignal stop,
            final RunProgress progress) {
        try (LoadedRouter router = LoadedRouter.launch(scenario, stop, progress)) {
            if (ceiling.isEmpty()) {
                ceiling = RunProgress.ceiling(router, scenario.load().publishers(), options.ceilingNs());
            }
            final long ns = setup.trialNs();
            final SearchOutcome outcome = new RateSearch(
                            new RouterTrials(router, scenario.load(), stop, stage -> progress),
                            stop,
                            ns,
                            CONFIRM_TRIALS * ns,
                            PRECISION)
                    .run(first);
            return new SweepPoint(axis, value, router.fleet(), outcome);
        }
    }

    private SweepSetup setup(final SweepSetup ofScenario) {
        final long trial = trialNs == null ? ofScenario.trialNs() : LoadOptions.requiredNs("--trial", trialNs, 1);
        if (overDevices == null && overSubscriptions == null && overFanOut == null && overPublishers == null) {
            return new SweepSetup(
                    ofScenario.devices(),
                    ofScenario.subscriptions(),
                    ofScenario.fanOut(),
                    ofScenario.publishers(),
                    trial);
        }
        return new SweepSetup(
                steps("--over-devices", overDevices, 1, RouterContext.MAX_MAX_DEVICES),
                steps("--over-subscriptions", overSubscriptions, 0, SweepSetup.MAX_SUBSCRIPTIONS),
                steps("--over-fan-out", overFanOut, 0, SweepSetup.MAX_FAN_OUT),
                steps("--over-publishers", overPublishers, 1, Load.MAX_PUBLISHERS),
                trial);
    }

    private static List<Integer> steps(final String option, final String list, final int min, final int max) {
        final List<Integer> steps = new ArrayList<>();
        for (final String step : list == null ? new String[0] : list.split(",", -1)) {
            final int number = (int) LoadOptions.required(
                    option, OptionValue.quantity(option, () -> Quantities.number(step.trim())), min, max);
            if (steps.contains(number)) {
                throw new BadInputException(option + ": is there twice: value=" + step.trim());
            }
            steps.add(number);
        }
        return steps;
    }
}
