package io.eventrouter.loadgen;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.core.JsonToken;
import io.eventrouter.loadgen.json.Fields;
import io.eventrouter.loadgen.json.JsonReader;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The oracle is a set of worked examples: a fleet, a trace and what must come out under each policy. */
class ConformanceTest {
    private static final String DELIVERIES = ".deliveries.ndjson";

    @TempDir
    private Path temporary;

    @TestFactory
    Stream<DynamicTest> reproducesEveryWorkedExample() throws IOException {
        final List<DynamicTest> tests = new ArrayList<>();
        for (final Path example : examples()) {
            for (final Path expected : children(example)) {
                final String name = expected.getFileName().toString();
                if (name.startsWith("expected.") && name.endsWith(DELIVERIES)) {
                    tests.add(DynamicTest.dynamicTest(
                            example.getFileName() + " " + name, () -> compare(example, expected)));
                }
            }
        }
        return tests.stream();
    }

    private void compare(final Path example, final Path expected) {
        // expected.ERA.PRODUCT-SCOPE.deliveries.ndjson
        final String[] parts = expected.getFileName().toString().split("\\.");
        final Path deliveries = temporary.resolve("deliveries.ndjson");
        final Path usage = temporary.resolve("usage.csv");
        final Shell.Outcome outcome = Shell.run(
                "replay",
                "--fleet",
                example.resolve("fleet.json").toString(),
                "--trace",
                example.resolve("trace.ndjson").toString(),
                "--deliveries",
                deliveries.toString(),
                "--usage",
                usage.toString(),
                "--era",
                parts[1],
                "--product-scope",
                parts[2]);
        assertEquals("", outcome.err());
        assertEquals(0, outcome.status());

        final Map<String, List<String>> wanted = byEvent(expected);
        final Map<String, List<String>> found = byEvent(deliveries);
        assertEquals("", differences(wanted, found));
        assertEquals(List.copyOf(wanted.keySet()), List.copyOf(found.keySet()), "order of events");
        final String usageName = expected.getFileName().toString().replace(DELIVERIES, ".usage.csv");
        assertEquals(
                String.join("\n", Workspace.lines(example.resolve(usageName))),
                String.join("\n", Workspace.lines(usage)));
    }

    // Recipients of one event may come in any order, events may not.
    private static Map<String, List<String>> byEvent(final Path deliveries) {
        final Map<String, List<String>> byEvent = new LinkedHashMap<>();
        for (final String line : Workspace.lines(deliveries)) {
            final Fields fields = parse(line);
            byEvent.computeIfAbsent(
                            fields.wholeNumber("event", 0) + " " + fields.text("name"), event -> new ArrayList<>())
                    .add(fields.text("to") + " for " + fields.wholeNumber("operations", -1));
        }
        return byEvent;
    }

    private static String differences(final Map<String, List<String>> wanted, final Map<String, List<String>> found) {
        final StringBuilder differences = new StringBuilder();
        final TreeSet<String> events = new TreeSet<>(wanted.keySet());
        events.addAll(found.keySet());
        for (final String event : events) {
            final List<String> missing = new ArrayList<>(wanted.getOrDefault(event, List.of()));
            final List<String> extra = new ArrayList<>(found.getOrDefault(event, List.of()));
            found.getOrDefault(event, List.of()).forEach(missing::remove);
            wanted.getOrDefault(event, List.of()).forEach(extra::remove);
            missing.forEach(delivery -> differences
                    .append("missing: ")
                    .append(event)
                    .append(' ')
                    .append(delivery)
                    .append('\n'));
            extra.forEach(delivery -> differences
                    .append("extra: ")
                    .append(event)
                    .append(' ')
                    .append(delivery)
                    .append('\n'));
        }
        return differences.toString();
    }

    private static Fields parse(final String line) {
        final byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
        try (JsonReader reader = JsonReader.ofLine(bytes, 0, bytes.length)) {
            assertEquals(JsonToken.START_OBJECT, reader.tokens().nextToken());
            return new Fields("", reader.readObject(null, ""));
        } catch (final IOException e) {
            throw new AssertionError(line, e);
        }
    }

    private static List<Path> examples() throws IOException {
        final List<Path> examples = new ArrayList<>(children(resource("conformance")));
        final Path shared = projectRoot().resolveSibling("shared").resolve("conformance");
        if (Files.isDirectory(shared)) {
            examples.addAll(children(shared));
        }
        return examples;
    }

    private static List<Path> children(final Path directory) throws IOException {
        try (Stream<Path> children = Files.list(directory)) {
            return children.sorted().collect(Collectors.toList());
        }
    }

    private static Path resource(final String name) {
        try {
            return Path.of(ConformanceTest.class.getResource("/" + name).toURI());
        } catch (final URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Path projectRoot() {
        Path directory = Path.of(System.getProperty("user.dir")).toAbsolutePath();
        while (!Files.exists(directory.resolve("mvnw"))) {
            directory = directory.getParent();
        }
        return directory;
    }
}
