package io.eventrouter.benchmarks.runner.results;

import io.eventrouter.benchmarks.runner.jmh.BenchmarkJar;
import io.eventrouter.benchmarks.runner.jmh.Measurement;
import io.eventrouter.benchmarks.runner.jmh.Metric;
import io.eventrouter.benchmarks.runner.profile.ProfileEntry;
import io.eventrouter.loadgen.output.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Writes all figures as a table of comma-separated values, a line for each metric of each benchmark. */
public final class SummaryFile {
    /** The first line. */
    public static final String HEADER = "benchmark,parameters,mode,metric,score,error,unit,samples";

    private SummaryFile() {}

    /**
     * Write the file.
     *
     * @param file to write.
     * @param measurements in order.
     * @throws IOException if it cannot be written.
     */
    public static void write(final Path file, final List<Measurement> measurements) throws IOException {
        final List<String> lines = new ArrayList<>();
        lines.add(HEADER);
        for (final Measurement measurement : measurements) {
            lines.add(line(measurement, ProfileEntry.SCORE, measurement.primary()));
            measurement.secondary().forEach((name, metric) -> lines.add(line(measurement, name, metric)));
        }
        WholeFile.write(file, (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static String line(final Measurement measurement, final String name, final Metric metric) {
        final String parameters = measurement.parameters().entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + parameter.getValue())
                .collect(Collectors.joining(";"));
        return Stream.of(
                        BenchmarkJar.shortName(measurement.benchmark()),
                        parameters,
                        measurement.mode(),
                        name,
                        Double.toString(metric.score()),
                        Double.isNaN(metric.error()) ? "" : Double.toString(metric.error()),
                        metric.unit(),
                        Integer.toString(metric.samples().size()))
                .map(SummaryFile::field)
                .collect(Collectors.joining(","));
    }

    private static String field(final String value) {
        return value.matches("[^,\"\r\n]*") ? value : '"' + value.replace("\"", "\"\"") + '"';
    }
}
