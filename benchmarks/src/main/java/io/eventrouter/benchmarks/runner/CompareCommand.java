package io.eventrouter.benchmarks.runner;

import io.eventrouter.benchmarks.runner.jmh.BenchmarkJar;
import io.eventrouter.benchmarks.runner.jmh.Measurement;
import io.eventrouter.benchmarks.runner.profile.ProfileEntry;
import io.eventrouter.benchmarks.runner.results.CaseReport;
import io.eventrouter.benchmarks.runner.results.CaseReport.Case;
import io.eventrouter.benchmarks.runner.results.Environment;
import io.eventrouter.benchmarks.runner.results.FigureText;
import io.eventrouter.benchmarks.runner.results.ResultsDirectory;
import io.eventrouter.benchmarks.runner.verdict.LimitCheck;
import io.eventrouter.loadgen.input.BadInputException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Compares what noise does not touch in the results of two runs. */
@Command(
        name = "compare",
        header = "Compare allocation and sizes of two runs on machines of the same kind.",
        description = {
            "",
            "Figures that have limits in the newer run's profile may not exceed the older run's by more than 2 %% or"
                    + " 0.1, whichever is more. Times of different jobs are printed for orientation only; ab judges"
                    + " time. Runs on different machines or JDKs are refused.",
            ""
        },
        parameterListHeading = "Parameters:%n",
        optionListHeading = "Options:%n",
        exitCodeList = {
            "0:nothing that noise does not touch got worse",
            "1:the results cannot be read, must not be compared, or have nothing that noise does not touch",
            "2:a benchmark failed in the newer run, or did not report a figure that has a limit",
            "3:allocation or a size got worse"
        },
        footer = {"", "Example:", "  benchmarks compare results/monday results/tuesday"})
final class CompareCommand implements Callable<Integer> {
    @Parameters(index = "0", paramLabel = "OLD-DIR", description = "Results of the older run.")
    private Path older;

    @Parameters(index = "1", paramLabel = "NEW-DIR", description = "Results of the newer run.")
    private Path newer;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        final ResultsDirectory oldResults = ResultsDirectory.openComplete(older);
        final ResultsDirectory newResults = ResultsDirectory.openComplete(newer);
        refuseOtherMachine(oldResults.environment(), newResults.environment());
        final List<Case> errors = new ArrayList<>(CaseReport.errors(newResults.junitFile()));
        final Map<String, Measurement> before = measured(oldResults);
        final Map<String, Measurement> after = measured(newResults);
        if (errors.isEmpty()) {
            refuseNothing(before, oldResults);
            refuseNothing(after, newResults);
        }
        final List<ProfileEntry> entries = newResults.profile().benchmarks();
        final PrintWriter out = spec.commandLine().getOut();
        out.println("Times of different jobs, for orientation only (ab judges time):");
        int common = 0;
        long compared = 0;
        int worse = 0;
        for (final Map.Entry<String, Measurement> entry : after.entrySet()) {
            final Measurement old = before.remove(entry.getKey());
            if (old == null) {
                out.println("  only in " + newer + ": " + entry.getKey());
                continue;
            }
            common++;
            final Measurement now = entry.getValue();
            out.printf(
                    Locale.ROOT,
                    "  %.2fx  %s: %s, was %s%n",
                    now.speed(ProfileEntry.SCORE) / old.speed(ProfileEntry.SCORE),
                    entry.getKey(),
                    FigureText.of(now.primary()),
                    FigureText.of(old.primary()));
            final List<LimitCheck> checks = checks(old, now, entries);
            errors.addAll(missing(checks, errors));
            compared += checks.stream().filter(check -> !check.missing()).count();
            worse += printWorse(checks, out);
        }
        printNotMeasured(before, errors, out);
        if (common == 0 && errors.isEmpty()) {
            throw new BadInputException("the two runs have no benchmark in common: " + older + ", " + newer);
        }
        out.printf(
                "%d benchmarks in both; of %d figures of allocation or size %d got worse%n", common, compared, worse);
        if (!errors.isEmpty()) {
            return ExitStatus.BENCHMARK_FAILED;
        }
        if (compared == 0) {
            throw new BadInputException("nothing to judge: no figure that " + older
                    + " has too has a limit (atMost) in " + newResults.profileFile());
        }
        return worse > 0 ? ExitStatus.REGRESSION : ExitStatus.PASSED;
    }

    private static List<LimitCheck> checks(
            final Measurement old, final Measurement now, final List<ProfileEntry> entries) {
        final List<LimitCheck> checks = new ArrayList<>();
        for (final ProfileEntry entry : entries) {
            if (entry.covers(BenchmarkJar.shortName(now.benchmark()), now.parameters())) {
                checks.addAll(LimitCheck.ofOlder(old, now, entry));
            }
        }
        return checks;
    }

    private static int printWorse(final List<LimitCheck> checks, final PrintWriter out) {
        int worse = 0;
        for (final LimitCheck check : checks) {
            if (check.exceeded()) {
                worse++;
                out.println("        WORSE: " + check.words());
            }
        }
        return worse;
    }

    // Figures that the older run has and the newer one has not, of benchmarks of which nothing worse is known.
    private static List<Case> missing(final List<LimitCheck> checks, final List<Case> errors) {
        final Set<String> failed = benchmarks(errors);
        return checks.stream()
                .filter(check -> check.missing() && !failed.contains(check.benchmark()))
                .map(Case::of)
                .toList();
    }

    private void printNotMeasured(
            final Map<String, Measurement> onlyBefore, final List<Case> errors, final PrintWriter out) {
        final Set<String> failed = benchmarks(errors);
        onlyBefore.forEach((name, measurement) -> {
            if (!failed.contains(measurement.name())) {
                out.println("  only in " + older + ": " + name);
            }
        });
        // Whether or not the older run has them: what fails every night is no pass in the second either.
        for (final Case error : errors) {
            out.println("  FAILED in " + newer + ": " + error.benchmark() + ": " + error.message());
        }
    }

    private static Set<String> benchmarks(final List<Case> cases) {
        return cases.stream().map(Case::benchmark).collect(Collectors.toSet());
    }

    private void refuseOtherMachine(final Environment old, final Environment now) {
        final Map<String, String> before = old.machineAndJdk();
        final StringJoiner differences = new StringJoiner("; ");
        now.machineAndJdk().forEach((field, value) -> {
            if (!value.equals(before.get(field))) {
                differences.add(field + ": " + before.get(field) + " and " + value);
            }
        });
        if (differences.length() > 0) {
            throw new BadInputException("results of different machines or JDKs must not be compared: " + differences);
        }
    }

    private static Map<String, Measurement> measured(final ResultsDirectory results) {
        final Map<String, Measurement> byName = new LinkedHashMap<>();
        results.measurements()
                .forEach(measurement -> byName.put(measurement.name() + " [" + measurement.mode() + "]", measurement));
        return byName;
    }

    private static void refuseNothing(final Map<String, Measurement> measured, final ResultsDirectory results) {
        if (measured.isEmpty()) {
            throw new BadInputException(results.path() + ": every benchmark of this run failed, so there is nothing to"
                    + " compare; why is in " + results.junitFile());
        }
    }
}
