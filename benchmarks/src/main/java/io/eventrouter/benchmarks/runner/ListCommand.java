package io.eventrouter.benchmarks.runner;

import io.eventrouter.benchmarks.runner.jmh.BenchmarkJar;
import io.eventrouter.benchmarks.runner.jmh.Trial;
import io.eventrouter.benchmarks.runner.profile.Iterations;
import io.eventrouter.benchmarks.runner.profile.Profile;
import io.eventrouter.benchmarks.runner.profile.Profiles;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Prints what can be measured. */
@Command(
        name = "list",
        header = "Print the profiles, and the benchmarks with their parameters; or all that one profile measures.",
        description = "",
        optionListHeading = "Options:%n",
        exitCodeList = {"0:all of it is printed", "1:there is no such profile, or its file cannot be used"},
        footer = {"", "Example:", "  benchmarks list --profile ci"})
final class ListCommand implements Callable<Integer> {
    private static final double SECONDS_PER_MINUTE = 60;

    private final Path ownJar;

    @Option(names = "--profile", paramLabel = "PROFILE", description = "smoke, ci, full, ab, or a .json file of yours.")
    private String profileName;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    ListCommand(final Path ownJar) {
        this.ownJar = ownJar;
    }

    @Override
    public Integer call() {
        final BenchmarkJar jar = BenchmarkJar.open(ownJar);
        final PrintWriter out = spec.commandLine().getOut();
        if (profileName == null) {
            printAll(jar, out);
        } else {
            printTrials(jar.plan(Profiles.find(profileName)), out);
        }
        return ExitStatus.PASSED;
    }

    private static void printAll(final BenchmarkJar jar, final PrintWriter out) {
        out.println("Profiles (iterations only; setting up takes time of its own):");
        for (final String name : Profiles.NAMES) {
            final Profile profile = Profiles.find(name);
            final List<Trial> trials = jar.plan(profile);
            out.printf(
                    Locale.ROOT,
                    "  %-6s %3d measurements, %5.1f min  %s%n",
                    name,
                    trials.size(),
                    plannedMinutes(trials),
                    profile.description());
        }
        out.println();
        out.println("Benchmarks:");
        jar.parametersOfBenchmarks().forEach((benchmark, parameters) -> {
            out.println("  " + BenchmarkJar.shortName(benchmark));
            parameters.forEach((name, values) -> out.println("      " + name + " = " + String.join(", ", values)));
        });
    }

    private static void printTrials(final List<Trial> trials, final PrintWriter out) {
        for (final Trial trial : trials) {
            out.printf(
                    Locale.ROOT,
                    "%6.1f s  %d x (%s + %s)  %s%n",
                    trial.plannedSeconds(),
                    trial.forks(),
                    text(trial.warmup()),
                    text(trial.measurement()),
                    trial.name());
        }
        out.printf(
                Locale.ROOT,
                "%d measurements, %.1f min of iterations: JVMs x (warm-up + measurement). Setting up takes time of its"
                        + " own, and what is measured in one go takes as long as it takes.%n",
                trials.size(),
                plannedMinutes(trials));
    }

    private static String text(final Iterations iterations) {
        return String.format(Locale.ROOT, "%d x %s s", iterations.iterations(), iterations.seconds());
    }

    private static double plannedMinutes(final List<Trial> trials) {
        return trials.stream().mapToDouble(Trial::plannedSeconds).sum() / SECONDS_PER_MINUTE;
    }
}
