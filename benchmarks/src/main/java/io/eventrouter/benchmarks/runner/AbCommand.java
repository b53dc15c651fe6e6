package io.eventrouter.benchmarks.runner;

import io.eventrouter.benchmarks.runner.input.StrictJson;
import io.eventrouter.benchmarks.runner.jmh.BenchmarkJar;
import io.eventrouter.benchmarks.runner.jmh.JmhResults;
import io.eventrouter.benchmarks.runner.jmh.TrialRunner;
import io.eventrouter.benchmarks.runner.profile.Profile;
import io.eventrouter.benchmarks.runner.profile.Profiles;
import io.eventrouter.benchmarks.runner.report.AbPage;
import io.eventrouter.benchmarks.runner.results.AbResults;
import io.eventrouter.benchmarks.runner.results.CaseReport;
import io.eventrouter.benchmarks.runner.results.Environment;
import io.eventrouter.benchmarks.runner.results.EnvironmentProbe;
import io.eventrouter.benchmarks.runner.results.Incomplete;
import io.eventrouter.benchmarks.runner.results.ResultsDirectory;
import io.eventrouter.benchmarks.runner.results.SummaryFile;
import io.eventrouter.benchmarks.runner.verdict.Comparison;
import io.eventrouter.benchmarks.runner.verdict.Comparison.Side;
import io.eventrouter.benchmarks.runner.verdict.Verdict;
import io.eventrouter.loadgen.input.BadInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Measures two jars side by side and judges the difference. */
@Command(
        name = "ab",
        header = "Tell whether a jar is faster or slower than another one, measured in turns on this machine.",
        description = {
            "",
            "Each round measures every benchmark as A B B A or B A A B, each time in a new JVM. After five rounds a"
                    + " benchmark is judged, and measured on while its verdict is open. It is worse (or better) if the"
                    + " 99.9 %% interval of the ratio of speeds lies wholly beyond the threshold, the same if the 90 %%"
                    + " interval lies wholly within it, otherwise inconclusive. Limits of the profile hold for the"
                    + " candidate; figures that have limits may not exceed the baseline's either.",
            ""
        },
        optionListHeading = "Options:%n",
        exitCodeList = {
            "0:every benchmark is better or the same, every limit kept",
            "1:an option or a file cannot be used",
            "2:a benchmark failed or did not report a figure that has a limit",
            "3:a benchmark is worse, or a limit exceeded",
            "4:nothing is worse, but a verdict is inconclusive",
            "130:interrupted with Ctrl-C, 143 with SIGTERM; what was measured until then is written"
        },
        footer = {"", "Example:", "  benchmarks ab --baseline old.jar --candidate benchmarks/target/benchmarks.jar"})
final class AbCommand implements Callable<Integer> {
    private static final int MAX_ROUNDS = 100;
    private static final double PERCENT = 100;
    private static final double MAX_THRESHOLD_PERCENT = 50;

    /** How many rounds at most. */
    static final class Rounds implements ITypeConverter<Integer> {
        @Override
        public Integer convert(final String value) {
            try {
                final int rounds = Integer.parseInt(value);
                if (rounds >= Comparison.MIN_ROUNDS && rounds <= MAX_ROUNDS) {
                    return rounds;
                }
            } catch (final NumberFormatException e) {
                // Refused as one out of range is.
            }
            throw new TypeConversionException(
                    "must be a whole number in [" + Comparison.MIN_ROUNDS + ", " + MAX_ROUNDS + "]: value=" + value);
        }
    }

    /** A threshold in percent. */
    static final class Threshold implements ITypeConverter<Double> {
        @Override
        public Double convert(final String value) {
            try {
                final double percent = Double.parseDouble(value);
                if (percent >= 1 && percent <= MAX_THRESHOLD_PERCENT) {
                    return percent;
                }
            } catch (final NumberFormatException e) {
                // Refused as one out of range is.
            }
            throw new TypeConversionException("must be a number in [1, 50], of percent: value=" + value);
        }
    }

    private final TrialRunner runner;

    @Option(names = "--baseline", required = true, paramLabel = "OLD.jar", description = "The jar to compare with.")
    private Path baselinePath;

    @Option(names = "--candidate", required = true, paramLabel = "NEW.jar", description = "The jar to judge.")
    private Path candidatePath;

    @Option(
            names = "--profile",
            defaultValue = "ab",
            paramLabel = "PROFILE",
            description = "ab (the default), smoke, ci, full, or a .json file of yours.")
    private String profileName;

    @Option(
            names = "--rounds",
            defaultValue = "12",
            paramLabel = "N",
            converter = Rounds.class,
            description = "The most rounds, in [5, 100]; the default is ${DEFAULT-VALUE}.")
    private int rounds;

