package io.eventrouter.benchmarks.runner;

import io.eventrouter.benchmarks.runner.jmh.BenchmarkJar;
import io.eventrouter.benchmarks.runner.jmh.Trial;
import io.eventrouter.benchmarks.runner.profile.Profile;
import io.eventrouter.benchmarks.runner.profile.Profiles;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Prints what can be measured. */
@Command(
        name = "list",
        header = "Print the profiles, and the benchmarks with their parameters.",
        description = "",
        optionListHeading = "Options:%n")
final class ListCommand implements Callable<Integer> {
    private final Path ownJar;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    ListCommand(final Path ownJar) {
        this.ownJar = ownJar;
    }

    @Override
    public Integer call() {
        final BenchmarkJar jar = BenchmarkJar.open(ownJar);
        final PrintWriter out = spec.commandLine().getOut();
        out.println("Profiles (iterations only; setting up takes time of its own):");
        for (final String name : Profiles.NAMES) {
            final Profile profile = Profiles.find(name);
            final List<Trial> trials = jar.plan(profile);
            final double minutes =
                    trials.stream().mapToDouble(Trial::plannedSeconds).sum() / 60;
            out.printf("  %-6s %3d measurements, %5.1f min  %s%n", name, trials.size(), minutes, profile.description());
        }
        out.println();
        out.println("Benchmarks:");
        jar.parametersOfBenchmarks().forEach((benchmark, parameters) -> {
            out.println("  " + BenchmarkJar.shortName(benchmark));
            parameters.forEach((name, values) -> out.println("      " + name + " = " + String.join(", ", values)));
        });
        return ExitStatus.PASSED;
    }
}
