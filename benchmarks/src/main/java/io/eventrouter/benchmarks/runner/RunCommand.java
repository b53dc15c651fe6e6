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
import io.eventrouter.benchmarks.runner.results.ResultsDirectory;
import io.eventrouter.benchmarks.runner.results.SummaryFile;
import io.eventrouter.benchmarks.runner.verdict.LimitCheck;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
            "3:a limit is exceeded"
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

    RunCommand(final Path ownJar, final TrialRunner runner) {
        this.ownJar = ownJar;
        this.runner = runner;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        final Profile wholeProfile = Profiles.find(profileName);
        final Profile profile = isRehearsal ? wholeProfile.rehearsal() : wholeProfile;
        final List<Trial> trials = BenchmarkJar.open(ownJar).plan(profile);
        final String name = Profiles.shortName(profileName) + (isRehearsal ? "-rehearsal" : "");
        final ResultsDirectory results = ResultsDirectory.create(outDirectory, name);
        final Environment environment = EnvironmentProbe.probe(name, ownJar);
        StrictJson.write(results.environmentFile(), environment);
        StrictJson.write(results.profileFile(), profile);
        measure(trials, results);
        SummaryFile.write(results.summaryFile(), measurements);
        CaseReport.write(results.junitFile(), "benchmarks " + name, cases);
        final String directory = String.valueOf(results.path().getFileName());
        RunPage.of(new RunPage.Run(directory, environment, measurements), cases).writeTo(results.reportFile());
        return conclude(results);
    }

    private void measure(final List<Trial> trials, final ResultsDirectory results)
            throws IOException, InterruptedException {
        final PrintWriter out = spec.commandLine().getOut();
        final List<Path> parts = new ArrayList<>();
        for (final Trial trial : trials) {
            out.printf("[%d/%d] %s%n", parts.size() + 1, trials.size(), trial.name());
            final Path part = results.path().resolve("part-" + parts.size() + ".json");
            parts.add(part);
            final long startNs = System.nanoTime();
            final TrialRunner.Outcome outcome = runner.run(ownJar, trial, part, results.logFile());
            add(trial, outcome, out);
            out.printf("      took %d s%n", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - startNs));
        }
        JmhResults.join(parts.stream().filter(Files::exists).toList(), results.jmhFile());
        for (final Path part : parts) {
            Files.deleteIfExists(part);
        }
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