    @Option(
            names = "--threshold",
            defaultValue = "5",
            paramLabel = "PERCENT",
            converter = Threshold.class,
            description = "Speeds that differ by less count as the same, in [1, 50]; the default is ${DEFAULT-VALUE}.")
    private double thresholdPercent;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where to put the results; must be empty or missing. Otherwise a new directory in"
                    + " benchmark-results.")
    private Path outDirectory;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    AbCommand(final TrialRunner runner) {
        this.runner = runner;
    }

    @Override
    public Integer call() throws InterruptedException {
        final Profile profile = Profiles.find(profileName);
        final BenchmarkJar baseline = BenchmarkJar.open(baselinePath);
        final BenchmarkJar candidate = BenchmarkJar.open(candidatePath);
        final List<Comparison> comparisons = candidate.plan(profile).stream()
                .filter(trial -> trial.entry().comparedBy() != null
                        || !trial.entry().atMost().isEmpty())
                .map(trial -> new Comparison(trial.withForks(1), baseline.has(trial), thresholdPercent / PERCENT))
                .toList();
        if (comparisons.isEmpty()) {
            throw new BadInputException(
                    "nothing to compare: no benchmark of the profile has comparedBy or atMost: value=" + profileName);
        }
        final Interruption interruption = Interruption.ofProcess();
        try {
            final ResultsDirectory results = ResultsDirectory.create(outDirectory, "ab");
            try {
                return run(profile, comparisons, results);
            } catch (final IOException e) {
                throw results.stopped(e);
            }
        } finally {
            interruption.end();
        }
    }

    private int run(final Profile profile, final List<Comparison> comparisons, final ResultsDirectory results)
            throws IOException {
        writeProgress(comparisons, results);
        final Environment environment = EnvironmentProbe.probe(profileName, candidatePath);
        StrictJson.write(results.environmentFile(), environment);
        StrictJson.write(results.profileFile(), profile);
        final boolean isComplete = measure(comparisons, results);
        final Optional<Incomplete> incomplete = isComplete ? Optional.empty() : results.incomplete();
        final AbResults outcome = AbResults.of(baselinePath, candidatePath, thresholdPercent, comparisons);
        StrictJson.write(results.comparisonFile(), outcome);
        CaseReport.write(results.junitFile(), "benchmarks ab", outcome.cases());
        SummaryFile.write(
                results.summaryFile(),
                comparisons.stream()
                        .map(Comparison::candidate)
                        .filter(Objects::nonNull)
                        .toList());
        AbPage.of(outcome, environment, incomplete).writeTo(results.reportFile());
        if (incomplete.isPresent()) {
            spec.commandLine().getErr().println(results.interrupted(incomplete.get()));
            return ExitStatus.INTERRUPTED;
        }
        Files.delete(results.incompleteFile());
        return conclude(outcome, results);
    }

    // Round by round over all benchmarks, so that one bad minute of the machine spoils one round of one of them. False
    // if the process is told to end before everything was measured.
    private boolean measure(final List<Comparison> comparisons, final ResultsDirectory results) throws IOException {
        for (int round = 1; round <= rounds; round++) {
            try {
                measure(round, comparisons, results);
            } catch (final InterruptedException e) {
                final String reason = "not judged: the run was interrupted in round " + round;
                comparisons.forEach(comparison -> comparison.stop(reason));
                return false;
            } finally {
                Files.deleteIfExists(results.partFile());
            }
        }
        return true;
    }

    private void measure(final int round, final List<Comparison> comparisons, final ResultsDirectory results)
            throws IOException, InterruptedException {
        for (final Comparison comparison : comparisons) {
            final List<Side> sides = comparison.nextRound();
            if (!sides.isEmpty()) {
                final List<TrialRunner.Outcome> outcomes = new ArrayList<>();
                for (final Side side : sides) {
                    outcomes.add(measure(comparison, side, results));
                }
                comparison.add(sides, outcomes);
                spec.commandLine().getOut().println("round " + round + ": " + AbText.progress(comparison));
                writeProgress(comparisons, results);
            }
        }
    }

    private TrialRunner.Outcome measure(final Comparison comparison, final Side side, final ResultsDirectory results)
            throws IOException, InterruptedException {
        final boolean ofCandidate = side == Side.CANDIDATE;
        final TrialRunner.Outcome outcome = runner.run(
                ofCandidate ? candidatePath : baselinePath, comparison.trial(), results.partFile(), results.logFile());
        if (outcome.measured()) {
            JmhResults.append(results.partFile(), ofCandidate ? results.jmhFile() : results.baselineJmhFile());
        }
        return outcome;
    }

    private static void writeProgress(final List<Comparison> comparisons, final ResultsDirectory results)
            throws IOException {
        final Map<Boolean, List<String>> byDone = comparisons.stream()
                .collect(Collectors.partitioningBy(
                        comparison -> comparison.nextRound().isEmpty(),
                        Collectors.mapping(comparison -> comparison.trial().name(), Collectors.toList())));
        StrictJson.write(results.incompleteFile(), new Incomplete(byDone.get(true), byDone.get(false)));
    }

    private int conclude(final AbResults outcome, final ResultsDirectory results) {
        AbText.print(outcome, spec.commandLine().getOut());
        spec.commandLine().getOut().println("results in " + results.path());
        if (outcome.benchmarks().stream().anyMatch(AbResults.Line::failed)) {
            return ExitStatus.BENCHMARK_FAILED;
        }
        if (outcome.count(Verdict.WORSE) > 0 || outcome.benchmarks().stream().anyMatch(AbResults.Line::exceedsLimit)) {
            return ExitStatus.REGRESSION;
        }
        return outcome.count(Verdict.INCONCLUSIVE) > 0 ? ExitStatus.INCONCLUSIVE : ExitStatus.PASSED;
    }
}
