package io.eventrouter.loadgen.results;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.eventrouter.loadgen.feed.ReplayFailedException;
import io.eventrouter.loadgen.input.BadInputException;
import io.eventrouter.loadgen.input.FileComplaint;
import io.eventrouter.loadgen.output.WholeFile;
import io.eventrouter.loadgen.scenario.ScenarioFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** A directory of result files (docs/result-files.md). */
public final class ResultDirectory implements AutoCloseable {
    /** Writes a JSON file. */
    @FunctionalInterface
    interface JsonContent {
        void write(JsonGenerator json) throws IOException;
    }

    private final Path path;
    private IntervalLog log;
    private IOException logFailure;

    private ResultDirectory(final Path path) {
        this.path = path;
    }

    /**
     * Make a directory, before anything is measured.
     *
     * @param name of the directory, which must not exist or be empty.
     * @return the directory.
     * @throws BadInputException if it is not empty, or cannot be made.
     */
    public static ResultDirectory create(final String name) {
        try {
            final Path path = Path.of(name);
            if (Files.exists(path) && !Files.isDirectory(path)) {
                throw new BadInputException(name + ": is a file, not a directory");
            }
            Files.createDirectories(path);
            try (Stream<Path> files = Files.list(path)) {
                if (files.findAny().isPresent()) {
                    throw new BadInputException(
                            name + ": there are files in this directory; results go into a new one");
                }
            }
            return new ResultDirectory(path);
        } catch (final InvalidPathException e) {
            throw new BadInputException(name + ": cannot be the name of a directory: " + e.getReason());
        } catch (final IOException e) {
            throw new BadInputException(name + ": cannot be made: " + FileComplaint.describe(e));
        }
    }

    /**
     * A directory inside this one.
     *
     * @param name of it.
     * @return the directory.
     * @throws ReplayFailedException if it is not empty, or cannot be made.
     */
    public ResultDirectory inside(final String name) {
        try {
            return create(path.resolve(name).toString());
        } catch (final BadInputException e) {
            // Nothing that the user asked for was wrong when it began.
            throw new ReplayFailedException(e.getMessage(), e);
        }
    }

    /**
     * Add times to the interval log. That it cannot be written is said when it is closed, so that what is being
     * measured gets to its end.
     *
     * @param tag what they are.
     * @param second in which they were.
     * @param times in nanoseconds.
     */
    public void log(final String tag, final long second, final Histogram times) {
        if (logFailure != null) {
            return;
        }
        try {
            if (log == null) {
                log = new IntervalLog(path.resolve("intervals.hlog"));
            }
            log.add(tag, second, times);
        } catch (final IOException e) {
            logFailure = e;
        }
    }

    /**
     * Write everything about a run, and close the interval log. {@code run.json} comes last, so that a directory with
     * it has all.
     *
     * @param result of the run.
     */
    public void write(final RunResult result) {
        close();
        try {
            writeScenario(result.file());
            HistogramFiles.write(path, result.figures().latencies());
            CsvFiles.writeSeries(path.resolve("series.csv"), result.figures().seconds());
            CsvFiles.writeAccounts(
                    path.resolve("accounts.csv"), result.figures().accounts(), result.accountNames());
        } catch (final IOException e) {
            throw failed(e);
        }
        writeJson("run.json", json -> RunJson.write(json, result));
    }

    /**
     * Write everything about a search, but for its confirming runs.
     *
     * @param result of the search.
     */
    public void write(final SearchResult result) {
        try {
            writeScenario(result.file());
        } catch (final IOException e) {
            throw failed(e);
        }
        writeJson("search.json", json -> SearchJson.write(json, result));
    }

    /**
     * Write everything about a sweep.
     *
     * @param result of the sweep.
     */
    public void write(final SweepResult result) {
        try {
            writeScenario(result.file());
        } catch (final IOException e) {
            throw failed(e);
        }
        writeJson("sweep.json", json -> SearchJson.write(json, result));
    }

    private void writeScenario(final ScenarioFile file) throws IOException {
        WholeFile.write(path.resolve("scenario.yaml"), file.text().getBytes(StandardCharsets.UTF_8));
    }

    private void writeJson(final String name, final JsonContent content) {
        try {
            final ByteArrayOutputStream out = new ByteArrayOutputStream();
            try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
                json.useDefaultPrettyPrinter();
                content.write(json);
                json.writeRaw('\n');
            }
            WholeFile.write(path.resolve(name), out.toByteArray());
        } catch (final IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void close() {
        final IntervalLog open = log;
        final IOException failure = logFailure;
        log = null;
        logFailure = null;
        if (failure != null) {
            throw failed(failure);
        }
        try {
            if (open != null) {
                open.close();
            }
        } catch (final IOException e) {
            throw failed(e);
        }
    }

    private ReplayFailedException failed(final IOException cause) {
        return new ReplayFailedException(
                path + ": results cannot be written: " + FileComplaint.describeInside(cause), cause);
    }
}
