package io.eventrouter.benchmarks.runner;

import io.eventrouter.benchmarks.runner.input.StrictJson;
import io.eventrouter.benchmarks.runner.jmh.BenchmarkJar;
import io.eventrouter.benchmarks.runner.jmh.JmhResults;
import io.eventrouter.benchmarks.runner.jmh.Measurement;
import io.eventrouter.benchmarks.runner.jmh.Trial;
import io.eventrouter.benchmarks.runner.jmh.TrialRunner;
import io.eventrouter.benchmarks.runner.profile.Profile;
import io.eventrouter.benchmarks.runner.profile.Profiles;
import io.eventrouter.benchmarks.runner.report.RunPage;
import io.eventrouter.benchmarks.runner.results.CaseReport;
import io.eventrouter.benchmarks.runner.results.CaseReport.Case;
import io.eventrouter.benchmarks.runner.results.CaseReport.Ending;
import io.eventrouter.benchmarks.runner.results.Environment;
import io.eventrouter.benchmarks.runner.results.EnvironmentProbe;
import io.eventrouter.benchmarks.runner.results.FigureText;
import io.eventrouter.benchmarks.runner.results.Incomplete;
import io.eventrouter.benchmarks.runner.results.ResultsDirectory;
import io.eventrouter.benchmarks.runner.results.SummaryFile;
import io.eventrouter.benchmarks.runner.verdict.LimitCheck;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures a profile once. */
@Command(
        name = "run",
        header = "Measure a profile and check its limits on allocation and sizes.",
        description = {
            "",
            "Time is not judged here: noise between two runs is larger than most changes. Compare two jars with ab.",
            ""
        },
        optionListHeading = "Options:%n",
        exitCodeList = {
            "0:everything was measured and every limit kept",
            "1:an option or a file cannot be used",
            "2:a benchmark failed or did not report a figure that has a limit",
            "3:a limit is exceeded",
            "130:interrupted with Ctrl-C, 143 with SIGTERM; what was measured until then is written"
        },
        footer = {"", "Example:", "  benchmarks run --profile ci --out results/monday"})
final class RunCommand implements Callable<Integer> {
    private final Path ownJar;
    private final TrialRunner runner;

