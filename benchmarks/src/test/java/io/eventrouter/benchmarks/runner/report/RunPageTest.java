package io.eventrouter.benchmarks.runner.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.benchmarks.runner.jmh.Measurement;
import io.eventrouter.benchmarks.runner.jmh.Metric;
import io.eventrouter.benchmarks.runner.results.Environment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunPageTest {
    private static final Environment ENVIRONMENT = new Environment(
            "2026-01-01T00:00:00Z",
            "test",
            "1234",
            "false",
            "cpu",
            "amd64",
            2,
            8,
            "unknown",
            "always",
            "Linux",
            "17",
            "VM",
            List.of(),
            0);

    @TempDir
    private Path directory;

    private final List<Measurement> measurements = new ArrayList<>();

    private void measured(final String benchmark, final Map<String, String> parameters, final double score) {
        final Metric metric = new Metric(score, Double.NaN, "ops/s", List.of(score * 0.9, score * 1.1));
        measurements.add(new Measurement(
                "a.b." + benchmark,
                new TreeMap<>(parameters),
                "thrpt",
                List.of(),
                metric,
                new TreeMap<>(),
                Double.NaN));
    }

    private String page() throws IOException {
        final Path file = directory.resolve("page.html");
        RunPage.of(List.of(new RunPage.Run("monday", ENVIRONMENT, measurements, List.of(), Optional.empty())))
                .writeTo(file);
        return Files.readString(file);
    }

    private static long count(final String text, final String wanted) {
        return Pattern.compile(Pattern.quote(wanted)).matcher(text).results().count();
    }

    @Test
    void drawsALineForEachPeerWhereSubscriptionsGrow() throws IOException {
        for (final String engine : List.of("router", "hivemq")) {
            for (final String subscriptions : List.of("1000", "100000", "1000000")) {
                measured("MatchingBenchmark.match", Map.of("engine", engine, "subscriptions", subscriptions), 1e6);
            }
        }

        final String page = page();

        assertTrue(page.contains("Score in ops/s by subscriptions"), page);
        assertTrue(page.contains("\"name\":\"router\",\"xs\":[1000,100000,1000000]"), page);
        assertTrue(page.contains("\"name\":\"hivemq\",\"xs\":[1000,100000,1000000]"), page);
        assertEquals(0, count(page, "\"kind\":\"intervals\""), "all is in the lines");
    }

    @Test
    void readsNumbersBehindTheNameOfWhatGrows() throws IOException {
        for (final String fleet : List.of("devices-100k", "devices-1m", "subscriptions-1k", "subscriptions-1m")) {
            measured("GrowthBenchmark.publish", Map.of("fleet", fleet), 1e6);
        }

        final String page = page();

        assertTrue(page.contains("\"name\":\"devices\",\"xs\":[100000,1000000]"), page);
        assertTrue(page.contains("\"name\":\"subscriptions\",\"xs\":[1000,1000000]"), page);
    }

    @Test
    void drawsNoLineWhereNothingElseStayedTheSame() throws IOException {
        measured("WholePathBenchmark.publish", Map.of("devices", "1000000", "subscriptions", "100000"), 2e6);
        measured("WholePathBenchmark.publish", Map.of("devices", "10000000", "subscriptions", "1000000"), 1e6);

        final String page = page();

        assertFalse(page.contains("by devices"), page);
        assertEquals(1, count(page, "\"kind\":\"intervals\""), page);
    }

    @Test
    void splitsManyLinesByWhatHasFewValues() throws IOException {
        for (int engine = 0; engine < 5; engine++) {
            for (final String skew : List.of("uniform", "zipf")) {
                for (final String subscriptions : List.of("1000", "100000")) {
                    measured(
                            "MatchingBenchmark.match",
                            Map.of("engine", "engine " + engine, "skew", skew, "subscriptions", subscriptions),
                            1e6);
                }
            }
        }

        final String page = page();

        assertTrue(page.contains("Score in ops/s by subscriptions: uniform"), page);
        assertTrue(page.contains("Score in ops/s by subscriptions: zipf"), page);
        assertEquals(2, count(page, "\"name\":\"engine 4\",\"xs\":[1000,100000]"), page);
    }

    @Test
    void drawsWhatABenchmarkCountsInsteadOfItsTime() throws IOException {
        final TreeMap<String, Metric> counted = new TreeMap<>();
        counted.put("bytesPerDevice", new Metric(48, Double.NaN, "#", List.of(48.0)));
        counted.put("p50Ns", new Metric(3_000, Double.NaN, "#", List.of(3_000.0)));
        final Metric time = new Metric(7, Double.NaN, "ms/op", List.of(7.0));
        measurements.add(new Measurement(
                "a.b.MemoryBenchmark.fill", new TreeMap<>(), "ss", List.of(), time, counted, Double.NaN));

        final String page = page();

        assertTrue(page.contains("Sizes") && page.contains("Times that were counted"), page);
        assertFalse(page.contains("Score in ms/op"), page);
    }
}
