package io.eventrouter.loadgen.results;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/** Writes {@code intervals.hlog} while a load runs: HdrHistogram's log, with a tag for what the times are. */
final class IntervalLog implements AutoCloseable {
    private static final double NS_PER_MS = 1e6;

    private final PrintStream out;
    private final HistogramLogWriter writer;

    IntervalLog(final Path file) throws IOException {
        out = new PrintStream(Files.newOutputStream(file), false, StandardCharsets.US_ASCII);
        writer = new HistogramLogWriter(out);
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
        // Until then such a stream keeps to itself that something could not be written.
        if (out.checkError()) {
            throw new IOException("intervals.hlog cannot be written");
        }
    }
}
