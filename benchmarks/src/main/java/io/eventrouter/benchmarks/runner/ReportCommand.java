package io.eventrouter.benchmarks.runner;

import io.eventrouter.benchmarks.runner.input.StrictJson;
import io.eventrouter.benchmarks.runner.report.AbPage;
import io.eventrouter.benchmarks.runner.report.RunPage;
import io.eventrouter.benchmarks.runner.results.AbResults;
import io.eventrouter.benchmarks.runner.results.ResultsDirectory;
import io.eventrouter.loadgen.input.BadInputException;
import io.eventrouter.loadgen.page.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
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
        exitCodeList = {"0:the page is written", "1:results cannot be read, or the page cannot be written"})
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
        final Page page = page();
        try {
            page.writeTo(outFile);
        } catch (final IOException e) {
            throw new BadInputException("cannot write the page " + outFile + ": " + e);
        }
        spec.commandLine().getOut().println("written to " + outFile);
        return ExitStatus.PASSED;
    }

    private Page page() {
        final ResultsDirectory first = new ResultsDirectory(directories.get(0));
        if (Files.exists(first.comparisonFile())) {
            if (directories.size() > 1) {
                throw new BadInputException("a comparison of two jars has a page of its own: value=" + first.path());
            }
            return AbPage.of(StrictJson.read(first.comparisonFile(), AbResults.class), first.environment());
        }
        return RunPage.of(directories.stream()
                .map(ResultsDirectory::new)
                .map(results -> new RunPage.Run(
                        results.path().getFileName().toString(), results.environment(), results.measurements()))
                .toList());
    }
}
