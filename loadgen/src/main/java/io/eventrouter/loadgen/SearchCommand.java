package io.eventrouter.loadgen;

import io.eventrouter.loadgen.feed.ReplayFailedException;
import io.eventrouter.loadgen.figures.Figures;
import io.eventrouter.loadgen.input.BadInputException;
import io.eventrouter.loadgen.load.Ceiling;
import io.eventrouter.loadgen.load.LoadListener;
import io.eventrouter.loadgen.load.LoadedRouter;
import io.eventrouter.loadgen.load.StopSignal;
import io.eventrouter.loadgen.results.Environment;
import io.eventrouter.loadgen.results.ResultDirectory;
import io.eventrouter.loadgen.results.RunResult;
import io.eventrouter.loadgen.results.SearchResult;
import io.eventrouter.loadgen.results.SearchSummary;
import io.eventrouter.loadgen.scenario.Rate;
import io.eventrouter.loadgen.scenario.Scenario;
import io.eventrouter.loadgen.scenario.ScenarioFile;
import io.eventrouter.loadgen.scenario.SearchSetup;
import io.eventrouter.loadgen.search.RateSearch;
import io.eventrouter.loadgen.search.RouterTrials;
import io.eventrouter.loadgen.search.SearchOutcome;
import io.eventrouter.loadgen.search.Trial;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Finds the highest rate at which a router holds the objective of a scenario. */
@Command(
        name = "search",
        header = "Find the highest rate at which the router holds the objective of a scenario.",
        description = {
            "",
            "Doubles the rate until the objective fails, narrows the range by bisection, and confirms what it found with"
                    + " a longer run, going back a little if that does not hold. A trial begins when the JVM has compiled"
                    + " what it runs; one that fails is made again, and only a rate that fails twice counts as failed."
                    + " So is the longer run; one that is invalid says nothing about the router and never makes the search"
                    + " go back, but a third at a rate ends it unconfirmed."
                    + " Says how sure it is, and whether router or generator set the limit.",
            ""
        },
        parameterListHeading = "Parameters:%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Exit status: 0 a rate held and was confirmed; 3 no rate held, or none was confirmed; 4 no trial was valid;"
                    + " 2 an option or the scenario is wrong; 1 anything else. Ctrl-C ends the search early, writes"
                    + " and reports what was found, and ends with 130, as an interrupted process does.",
            "",
            "Example:",
            "  loadgen search unclaimed-fleet --devices 100k --out results/limit"
        })
final class SearchCommand implements Callable<Integer> {
    private static final double FIRST_SHARE = 0.25;

    @Mixin
    private LoadOptions options;

    @Option(
            names = "--from",
            paramLabel = "RATE",
            converter = LoadOptions.RateValue.class,
            description = "Rate of the first trial.")
    private Rate from;

    @Option(
            names = "--trial",
            paramLabel = "TIME",
            converter = LoadOptions.DurationValue.class,
            description = "How long a trial is.")
    private Long trialNs;

    @Option(
            names = "--confirm",
            paramLabel = "TIME",
            converter = LoadOptions.DurationValue.class,
            description = "How long a confirming run is.")
    private Long confirmNs;

    private int confirmations;
    private Optional<ResultDirectory> ofConfirmation = Optional.empty();
    private final List<String> unwritten = new ArrayList<>();

    @Override
    public Integer call() {
        final ScenarioFile file = options.file();
        final Scenario scenario = file.scenario();
        requireObjective(file);
        final SearchSetup setup = scenario.search();
        final long trial = trialNs == null ? setup.trialNs() : LoadOptions.requiredNs("--trial", trialNs, 1);
        final long confirm = confirmNs == null ? setup.confirmNs() : LoadOptions.requiredNs("--confirm", confirmNs, 1);
        final Optional<ResultDirectory> directory = options.directory();
        final RunProgress progress = new RunProgress(System.err, options.isQuiet(), Optional.empty());
        final Instant startedAt = Instant.now();
        try (StopSignal stop = StopSignal.ofProcess();
                LoadedRouter router = LoadedRouter.launch(scenario, stop, progress)) {
            final int publishers = scenario.load().publishers();
            final Optional<Ceiling> ceiling = RunProgress.ceiling(router, publishers, options.ceilingNs());
            final RouterTrials trials =
                    new RouterTrials(router, scenario.load(), stop, stage -> listener(stage, directory, progress));
            final RateSearch search = new RateSearch(
                    (stage, rate, durationNs) -> {
                        final Trial made = trials.run(stage, rate, durationNs);
                        progress.keep(line(made));
                        ofConfirmation.ifPresent(it -> write(() -> it.write(new RunResult(
                                file,
                                scenario,
                                trials.loadAt(rate, durationNs),
                                Environment.current(),
                                router.fleet(),
                                ceiling,
                                made.figures(),
                                made.verdict(),
                                router.accountNames()))));
                        return made;
                    },
                    stop,
                    trial,
                    confirm,
                    setup.precision());
            final SearchOutcome outcome = search.run(first(scenario));
            progress.end();
            final SearchResult result = new SearchResult(
                    file,
                    scenario,
                    startedAt,
                    stop.isRequested(),
                    Environment.current(),
                    router.fleet(),
                    ceiling,
                    outcome);
            SearchSummary.print(System.out, result);
            directory.ifPresent(it -> write(() -> it.write(result)));
            if (!unwritten.isEmpty()) {
                throw new ReplayFailedException(String.join(System.lineSeparator(), unwritten), null);
            }
            return RunCommand.status(outcome.verdict());
        } finally {
            progress.end();
        }
    }

    static void requireObjective(final ScenarioFile file) {
        if (!file.scenario().objective().isSet()) {
            throw new BadInputException(
                    file.source() + ": objective: is missing; without one there is no rate to search for");
        }
    }

    /** One line about a trial. */
    static String line(final Trial trial) {
        return Choices.name(trial.stage()) + ": " + Figures.rate(trial.rate().perSecond()) + " events/s "
                + Choices.name(trial.verdict().outcome()) + ": "
                + String.join("; ", trial.verdict().reasons());
    }

    private Rate first(final Scenario scenario) {
        return from != null ? from : firstOf(scenario);
    }

    /** The rate of the first trial, if no option says it. */
    static Rate firstOf(final Scenario scenario) {
        return scenario.search()
                .from()
                .orElseGet(() -> Rate.ofPerSecond(Math.max(1, scenario.rate().perSecond() * FIRST_SHARE)));
    }

    /** What cannot be written is said after what was found, which is printed whatever happens. */
    private void write(final Runnable files) {
        try {
            files.run();
        } catch (final ReplayFailedException e) {
            unwritten.add(e.getMessage());
        }
    }

    /** Confirming runs leave a directory of their own behind. */
    private LoadListener listener(
            final Trial.Stage stage, final Optional<ResultDirectory> directory, final RunProgress progress) {
        ofConfirmation = Optional.empty();
        if (stage == Trial.Stage.CONFIRM && directory.isPresent()) {
            confirmations++;
            final String name = confirmations == 1 ? "confirm" : "confirm-" + confirmations;
            write(() -> ofConfirmation = directory.map(it -> it.inside(name)));
        }
        if (ofConfirmation.isEmpty()) {
            return progress;
        }
        return new RunProgress(System.err, options.isQuiet(), ofConfirmation);
    }
}
