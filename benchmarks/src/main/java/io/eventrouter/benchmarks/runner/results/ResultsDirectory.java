package io.eventrouter.benchmarks.runner.results;

import io.eventrouter.benchmarks.runner.input.StrictJson;
import io.eventrouter.benchmarks.runner.jmh.JmhResults;
import io.eventrouter.benchmarks.runner.jmh.Measurement;
import io.eventrouter.benchmarks.runner.profile.Profile;
import io.eventrouter.loadgen.input.BadInputException;
import io.eventrouter.loadgen.input.FileComplaint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The directory of one run and the names of its files.
 *
 * @param path of the directory.
 */
public record ResultsDirectory(Path path) {
    private static final DateTimeFormatter NOW = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss");

    /**
     * Make a directory for a new run.
     *
     * @param path of the directory, which must be empty if it is there; null for one named for what runs and when.
     * @param what runs.
     * @return the directory.
     * @throws BadInputException if it holds something or cannot be made.
     */
    public static ResultsDirectory create(final Path path, final String what) {
        if (path != null && path.toString().isEmpty()) {
            throw new BadInputException("--out: must be the name of a directory: value=\"\"");
        }
        final Path directory = path != null
                ? path
                : Path.of("benchmark-results", what + "-" + LocalDateTime.now().format(NOW));
        refuseFile(directory);
        try {
            Files.createDirectories(directory);
            try (Stream<Path> files = Files.list(directory)) {
                if (files.findAny().isPresent()) {
                    throw new BadInputException("the directory for results is not empty: value=" + directory);
                }
            }
        } catch (final IOException e) {
            throw new BadInputException(
                    "cannot make the directory for results " + directory + ": " + FileComplaint.describe(e));
        }
        return new ResultsDirectory(directory);
    }

    /**
     * The directory of an earlier run.
     *
     * @param path of the directory.
     * @return the directory.
     * @throws BadInputException if there is none, or no results in it.
     */
    public static ResultsDirectory open(final Path path) {
        if (!Files.exists(path)) {
            throw new BadInputException("no such directory: value=" + path);
        }
        refuseFile(path);
        final ResultsDirectory directory = new ResultsDirectory(path);
        if (!Files.exists(directory.environmentFile())) {
            throw new BadInputException("a directory without results of benchmarks, as it has no "
                    + directory.environmentFile().getFileName() + ": value=" + path);
        }
        return directory;
    }

    /**
     * The directory of an earlier run in which nothing is missing.
     *
     * @param path of the directory.
     * @return the directory.
     * @throws BadInputException if there is none, no results in it, or only those of a part of the run.
     */
    public static ResultsDirectory openComplete(final Path path) {
        final ResultsDirectory directory = open(path);
        directory.incomplete().ifPresent(incomplete -> {
            throw new BadInputException(
                    path + ": the run did not get to its end: " + incomplete.words() + "; run it again");
        });
        return directory;
    }

    /**
     * What to say when results cannot be written.
     *
     * @param cause of the failure.
     * @return the exception to throw.
     */
    public BadInputException stopped(final IOException cause) {
        return new BadInputException(
                path + ": the run stopped before its results were written: " + FileComplaint.describeInside(cause));
    }

    private static void refuseFile(final Path path) {
        if (Files.exists(path) && !Files.isDirectory(path)) {
            throw new BadInputException("a file, not a directory for results: value=" + path);
        }
    }

    /**
     * The environment that was written.
     *
     * @return the environment.
     * @throws BadInputException if it cannot be read.
     */
    public Environment environment() {
        return StrictJson.read(environmentFile(), Environment.class);
    }

    /**
     * The profile that was written.
     *
     * @return the profile.
     * @throws BadInputException if it cannot be read.
     */
    public Profile profile() {
        return StrictJson.read(profileFile(), Profile.class);
    }

    /**
     * The figures that were written.
     *
     * @return the measurements.
     * @throws BadInputException if they cannot be read.
     */
    public List<Measurement> measurements() {
        return JmhResults.read(jmhFile());
    }

    /**
     * How far the run is.
     *
     * @return nothing if it got to its end.
     * @throws BadInputException if it cannot be read.
     */
    public Optional<Incomplete> incomplete() {
        return Files.exists(incompleteFile())
                ? Optional.of(StrictJson.read(incompleteFile(), Incomplete.class))
                : Optional.empty();
    }

    /**
     * What is said of a run that was told to end.
     *
     * @param incomplete what is done and what is not.
     * @return one line.
     */
    public String interrupted(final Incomplete incomplete) {
        return "interrupted: " + incomplete.words() + "; what was measured is in " + path;
    }

    /** Where it is said what is done and what is not, while something is not. */
    public Path incompleteFile() {
        return path.resolve("incomplete.json");
    }

    /** Where JMH writes the results of one trial, before they come to the others. */
    public Path partFile() {
        return path.resolve("jmh-part.json");
    }

    /** Where JMH's own results are. */
    public Path jmhFile() {
        return path.resolve("jmh.json");
    }

    /** Where JMH's own results of the baseline are, if there is one. */
    public Path baselineJmhFile() {
        return path.resolve("baseline-jmh.json");
    }

    /** Where the environment is. */
    public Path environmentFile() {
        return path.resolve("environment.json");
    }

    /** Where the profile is. */
    public Path profileFile() {
        return path.resolve("profile.json");
    }

    /** Where the table of all figures is. */
    public Path summaryFile() {
        return path.resolve("summary.csv");
    }

    /** Where the cases for continuous integration servers are. */
    public Path junitFile() {
        return path.resolve("junit.xml");
    }

    /** Where the page for people is. */
    public Path reportFile() {
        return path.resolve("report.html");
    }

    /** Where everything is that JMH printed. */
    public Path logFile() {
        return path.resolve("log.txt");
    }

    /** Where the rounds and verdicts of a comparison are. */
    public Path comparisonFile() {
        return path.resolve("ab.json");
    }
}
