package io.eventrouter.benchmarks.runner;

import io.eventrouter.benchmarks.runner.input.StrictJson;
import io.eventrouter.benchmarks.runner.jmh.Measurement;
import io.eventrouter.benchmarks.runner.report.AbPage;
import io.eventrouter.benchmarks.runner.report.RunPage;
import io.eventrouter.benchmarks.runner.results.AbResults;
import io.eventrouter.benchmarks.runner.results.CaseReport;
import io.eventrouter.benchmarks.runner.results.CaseReport.Case;
import io.eventrouter.benchmarks.runner.results.CaseReport.Ending;
import io.eventrouter.benchmarks.runner.results.Incomplete;
import io.eventrouter.benchmarks.runner.results.ResultsDirectory;
import io.eventrouter.loadgen.input.BadInputException;
import io.eventrouter.loadgen.input.FileComplaint;
import io.eventrouter.loadgen.page.Page;
import io.eventrouter.loadgen.page.PageFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a page of results that are there. */
@Command(
        name = "report",
        header = "Make one page of the results of several runs, or of one run of ab.",
        description = "",
        parameterListHeading = "Parameters:%n",
        optionListHeading = "Options:%n",
        exitCodeList = {"0:the page is written", "1:results cannot be read, or the page cannot be written"},
        footer = {"", "Example:", "  benchmarks report results/monday results/tuesday"})
final class ReportCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "DIR", description = "Results of a run.")
    private List<Path> directories;

    @Option(
            names = "--out",
            defaultValue = "report.html",
            paramLabel = "FILE",
            description = "The page to write; the default is ${DEFAULT-VALUE} in the current directory.")
    private Path outFile;

    @CommandLine.Spec
    private CommandLine.Model.CommandSpec spec;

    @Override
    public Integer call() {
        if (Files.isDirectory(outFile)) {
            throw new BadInputException("a directory, not a page to write: value=" + outFile);
        }
        PageFile.refuseResults(outFile, directories);
        final Page page = page();
        try {
            page.writeTo(outFile);
        } catch (final IOException e) {
            throw new BadInputException("cannot write the page " + outFile + ": " + FileComplaint.describe(e));
        }
        spec.commandLine().getOut().println("written to " + outFile);
        return ExitStatus.PASSED;
    }

    private Page page() {
        final ResultsDirectory first = ResultsDirectory.open(directories.get(0));
        if (Files.exists(first.comparisonFile())) {
            if (directories.size() > 1) {
                throw new BadInputException("a comparison of two jars has a page of its own: value=" + first.path());
            }
            return AbPage.of(
                    StrictJson.read(first.comparisonFile(), AbResults.class), first.environment(), first.incomplete());
        }
        if (Files.exists(first.baselineJmhFile())) {
            // A comparison that was killed, so it has no verdicts.
            ResultsDirectory.openComplete(first.path());
        }
        final List<String> names = names();
        return RunPage.of(IntStream.range(0, names.size())
                .mapToObj(i -> run(names.get(i), ResultsDirectory.open(directories.get(i))))
                .toList());
    }

    // The last part of a path says enough, unless another run has the same.
    private List<String> names() {
        final List<String> names = directories.stream()
                .map(directory ->
                        String.valueOf(directory.toAbsolutePath().normalize().getFileName()))
                .toList();
        return Set.copyOf(names).size() == names.size()
                ? names
                : directories.stream().map(Path::toString).toList();
    }

    private static RunPage.Run run(final String name, final ResultsDirectory results) {
        final List<Measurement> measurements = results.measurements();
        final Optional<Incomplete> incomplete = results.incomplete();
        final List<Case> errors = incomplete.isPresent() && !Files.exists(results.junitFile())
                ? errors(incomplete.get(), measurements, results)
                : CaseReport.errors(results.junitFile());
        return new RunPage.Run(name, results.environment(), measurements, errors, incomplete);
    }

    // Of a run that was killed, so it did not write them.
    private static List<Case> errors(
            final Incomplete incomplete, final List<Measurement> measurements, final ResultsDirectory results) {
        final Set<String> measured =
                measurements.stream().map(Measurement::name).collect(Collectors.toSet());
        final List<Case> errors = new ArrayList<>();
        for (final String name : incomplete.done()) {
            errors.add(new Case(name, "runs", Ending.ERROR, "failed; why is in " + results.logFile()));
        }
        for (final String name : incomplete.missing()) {
            errors.add(new Case(name, "runs", Ending.ERROR, "not measured: the run did not get to its end"));
        }
        errors.removeIf(error -> measured.contains(error.benchmark()));
        return errors;
    }
}
