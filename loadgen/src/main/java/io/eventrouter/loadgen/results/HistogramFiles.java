package io.eventrouter.loadgen.results;

import io.eventrouter.delivery.RecipientKind;
import io.eventrouter.loadgen.load.Latencies;
import io.eventrouter.loadgen.output.WholeFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;

/** Writes the {@code .hgrm} files of a run, in microseconds. */
final class HistogramFiles {
    private static final int TICKS_PER_HALF_DISTANCE = 5;
    private static final double NS_PER_US = 1_000.0;

    private HistogramFiles() {}

    static void write(final Path directory, final Latencies latencies) throws IOException {
        write(directory, "latency-all", latencies.all());
        for (final RecipientKind kind : RecipientKind.values()) {
            writeIfAny(directory, "latency-" + Latencies.tag(kind), latencies.of(kind));
        }
        write(directory, "handover", latencies.handover());
        write(directory, "lag", latencies.lag());
        writeIfAny(directory, "change", latencies.change());
    }

    private static void writeIfAny(final Path directory, final String name, final Histogram times) throws IOException {
        if (times.getTotalCount() > 0) {
            write(directory, name, times);
        }
    }

    private static void write(final Path directory, final String name, final Histogram times) throws IOException {
        final ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (PrintStream out = new PrintStream(content, false, StandardCharsets.US_ASCII)) {
            times.outputPercentileDistribution(out, TICKS_PER_HALF_DISTANCE, NS_PER_US);
        }
        WholeFile.write(directory.resolve(name + ".hgrm"), content.toByteArray());
    }
}
