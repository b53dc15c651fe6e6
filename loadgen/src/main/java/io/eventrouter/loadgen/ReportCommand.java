package io.eventrouter.loadgen;

import io.eventrouter.loadgen.feed.ReplayFailedException;
import io.eventrouter.loadgen.input.BadInputException;
import io.eventrouter.loadgen.input.FileComplaint;
import io.eventrouter.loadgen.input.TextSource;
import io.eventrouter.loadgen.page.Page;
import io.eventrouter.loadgen.page.PageFile;
import io.eventrouter.loadgen.report.LoadReport;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows the results of runs, searches and sweeps on one page. */
@Command(
        name = "report",
        header = "See results of run, search and sweep as one HTML page with charts, several side by side.",
        description = {
            "",
            "Reads directories that run, search and sweep wrote with --out, and writes one HTML file that opens without"
                    + " a network, on a telephone and on paper: latency by percentile and over time, the steps of a"
                    + " search, the cost curves of a sweep, data operations by account, the environment, and verdicts"
                    + " in words.",
            ""
        },
        parameterListHeading = "Parameters:%n",
        optionListHeading = "Options:%n",
        footer = {
            "",
            "Exit status: 0 fine, 2 an option is wrong or a result is missing or wrong, 1 anything else.",
            "",
            "Example:",
            "  loadgen report before after --out comparison.html"
        })
final class ReportCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "DIR",
            converter = Choices.FileName.class,
            description = "Directory of a result.")
    private List<String> directories;

    @Option(
            names = "--out",
            paramLabel = "FILE.html",
            defaultValue = "report.html",
            converter = Choices.FileName.class,
            description = "The page to write; report.html without it. What it held is replaced.")
    private String out;

    @Override
    public Integer call() {
        final Path file = TextSource.ofFile(out).path();
        if (Files.isDirectory(file)) {
            throw new BadInputException(out + ": is a directory, cannot be written");
        }
        PageFile.refuseResults(
                file,
                directories.stream().map(name -> TextSource.ofFile(name).path()).toList());
        final Page page = LoadReport.of(directories);
        try {
            page.writeTo(file);
        } catch (final NoSuchFileException e) {
            throw new BadInputException(out + ": cannot be written: there is no such directory");
        } catch (final AccessDeniedException e) {
            throw new BadInputException(out + ": may not be written: permission denied");
        } catch (final IOException e) {
            throw new ReplayFailedException(out + ": cannot be written: " + FileComplaint.describe(e), e);
        }
        System.out.println("wrote " + out + "; open it in a browser");
        return ExitStatus.FINE;
    }
}