    @Option(
            names = "--profile",
            required = true,
            paramLabel = "PROFILE",
            description = "smoke, ci, full, ab, or a .json file of yours.")
    private String profileName;

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Where to put the results; must be empty or missing. Otherwise a new directory in"
                    + " benchmark-results.")
    private Path outDirectory;

    @Option(
            names = "--rehearse",
            description = "See whether everything runs: one iteration of 0.1 s each in one JVM, no limits. The"
                    + " figures mean nothing.")
    private boolean isRehearsal;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    private final List<Case> cases = new ArrayList<>();
    private final List<Measurement> measurements = new ArrayList<>();
    private final List<LimitCheck> checks = new ArrayList<>();
    private int done;

    RunCommand(final Path ownJar, final TrialRunner runner) {
        this.ownJar = ownJar;
        this.runner = runner;
    }

    @Override
    public Integer call() throws InterruptedException {
        final Profile wholeProfile = Profiles.find(profileName);
        final Profile profile = isRehearsal ? wholeProfile.rehearsal() : wholeProfile;
        final List<Trial> trials = BenchmarkJar.open(ownJar).plan(profile);
        final String name = Profiles.shortName(profileName) + (isRehearsal ? "-rehearsal" : "");
        final Interruption interruption = Interruption.ofProcess();
        try {
            final ResultsDirectory results = ResultsDirectory.create(outDirectory, name);
            try {
                return run(name, profile, trials, results);
            } catch (final IOException e) {
                throw results.stopped(e);
            }
        } finally {
            interruption.end();
        }
    }

    private int run(final String name, final Profile profile, final List<Trial> trials, final ResultsDirectory results)
            throws IOException {
        writeProgress(trials, results);
        final Environment environment = EnvironmentProbe.probe(name, ownJar);
        StrictJson.write(results.environmentFile(), environment);
        StrictJson.write(results.profileFile(), profile);
        // There is one even if every benchmark fails.
        StrictJson.write(results.jmhFile(), List.of());
        final boolean isComplete = measure(trials, results);
        final Optional<Incomplete> incomplete = isComplete ? Optional.empty() : results.incomplete();
        SummaryFile.write(results.summaryFile(), measurements);
        CaseReport.write(results.junitFile(), "benchmarks " + name, cases);
        final String directory = String.valueOf(results.path().getFileName());
        RunPage.of(new RunPage.Run(directory, environment, measurements, cases, incomplete))
                .writeTo(results.reportFile());
        if (incomplete.isPresent()) {
            spec.commandLine().getErr().println(results.interrupted(incomplete.get()));
            return ExitStatus.INTERRUPTED;
        }
        Files.delete(results.incompleteFile());
        return conclude(results);
    }

    // False if the process is told to end before everything was measured.
    private boolean measure(final List<Trial> trials, final ResultsDirectory results) throws IOException {
        final PrintWriter out = spec.commandLine().getOut();
        try {
            for (final Trial trial : trials) {
                out.printf("[%d/%d] %s%n", done + 1, trials.size(), trial.name());
                final long startNs = System.nanoTime();
                final TrialRunner.Outcome outcome = runner.run(ownJar, trial, results.partFile(), results.logFile());
                if (outcome.measured()) {
                    JmhResults.append(results.partFile(), results.jmhFile());
                }
                add(trial, outcome, out);
                out.printf("      took %d s%n", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNs));
                done++;
                writeProgress(trials, results);
            }
            return true;
        } catch (final InterruptedException e) {
            trials.stream()
                    .skip(done)
                    .forEach(trial -> cases.add(new Case(
                            trial.name(), "runs", Ending.ERROR, "not measured: the run was interrupted before")));
            return false;
        } finally {
            Files.deleteIfExists(results.partFile());
        }
    }

    private void writeProgress(final List<Trial> trials, final ResultsDirectory results) throws IOException {
        final List<String> names = trials.stream().map(Trial::name).toList();
        StrictJson.write(
                results.incompleteFile(), new Incomplete(names.subList(0, done), names.subList(done, names.size())));
    }

    private void add(final Trial trial, final TrialRunner.Outcome outcome, final PrintWriter out) {
        if (!outcome.measured()) {
            out.println("      FAILED: " + outcome.failure());
            cases.add(new Case(trial.name(), "runs", Ending.ERROR, outcome.failure()));
            return;
        }
        for (final Measurement measurement : outcome.measurements()) {
            measurements.add(measurement);
            out.println("      " + FigureText.of(measurement));
            cases.add(new Case(trial.name(), "runs", Ending.PASSED, FigureText.of(measurement)));
            for (final LimitCheck check : LimitCheck.ofProfile(measurement, trial.entry())) {
                checks.add(check);
                cases.add(Case.of(check));
                if (check.missing() || check.exceeded()) {
                    out.println("      FAILED: " + check.words());
                }
            }
        }
    }

    private int conclude(final ResultsDirectory results) {
        final PrintWriter out = spec.commandLine().getOut();
        final long failed =
                cases.stream().filter(one -> one.ending() == Ending.ERROR).count();
        final long exceeded =
                cases.stream().filter(one -> one.ending() == Ending.FAILURE).count();
        out.printf(
                "%d measurements, %d failures; %d limits, %d exceeded; results in %s%n",
                measurements.size(), failed, checks.size(), exceeded, results.path());
        if (failed > 0) {
            return ExitStatus.BENCHMARK_FAILED;
        }
        return exceeded > 0 ? ExitStatus.REGRESSION : ExitStatus.PASSED;
    }
}
