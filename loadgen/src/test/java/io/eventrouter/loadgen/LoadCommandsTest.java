package io.eventrouter.loadgen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class LoadCommandsTest {
    private static final String SMALL = """
            accounts: [{name: acme}]
            products: [{name: p, account: acme}]
            devices: [{name: d, count: 20, product: p, subscriptions: [x], publishes: [{name: x, every: 1s}]}]
            load: {rate: 1k/s, warm-up: 0s, max-lag: 1h, phases: [{for: 200ms}]}
            objective: {p99: 1h, refused: 100%}
            search: {from: 1k/s, trial: 20ms, confirm: 50ms, precision: 50%}
            """;

    private static final int COUNTS_OF_SERIES = 12;
    private static final Pattern SECOND =
            Pattern.compile("(\\d+) s: ([\\d,]+) events/s, ([\\d,]+) deliveries/s, p50 .*");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @MethodSource("io.eventrouter.loadgen.scenario.ShippedScenarios#names")
    void everyShippedScenarioRunsForASecond(final String name) throws IOException {
        final Path out = directory.resolve("out");
        final Shell.Outcome outcome = Shell.run(
                "run",
                PatientScenario.write(directory, name).toString(),
                "--devices",
                "500",
                "--rate",
                "2k/s",
                "--duration",
                "1s",
                "--warm-up",
                "100ms",
                "--ceiling",
                "0s",
                "--quiet",
                "--out",
                out.toString());

        // What it holds depends on the machine; that it runs does not.
        assertTrue(
                List.of(ExitStatus.FINE, ExitStatus.NOT_MET, ExitStatus.INVALID).contains(outcome.status()),
                outcome.err());
        assertTrue(outcome.out().contains(name + ": 500 devices"), outcome.out());
        assertTrue(outcome.out().contains("Router and generator shared this process"), outcome.out());
        assertEquals("", outcome.err());
        final Map<String, String> run = json(out.resolve("run.json"));
        assertEquals("complete", run.get("ended"));
        assertEquals(run.get("events.scheduled"), run.get("events.offered"));
        // Exactly as many if they are evenly spaced; five standard deviations fewer or more if they are random.
        assertEquals(2_000, Long.parseLong(run.get("events.offered")), 225);
        assertEquals("0", run.get("events.changes_failed"));
        assertTrue(Long.parseLong(run.get("latency.all.count")) > 0);
    }

    @Test
    void aShippedScenarioIsRunByItsName() {
        final Shell.Outcome outcome = Shell.run(
                "run",
                "developer-sandbox",
                "--devices",
                "500",
                "--duration",
                "20ms",
                "--warm-up",
                "0s",
                "--ceiling",
                "0s",
                "--quiet");

        assertTrue(outcome.out().contains("developer-sandbox: 500 devices"), outcome.out() + outcome.err());
    }

    @Test
    void writesEveryFileOfARun() throws IOException {
        final Path out = directory.resolve("a/b");
        final Shell.Outcome outcome = run(SMALL, "--out", out.toString());

        assertEquals(ExitStatus.FINE, outcome.status(), outcome.out() + outcome.err());
        assertEquals(SMALL, Files.readString(out.resolve("scenario.yaml")));
        final Map<String, String> run = json(out.resolve("run.json"));
        assertEquals("1", run.get("format"));
        assertEquals("run", run.get("kind"));
        assertEquals("true", run.get("in_process"));
        assertEquals("met", run.get("verdict"));
        assertEquals("200", run.get("events.accepted"));
        assertEquals("4000", run.get("deliveries.device"));
        assertEquals("4200", run.get("operations.total"));
        assertEquals("4000", run.get("latency.device.count"));
        assertFalse(run.containsKey("latency.stream.count"));
        final List<String> accounts = Files.readAllLines(out.resolve("accounts.csv"));
        assertEquals(2, accounts.size());
        assertTrue(accounts.get(1).matches("acme organization:[0-9a-f]{24},200,4000,4200"), accounts.get(1));
        final List<String> series = Files.readAllLines(out.resolve("series.csv"));
        assertTrue(series.get(0).startsWith("second,scheduled,offered,accepted,refused,"));
        assertTrue(series.get(1).startsWith("0,"), series.get(1));
        // In one second, or in several if the machine was away for a while.
        assertEquals(List.of(200L, 200L, 200L, 0L, 0L, 0L, 4_000L, 0L, 0L, 0L, 200L, 4_000L), sums(series));
        assertTrue(Files.readString(out.resolve("latency-device.hgrm")).contains("Percentile TotalCount"));
        assertEquals(4_000, logged(out.resolve("intervals.hlog"), "device"));
        assertEquals(200, logged(out.resolve("intervals.hlog"), "lag"));
    }

    @ParameterizedTest
    @CsvSource({
        "p99: 1h, p99: 1h, 0",
        "p99: 1h, p99: 1ns, 3",
        "max-lag: 1h, max-lag: 1ns, 4",
        "p99: 1h, p98: 1h, 2",
    })
    void theExitStatusSaysWhatCameOut(final String sound, final String changed, final int status) {
        final Shell.Outcome outcome = run(SMALL.replace(sound, changed));

        assertEquals(status, outcome.status(), outcome.out() + outcome.err());
    }

    @ParameterizedTest
    @CsvSource({
        "--rate, 0/s, must be above 0/s",
        "--rate, fast, must be a rate such as 200k/s",
        "--duration, 5h, '--duration: must be 1ns to 4h: value=5h'",
        "--duration, 0s, '--duration: must be 1ns to 4h: value=0ns'",
        "--warm-up, 241min, '--warm-up: must be 0ns to 4h: value=241min'",
        "--duration, soon, must be a duration such as",
        "--devices, 1.5, must be a whole number",
        "--publishers, 65, '--publishers: must be in [1, 64]: value=65'",
        "--publishers, 0, '--publishers: must be in [1, 64]: value=0'",
        "--devices, 0, '--devices: must be in [1, 134217727]: value=0'",
        "--seed, many, 'must be a whole number in [0, 9223372036854775807]: value=many'",
        "--seed, -1, '--seed: must be in [0,'",
        "--era, now, must be one of after-2023-03",
    })
    void aWrongOptionIsNamed(final String option, final String value, final String complaint) {
        final Shell.Outcome outcome = run(SMALL, option, value);

        assertEquals(ExitStatus.BAD_INPUT, outcome.status());
        assertTrue(outcome.err().contains(complaint), outcome.err());
    }

    @Test
    void resultsDoNotOverwriteAnything() throws IOException {
        Files.writeString(directory.resolve("notes"), "");
        final Shell.Outcome outcome = run(SMALL, "--out", directory.toString());

        assertEquals(ExitStatus.BAD_INPUT, outcome.status());
        assertTrue(outcome.err().contains("there are files in this directory"), outcome.err());

        final String below =
                Files.createFile(directory.resolve("file")).resolve("x").toString();
        assertEquals(
                below + ": cannot be made: a part of its path is a file, not a directory",
                run(SMALL, "--out", below).err().strip());
    }

    @Test
    void aPipeGetsALineForEverySecond() {
        final Shell.Outcome outcome = run(SMALL);

        long events = 0;
        long deliveries = 0;
        final List<String> lines = outcome.err().lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            final Matcher line = SECOND.matcher(lines.get(i));
            assertTrue(line.matches(), outcome.err());
            assertEquals(Integer.toString(i + 1), line.group(1), outcome.err());
            events += Long.parseLong(line.group(2).replace(",", ""));
            deliveries += Long.parseLong(line.group(3).replace(",", ""));
        }
        assertEquals(200, events, outcome.err());
        assertEquals(4_000, deliveries, outcome.err());
    }

    @Test
    void aSearchFindsNoLimitWhereThereIsNone() throws IOException {
        final Path out = directory.resolve("search");
        final Path scenario = directory.resolve("small.yaml");
        Files.writeString(
                scenario, SMALL.replace("refused: 100%", "refused: 0%").replace("p99: 1h", "p99: 1ns"));

        final Shell.Outcome outcome = Shell.run(
                "search", scenario.toString(), "--ceiling", "20ms", "--from", "10/s", "--out", out.toString());

        assertEquals(ExitStatus.NOT_MET, outcome.status(), outcome.out() + outcome.err());
        assertTrue(outcome.out().contains("No rate held the objective"), outcome.out());
        final Map<String, String> search = json(out.resolve("search.json"));
        assertEquals("search", search.get("kind"));
        assertEquals("not-met", search.get("verdict"));
    }

    @Test
    void aSweepHasAPointForEveryStep() throws IOException {
        final Path out = directory.resolve("sweep");
        final Path scenario = directory.resolve("small.yaml");
        Files.writeString(scenario, SMALL.replace("p99: 1h", "p99: 1ns"));

        final Shell.Outcome outcome = Shell.run(
                "sweep",
                scenario.toString(),
                "--over-devices",
                "10,40",
                "--over-subscriptions",
                "3",
                "--over-fan-out",
                "5",
                "--over-publishers",
                "2",
                "--trial",
                "5ms",
                "--ceiling",
                "20ms",
                "--out",
                out.toString());

        assertEquals(ExitStatus.NOT_MET, outcome.status(), outcome.out() + outcome.err());
        final Map<String, String> sweep = json(out.resolve("sweep.json"));
        assertEquals("sweep", sweep.get("kind"));
        for (final String step : List.of("devices 10", "devices 40", "subscriptions 3", "fan out 5", "publishers 2")) {
            assertEquals(
                    1,
                    outcome.out()
                            .lines()
                            .filter(line -> line.startsWith(step + ": No rate held the objective; "))
                            .filter(line -> line.contains("So there is no rate to plan with")
                                    || line.contains("So nothing is confirmed, and there is no rate to plan with"))
                            .count(),
                    outcome.out());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "search, --trial, 0s, must be 1ns to 4h: value=0ns",
        "search, --confirm, 0s, must be 1ns to 4h: value=0ns",
        "sweep, --trial, 0s, must be 1ns to 4h: value=0ns",
        "run, --ceiling, 5h, must be 0ns to 4h: value=5h",
    })
    void aTimeThatMakesNoSenseIsNamed(
            final String command, final String option, final String value, final String complaint) throws IOException {
        final Path scenario = directory.resolve("small.yaml");
        Files.writeString(scenario, SMALL + "sweep: {devices: [20]}\n");
        final Shell.Outcome outcome = Shell.run(command, scenario.toString(), option, value);

        assertEquals(ExitStatus.BAD_INPUT, outcome.status());
        assertTrue(outcome.err().contains(option + ": " + complaint), outcome.err());
    }

    @ParameterizedTest
    @CsvSource({
        "'20,20', '--over-devices: is there twice: value=20'",
        "'1k,20,1000', '--over-devices: is there twice: value=1000'",
        "'20,', '--over-devices: must be a whole number such as 500, 10k or 1.5M: value='",
        "'20,0', '--over-devices: must be in [1, 134217727]: value=0'",
    })
    void aStepOfASweepThatMakesNoSenseIsNamed(final String steps, final String complaint) throws IOException {
        final Path scenario = directory.resolve("small.yaml");
        Files.writeString(scenario, SMALL);
        final Shell.Outcome outcome = Shell.run("sweep", scenario.toString(), "--over-devices", steps);

        assertEquals(ExitStatus.BAD_INPUT, outcome.status());
        assertEquals(complaint, outcome.err().strip());
    }

    @Test
    void aStepThatAScenarioNamesTwiceIsRefusedWithItsLine() {
        final Shell.Outcome outcome = run(SMALL + "sweep: {fan-out: [0, 4, 4]}\n");

        assertEquals(ExitStatus.BAD_INPUT, outcome.status());
        assertTrue(outcome.err().contains("small.yaml:7: sweep.fan-out[2]: is there twice: value=4"), outcome.err());
    }

    @Test
    void aSweepNeedsSteps() throws IOException {
        final Path scenario = directory.resolve("small.yaml");
        Files.writeString(scenario, SMALL);
        final Shell.Outcome outcome = Shell.run("sweep", scenario.toString());

        assertEquals(ExitStatus.BAD_INPUT, outcome.status());
        assertTrue(outcome.err().contains("no steps are given"), outcome.err());
    }

    @Test
    void shippedScenariosAreListedAndPrinted() {
        assertTrue(Shell.run("scenarios").out().contains("multi-tenant-tier (10,000,000 devices)"));
        assertTrue(Shell.run("scenarios", "reconnect-storm").out().contains("reconnect-storm: {after: 5s"));
    }

    private Shell.Outcome run(final String text, final String... options) {
        final Path scenario = directory.resolve("small.yaml");
        Workspace.write(scenario, text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
        final String[] arguments = new String[options.length + 4];
        arguments[0] = "run";
        arguments[1] = scenario.toString();
        arguments[2] = "--ceiling";
        arguments[3] = "0s";
        System.arraycopy(options, 0, arguments, 4, options.length);
        return Shell.run(arguments);
    }

    /** Of the columns that are counts, but the first, which numbers the rows below the heading. */
    private static List<Long> sums(final List<String> series) {
        final Long[] sums = new Long[COUNTS_OF_SERIES];
        Arrays.fill(sums, 0L);
        for (final String row : series.subList(1, series.size())) {
            final String[] values = row.split(",");
            for (int i = 0; i < sums.length; i++) {
                sums[i] += Long.parseLong(values[i + 1]);
            }
        }
        return List.of(sums);
    }

    private static long logged(final Path log, final String tag) throws IOException {
        long count = 0;
        final HistogramLogReader reader = new HistogramLogReader(log.toFile());
        while (reader.hasNext()) {
            final Histogram histogram = (Histogram) reader.nextIntervalHistogram();
            if (histogram != null && tag.equals(histogram.getTag())) {
                count += histogram.getTotalCount();
            }
        }
        reader.close();
        return count;
    }

    /** The single values of a JSON file by their path; of lists the last ones. */
    private static Map<String, String> json(final Path file) throws IOException {
        final Map<String, String> values = new HashMap<>();
        try (JsonParser parser = new JsonFactory().createParser(file.toFile())) {
            while (parser.nextToken() != null) {
                if (parser.currentToken().isScalarValue() && parser.currentToken() != JsonToken.FIELD_NAME) {
                    values.put(
                            parser.getParsingContext()
                                    .pathAsPointer()
                                    .toString()
                                    .substring(1)
                                    .replace('/', '.'),
                            parser.getText());
                }
            }
        }
        return values;
    }
}
