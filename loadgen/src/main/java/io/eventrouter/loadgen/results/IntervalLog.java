package io.eventrouter.loadgen.results;

import io.eventrouter.loadgen.input.FileComplaint;
import io.eventrouter.loadgen.output.FailureKeepingStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/** Writes {@code intervals.hlog} while a load runs: HdrHistogram's log, with a tag for what the times are. */
final class IntervalLog implements AutoCloseable {
    private static final double NS_PER_MS = 1e6;

    private final Path file;
    private final FailureKeepingStream stream;
    private final HistogramLogWriter writer;

    IntervalLog(final Path file) throws IOException {
        this.file = file;
        stream = new FailureKeepingStream(Files.newOutputStream(file));
        writer = new HistogramLogWriter(new PrintStream(stream, false, StandardCharsets.US_ASCII));
        writer.outputComment("[times in ns; maximum column in ms; start times in seconds from the first phase]");
        writer.outputLogFormatVersion();
        writer.outputStartTime(Instant.now().toEpochMilli());
        writer.setBaseTime(0);
        writer.outputLegend();
    }

    void add(final String tag, final long second, final Histogram times) {
        times.setTag(tag);
        writer.outputIntervalHistogram(second, second + 1.0, times, NS_PER_MS);
        times.setTag(null);
    }

    @Override
    public void close() throws IOException {
        writer.close();
        final Optional<IOException> failure = stream.failure();
        if (failure.isPresent()) {
            // Half a log would pass for a short one.
            Files.deleteIfExists(file);
            throw FileComplaint.naming(file, failure.get());
        }
    }
}
