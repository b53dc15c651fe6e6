package io.eventrouter.benchmarks.runner.jmh;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.eventrouter.benchmarks.runner.input.StrictJson;
import io.eventrouter.loadgen.input.BadInputException;
import io.eventrouter.loadgen.input.FileComplaint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads what JMH writes with {@code -rf json}. */
public final class JmhResults {
    private static final JsonMapper MAPPER = new JsonMapper();
    // Up to version 1.36, names of profilers' metrics began with this.
    private static final String PROFILER_MARK = "·";
    private static final Pattern TIME = Pattern.compile("(\\d+) (ms|s)");
    private static final double MILLISECONDS_A_SECOND = 1e3;

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Result(
            @JsonProperty(required = true) String benchmark,
            @JsonProperty(required = true) String mode,
            List<String> jvmArgs,
            String measurementTime,
            SortedMap<String, String> params,
            @JsonProperty(required = true) Figures primaryMetric,
            Map<String, Figures> secondaryMetrics) {
        Measurement toMeasurement() {
            final SortedMap<String, Metric> secondary = new TreeMap<>();
            if (secondaryMetrics != null) {
                secondaryMetrics.forEach((marked, figures) -> {
                    final String name = marked.startsWith(PROFILER_MARK) ? marked.substring(1) : marked;
                    final boolean isAllocation = name.equals(Measurement.ALLOCATION);
                    secondary.put(name, isAllocation ? figures.withoutTearDown() : figures.toMetric());
                });
            }
            return new Measurement(
                    benchmark,
                    params == null ? new TreeMap<>() : params,
                    mode,
                    jvmArgs == null ? List.of() : jvmArgs,
                    primaryMetric.toMetric(),
                    secondary,
                    iterationSeconds());
        }

        // JMH writes "500 ms" and "2 s", and words where an iteration is one call.
        private double iterationSeconds() {
            final Matcher time = TIME.matcher(measurementTime == null ? "" : measurementTime);
            if (!time.matches()) {
                return Double.NaN;
            }
            final double count = Double.parseDouble(time.group(1));
            return time.group(2).equals("ms") ? count / MILLISECONDS_A_SECOND : count;
        }
    }

    @JsonIgnoreProperties(ignoreUnknown = true)
    private record Figures(
            @JsonProperty(required = true) double score,
            double scoreError,
            @JsonProperty(required = true) String scoreUnit,
            List<List<Double>> rawData) {
        Metric toMetric() {
            final List<Double> samples = new ArrayList<>();
            if (rawData != null) {
                rawData.forEach(samples::addAll);
            }
            return scoreUnit.equals(Metric.COUNTED) && !samples.isEmpty()
                    ? meanOf(samples)
                    : new Metric(score, scoreError, scoreUnit, samples);
        }

        // JMH adds up what a benchmark counts itself over all iterations and JVMs; but the bytes of a device, or a
        // percentile, do not become more by being measured again.
        private Metric meanOf(final List<Double> samples) {
            final double mean =
                    samples.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
            return new Metric(mean, Double.NaN, scoreUnit, samples);
        }

        // JMH adds what the tear-down of a trial allocates to the last iteration in each JVM. A benchmark that checks
        // its work there would seem to allocate in its operations.
        Metric withoutTearDown() {
            if (rawData == null || rawData.stream().anyMatch(iterations -> iterations.size() < 2)) {
                return toMetric();
            }
            final List<Double> samples = new ArrayList<>();
            rawData.forEach(iterations -> samples.addAll(iterations.subList(0, iterations.size() - 1)));
            return meanOf(samples);
        }
    }

    private JmhResults() {}

    /**
     * Read a file.
     *
     * @param file of JMH.
     * @return the measurements in it.
     * @throws BadInputException if it is not such a file.
     */
    public static List<Measurement> read(final Path file) {
        try {
            final List<Measurement> measurements = new ArrayList<>();
            for (final Result result : MAPPER.readValue(Files.readAllBytes(file), Result[].class)) {
                measurements.add(result.toMeasurement());
            }
            return measurements;
        } catch (final JsonProcessingException e) {
            throw StrictJson.complaint("JMH results " + file, e);
        } catch (final IOException e) {
            throw new BadInputException("cannot read JMH results " + file + ": " + FileComplaint.describe(e));
        }
    }

    /**
     * Move the results of one trial to those of all before it, to a file that JMH could have written.
     *
     * @param part file of JMH, which is deleted; it may be missing.
     * @param joined file with all results; it may be missing.
     * @throws IOException if a file cannot be read or written.
     */
    public static void append(final Path part, final Path joined) throws IOException {
        final ArrayNode all = MAPPER.createArrayNode();
        for (final Path file : List.of(joined, part)) {
            if (Files.exists(file)) {
                MAPPER.readTree(file.toFile()).forEach(all::add);
            }
        }
        StrictJson.write(joined, all);
        Files.deleteIfExists(part);
    }
}
