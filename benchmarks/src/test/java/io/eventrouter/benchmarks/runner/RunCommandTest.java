package io.eventrouter.benchmarks.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.benchmarks.runner.jmh.SyntheticTrials;
import io.eventrouter.benchmarks.runner.jmh.SyntheticTrials.Figures;
import io.eventrouter.benchmarks.runner.results.SummaryFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunCommandTest {
    private static final String FORM = """
            {"description": "test", "forks": 1, "warmup": {"iterations": 0, "seconds": 0.1},
             "measurement": {"iterations": 2, "seconds": 0.1}, "benchmarks": [%s]}
            """;

    @TempDir
    private static Path jars;

    @TempDir
    private Path directory;

    private static Path jar;
    private Path out;

    @BeforeAll
    static void makeJar() throws IOException {
        jar = BenchmarkJars.make(jars, "router", 0);
    }

    @BeforeEach
    void nameResults() {
        out = directory.resolve("results");
    }

    private String profile(final String entries) throws IOException {
        final Path file = directory.resolve("mine.json");
        Files.writeString(file, FORM.formatted(entries));
        return file.toString();
    }

    private Terminal.Outcome run(final String entries, final SyntheticTrials trials) throws IOException {
        return Terminal.run(jar, trials, "run", "--profile", profile(entries), "--out", out.toString());
    }

    private static SyntheticTrials allocating(final double bytes) {
        return new SyntheticTrials((measured, trial) -> Figures.of(10_000_000, bytes));
    }

    @Test
    void writesEveryFileAndPassesWhenLimitsAreKept() throws IOException {
        final SyntheticTrials trials = allocating(0.02);
        final Terminal.Outcome outcome =
                run("{\"benchmark\": \"RouteBenchmark.route\", \"atMost\": {\"gc.alloc.rate.norm\": 0.1}}", trials);

        assertEquals(ExitStatus.PASSED, outcome.status(), outcome.err());
        assertEquals(
                List.of("router.jar RouteBenchmark.route(way=near)", "router.jar RouteBenchmark.route(way=far)"),
                trials.asked);
        try (Stream<Path> files = Files.list(out)) {
            assertEquals(
                    Set.of(
                            "environment.json",
                            "jmh.json",
                            "junit.xml",
                            "log.txt",
                            "profile.json",
                            "report.html",
                            "summary.csv"),
                    files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()));
        }
        assertEquals(
                List.of(
                        SummaryFile.HEADER,
                        "RouteBenchmark.route,way=near,thrpt,score,1.0E7,,ops/s,2",
                        "RouteBenchmark.route,way=near,thrpt,gc.alloc.rate.norm,0.02,,B/op,1",
                        "RouteBenchmark.route,way=far,thrpt,score,1.0E7,,ops/s,2",
                        "RouteBenchmark.route,way=far,thrpt,gc.alloc.rate.norm,0.02,,B/op,1"),
                Files.readAllLines(out.resolve("summary.csv")));
        assertTrue(Files.readString(out.resolve("junit.xml"))
                .contains("tests=\"4\" failures=\"0\" errors=\"0\" skipped=\"0\""));
        assertTrue(Files.readString(out.resolve("report.html")).contains("Every limit is kept"));
    }

    @Test
    void allocationAboveTheLimitIsARegression() throws IOException {
        final Terminal.Outcome outcome = run(
                "{\"benchmark\": \"RouteBenchmark.route\", \"parameters\": {\"way\": [\"far\"]},"
                        + " \"atMost\": {\"gc.alloc.rate.norm\": 0.1}}",
                allocating(0.2));

        assertEquals(ExitStatus.REGRESSION, outcome.status());
        assertTrue(
                outcome.out()
                        .contains(
                                "gc.alloc.rate.norm is 0.200, the limit of the profile allows at most 0.100, and 0.066 to JMH itself"),
                outcome.out());
        assertTrue(Files.readString(out.resolve("junit.xml")).contains("failures=\"1\""));
    }

    // A benchmark whose thread gets a fortieth of a processor does fewer operations, but JMH allocates what it always
    // does.
    @Test
    void allocationOfTheHarnessIsNotHeldAgainstASlowMachine() throws IOException {
        final double operationsPerSecond = 250_000;
        final double operations = operationsPerSecond * 0.1;
        final String entry = "{\"benchmark\": \"RouteBenchmark.route\", \"parameters\": {\"way\": [\"far\"]},"
                + " \"atMost\": {\"gc.alloc.rate.norm\": 0.1}}";

        final Terminal.Outcome unchanged = run(
                entry, new SyntheticTrials((measured, trial) -> Figures.of(operationsPerSecond, 30_000 / operations)));
        assertEquals(ExitStatus.PASSED, unchanged.status(), unchanged.out());

        out = directory.resolve("allocating");
        final Terminal.Outcome allocating = run(
                entry,
                new SyntheticTrials((measured, trial) -> Figures.of(operationsPerSecond, 16 + 30_000 / operations)));
        assertEquals(ExitStatus.REGRESSION, allocating.status(), allocating.out());
    }

    @Test
    void sizeAboveTheLimitIsARegression() throws IOException {
        final Terminal.Outcome outcome = run(
                "{\"benchmark\": \"RouteBenchmark.route\", \"parameters\": {\"way\": [\"far\"]},"
                        + " \"atMost\": {\"bytesPerDevice\": 48}}",
                new SyntheticTrials((measured, trial) -> Figures.of(1_000, 0).with("bytesPerDevice", 48.5)));

        assertEquals(ExitStatus.REGRESSION, outcome.status(), outcome.out());
    }

    private static final String TWO_WAYS =
            "{\"benchmark\": \"RouteBenchmark.route\", \"atMost\": {\"gc.alloc.rate.norm\": 0.1}}";

    // Measures one benchmark and then ends as told.
    private Terminal.Outcome runOneThen(final Exception end) throws IOException {
        final SyntheticTrials trials = allocating(0);
        return Terminal.run(
                jar,
                (measured, trial, results, log) -> {
                    if (trials.asked.isEmpty()) {
                        return trials.run(measured, trial, results, log);
                    }
                    Files.writeString(results, "");
                    if (end instanceof IOException failure) {
                        throw failure;
                    }
                    throw (InterruptedException) end;
                },
                "run",
                "--profile",
                profile(TWO_WAYS),
                "--out",
                out.toString());
    }

    private Terminal.Outcome report() {
        final String page = directory.resolve("page.html").toString();
        return Terminal.run(jar, null, "report", out.toString(), "--out", page);
    }

    @Test
    void interruptedRunKeepsWhatItMeasuredAndSaysWhatIsMissing() throws IOException {
        final Terminal.Outcome outcome = runOneThen(new InterruptedException());

        assertEquals(ExitStatus.INTERRUPTED, outcome.status(), outcome.out() + outcome.err());
        final String words = "1 of 2 benchmarks were done, the next was RouteBenchmark.route(way=far)";
        assertEquals(
                "interrupted: " + words + "; what was measured is in " + out,
                outcome.err().strip());
        try (Stream<Path> files = Files.list(out)) {
            assertEquals(
                    Set.of(
                            "environment.json",
                            "incomplete.json",
                            "jmh.json",
                            "junit.xml",
                            "log.txt",
                            "profile.json",
                            "report.html",
                            "summary.csv"),
                    files.map(file -> file.getFileName().toString()).collect(Collectors.toSet()));
        }
        final String cases = Files.readString(out.resolve("junit.xml"));
        assertTrue(cases.contains("tests=\"3\" failures=\"0\" errors=\"1\""), cases);
        assertTrue(cases.contains("not measured: the run was interrupted before"), cases);
        assertTrue(Files.readString(out.resolve("report.html")).contains("Incomplete"));
        final Terminal.Outcome compared = Terminal.run(jar, null, "compare", out.toString(), out.toString());
        assertRefused(compared, out + ": the run did not get to its end: " + words + "; run it again");
        assertEquals(ExitStatus.PASSED, report().status());
        final String page = Files.readString(directory.resolve("page.html"));
        assertTrue(page.contains("Incomplete") && page.contains(words) && page.contains("10,000,000 ops/s"), page);
        assertTrue(page.contains("not measured: the run was interrupted before"), page);
    }

    @Test
    void runThatIsKilledLeavesThatItIsIncomplete() throws IOException {
        runOneThen(new InterruptedException());
        for (final String last : List.of("junit.xml", "report.html", "summary.csv")) {
            Files.delete(out.resolve(last));
        }

        assertEquals(ExitStatus.PASSED, report().status());
        final String page = Files.readString(directory.resolve("page.html"));
        assertTrue(page.contains("1 of 2 benchmarks were done"), page);
        assertTrue(page.contains("not measured: the run did not get to its end"), page);
        assertFalse(page.contains("failed; why is in"), page);
    }

    @Test
    void runThatIsKilledAfterAFailureLeavesWhatFailed() throws IOException {
        run(TWO_WAYS, new SyntheticTrials((measured, trial) -> null));
        Files.delete(out.resolve("junit.xml"));
        Files.writeString(
                out.resolve("incomplete.json"),
                "{\"done\": [\"RouteBenchmark.route(way=near)\"], \"missing\": [\"RouteBenchmark.route(way=far)\"]}");

        assertEquals(ExitStatus.PASSED, report().status());
        final String page = Files.readString(directory.resolve("page.html"));
        assertTrue(page.contains("failed; why is in " + out.resolve("log.txt")), page);
        assertTrue(page.contains("RouteBenchmark.route(way=far)"), page);
    }

    @Test
    void resultsThatCannotBeWrittenAreToldInOneLine() throws IOException {
        final Terminal.Outcome outcome = runOneThen(new IOException("No space left on device"));

        assertRefused(outcome, out + ": the run stopped before its results were written: No space left on device");
        assertEquals(1, outcome.err().lines().count(), outcome.err());
        assertTrue(Files.exists(out.resolve("incomplete.json")));
    }

    @Test
    void fileThatCannotBeWrittenIsNamedAndNotThereByHalves() throws IOException {
        for (final String file : List.of("jmh.json", "summary.csv", "junit.xml", "report.html")) {
            out = directory.resolve("without-" + file);
            final SyntheticTrials trials = allocating(0.2);
            final Path inTheWay = out.resolve(file + ".unfinished").resolve("x");
            final Terminal.Outcome outcome = Terminal.run(
                    jar,
                    (measured, trial, results, log) -> {
                        Files.createDirectories(inTheWay);
                        return trials.run(measured, trial, results, log);
                    },
                    "run",
                    "--profile",
                    profile(TWO_WAYS),
                    "--out",
                    out.toString());

            assertRefused(outcome, out + ": the run stopped before its results were written: " + file);
            assertTrue(Files.exists(out.resolve("incomplete.json")));
            assertEquals(file.equals("jmh.json"), Files.exists(out.resolve(file)), file);
        }
    }

    @Test
    void benchmarkThatThrowsIsAFailureAndTheOthersAreStillMeasured() throws IOException {
        final SyntheticTrials trials = new SyntheticTrials(
                (measured, trial) -> trial.benchmark().endsWith("lose") ? null : Figures.of(1_000, 0));
        final Terminal.Outcome outcome = run(
                "{\"benchmark\": \"RouteBenchmark.lose\", \"parameters\": {\"way\": [\"far\"]}},"
                        + "{\"benchmark\": \"RouteBenchmark.route\", \"parameters\": {\"way\": [\"far\"]}}",
                trials);

        assertEquals(ExitStatus.BENCHMARK_FAILED, outcome.status());
        assertTrue(outcome.out().contains("expected=2, actual=1"), outcome.out());
        assertTrue(outcome.out().contains("1 measurements, 1 failures"), outcome.out());
        assertEquals(2, trials.asked.size());
    }

    @Test
    void figureThatHasALimitButIsNotReportedIsAFailure() throws IOException {
        final Terminal.Outcome outcome = run(
                "{\"benchmark\": \"RouteBenchmark.route\", \"parameters\": {\"way\": [\"far\"]},"
                        + " \"atMost\": {\"bytesPerDevice\": 48}}",
                allocating(0));

        assertEquals(ExitStatus.BENCHMARK_FAILED, outcome.status());
        assertTrue(outcome.out().contains("bytesPerDevice is missing"), outcome.out());
    }

    @Test
    void unknownNamesAreRefusedWithTheNearestOneBeforeAnythingRuns() throws IOException {
        final SyntheticTrials trials = allocating(0);

        assertRefused(
                Terminal.run(jar, trials, "run", "--profile", "smok"),
                "no such profile: value=smok; did you mean smoke?");
        assertRefused(
                run("{\"benchmark\": \"RoutBenchmark\"}", trials),
                "no such benchmark: value=RoutBenchmark; did you mean RouteBenchmark?");
        assertRefused(run("{\"benchmark\": \"RouteBenchmark.rute\"}", trials), "did you mean RouteBenchmark.route?");
        assertRefused(
                run("{\"benchmark\": \"RouteBenchmark.route\", \"parameters\": {\"wey\": [\"far\"]}}", trials),
                "RouteBenchmark.route has no such parameter: value=wey; did you mean way?");
        assertRefused(
                run("{\"benchmark\": \"RouteBenchmark.route\", \"atMots\": {}}", trials),
                "is not a known field; did you mean atMost?");
        assertRefused(
                Terminal.run(jar, trials, "run", "--profile", "nightly"),
                "no such profile: value=nightly (there are smoke, ci, full, ab; a file's name ends in .json)");
        assertRefused(
                run("{\"benchmark\": \"Everything\"}", trials),
                "no such benchmark: value=Everything (benchmarks list prints all)");
        assertRefused(
                run("{\"benchmark\": \"RouteBenchmark.route\", \"parameters\": {\"devices\": [\"1\"]}}", trials),
                "RouteBenchmark.route has no such parameter: value=devices; known: way");
        assertRefused(
                run("{\"benchmark\": \"RouteBenchmark.route\", \"comparedBy\": \"scroe\"}", trials),
                "RouteBenchmark.route reports no such figure: comparedBy=scroe; did you mean score?"
                        + " (there are gc.alloc.rate.norm, score)");
        assertRefused(
                run("{\"benchmark\": \"RouteBenchmark.weigh\", \"comparedBy\": \"bytesPerDevise\"}", trials),
                "RouteBenchmark.weigh reports no such figure: comparedBy=bytesPerDevise; did you mean bytesPerDevice?"
                        + " (there are bytesPerDevice, gc.alloc.rate.norm, score)");
        assertEquals(List.of(), trials.asked);
        assertFalse(Files.exists(out));
    }

    private static final String ENTER = "{\"benchmark\": \"RouteBenchmark.enter\", \"parameters\": {%s}}";

    @Test
    void valuesThatABenchmarkDoesNotTakeAreRefusedBeforeAnythingRuns() throws IOException {
        final SyntheticTrials trials = allocating(0);

        assertRefused(
                run(ENTER.formatted("\"way\": [\"near\", \"fra\"]"), trials),
                "RouteBenchmark.enter has no such value of its own: way=fra; did you mean far? (there are near,"
                        + " far; what else it may know, jmh -p hands to it)");
        assertRefused(
                run(ENTER.formatted("\"way\": [\"everywhere\"]"), trials),
                "RouteBenchmark.enter has no such value of its own: way=everywhere (there are near, far;"
                        + " what else it may know, jmh -p hands to it)");
        assertRefused(
                run(ENTER.formatted("\"doors\": [\"1\", \"1k\"]"), trials),
                "RouteBenchmark.enter takes whole numbers only: doors=1k");
        assertRefused(
                Terminal.run(jar, trials, "list", "--profile", profile(ENTER.formatted("\"way\": [\"fra\"]"))),
                "RouteBenchmark.enter has no such value of its own: way=fra");
        assertEquals(List.of(), trials.asked);
        assertFalse(Files.exists(out));
    }

    @Test
    void otherNumbersAndWhatMayBeAWordOrANumberAreLeftToTheBenchmark() throws IOException {
        final SyntheticTrials trials = allocating(0);

        run(ENTER.formatted("\"way\": [\"far\"], \"doors\": [\"3\", \"-4\"], \"open\": [\"none\"]"), trials);

        assertEquals(
                List.of(
                        "router.jar RouteBenchmark.enter(doors=3, open=none, way=far)",
                        "router.jar RouteBenchmark.enter(doors=-4, open=none, way=far)"),
                trials.asked);
    }

    @Test
    void whatABenchmarkCountsItselfCanBeComparedBy() throws IOException {
        final SyntheticTrials trials = allocating(0);

        run("{\"benchmark\": \"RouteBenchmark.weigh\", \"comparedBy\": \"bytesPerDevice\"}", trials);

        assertFalse(trials.asked.isEmpty());
    }

    @Test
    void profilesThatAreNotCompleteAreRefusedInPlainWords() throws IOException {
        final Path file = directory.resolve("broken.json");
        final Map<String, String> complaints = Map.of(
                "", file + ":1: the file is empty",
                "{", file + ":1: ends in an object, '}' is missing",
                "[]", file + ":1: must be a JSON object",
                "{\"forks\": [1]}", file + ":1: forks: must be a whole number",
                "{\"description\": {}}", file + ":1: description: must be text",
                "{\"benchmarks\": [{\"parameters\": {\"way\": \"near\"}}]}",
                        file + ":1: benchmarks[0].parameters.way: must be a list",
                "{\"description\": \"a\", \"benchmarks\": []}", file + ":1: forks: is missing");
        for (final Map.Entry<String, String> complaint : complaints.entrySet()) {
            Files.writeString(file, complaint.getKey());

            assertRefused(Terminal.run(jar, allocating(0), "run", "--profile", file.toString()), complaint.getValue());
        }
    }

    // In the words of this project, not in those of the library that reads JSON, which advise programmers.
    @Test
    void whatShouldBeANumberIsRefusedWithItsFieldAndValue() throws IOException {
        final Path file = directory.resolve("text.json");
        final String form = FORM.formatted("{\"benchmark\": \"RouteBenchmark.route\", %s}");
        final String limit = "\"atMost\": {\"gc.alloc.rate.norm\": %s}";
        final String ofLimit = "benchmarks[0].atMost.gc.alloc.rate.norm: ";
        final String belowZero =
                "benchmarks[0]: a limit must be a number that is not below 0: atMost.gc.alloc.rate.norm=";
        final Map<String, String> complaints = Map.ofEntries(
                Map.entry(limit.formatted("\"0.1\""), ofLimit + "must be a number: value=\"0.1\""),
                Map.entry(limit.formatted("\"\""), ofLimit + "must be a number: value=\"\""),
                Map.entry(limit.formatted("true"), ofLimit + "must be a number"),
                Map.entry(limit.formatted("-1"), belowZero + "-1.0"),
                Map.entry(limit.formatted("NaN"), belowZero + "NaN"),
                Map.entry(limit.formatted("\"NaN\""), belowZero + "NaN"),
                Map.entry(limit.formatted("1e999"), belowZero + "Infinity"),
                Map.entry(limit.formatted("null"), belowZero + "null"),
                Map.entry("\"forks\": NaN", "benchmarks[0].forks: must be a whole number: value=NaN"),
                Map.entry("\"forks\": \"1,000\"", "benchmarks[0].forks: must be a whole number: value=\"1,000\""),
                Map.entry("\"forks\": 1.5", "benchmarks[0].forks: must be a whole number: value=1.5"),
                Map.entry("\"forks\": 3000000000", "benchmarks[0].forks: is out of range: value=3000000000"),
                Map.entry(
                        "\"warmup\": {\"iterations\": null, \"seconds\": 1}",
                        "benchmarks[0].warmup.iterations: must be a whole number"),
                Map.entry(
                        "\"warmup\": {\"iterations\": 1, \"seconds\": Infinity}",
                        "benchmarks[0].warmup: seconds must be in [0.01, 600.0]: seconds=Infinity"));
        for (final Map.Entry<String, String> complaint : complaints.entrySet()) {
            Files.writeString(file, form.formatted(complaint.getKey()));
            final Terminal.Outcome outcome = Terminal.run(jar, allocating(0), "run", "--profile", file.toString());

            assertEquals(file + ":2: " + complaint.getValue(), outcome.err().strip());
            assertEquals(ExitStatus.USAGE, outcome.status());
        }
    }

    @Test
    void whatIsNotJsonIsRefusedInWordsForPeople() throws IOException {
        final Path file = directory.resolve("text.json");
        final Map<String, String> complaints = Map.of(
                "{\"forks\": .5}", "unexpected '.', expected a value, column 11",
                "{\"forks\": +5}", "unexpected '+', expected a digit, column 12",
                "{\"forks\": five}", "unknown word 'five', column 11",
                "{\"forks\": 1, // one\n}", "comments are not allowed, column 14",
                "{\"forks\": 1, \"forks\": 2}", "Duplicate field 'forks'");
        for (final Map.Entry<String, String> complaint : complaints.entrySet()) {
            Files.writeString(file, complaint.getKey());
            final Terminal.Outcome outcome = Terminal.run(jar, allocating(0), "run", "--profile", file.toString());

            assertEquals(file + ":1: " + complaint.getValue(), outcome.err().strip());
        }
    }

    @Test
    void nothingInPlaceOfWhatAProfileNeedsIsRefused() throws IOException {
        final Path file = directory.resolve("nothing.json");
        final String whole = FORM.formatted("{\"benchmark\": \"RouteBenchmark.route\"}");
        final Map<String, String> complaints = Map.of(
                "null",
                ": must be a JSON object",
                whole.replace("[{\"benchmark\"", "[null, {\"benchmark\""),
                ":2: a benchmark must be a JSON object: benchmarks[0]=null",
                whole.replace("\"RouteBenchmark.route\"", "null"),
                ":2: benchmarks[0]: benchmark must be the name of one: benchmark=null",
                whole.replace("\"warmup\": {\"iterations\": 0, \"seconds\": 0.1}", "\"warmup\": null"),
                ":2: warmup must be a JSON object: warmup=null");
        for (final Map.Entry<String, String> complaint : complaints.entrySet()) {
            Files.writeString(file, complaint.getKey());
            final Terminal.Outcome outcome = Terminal.run(jar, allocating(0), "run", "--profile", file.toString());

            assertEquals(file + complaint.getValue(), outcome.err().strip());
            assertEquals(ExitStatus.USAGE, outcome.status());
        }
    }

    @Test
    void measurementsWithoutAnIterationAreRefused() throws IOException {
        final SyntheticTrials trials = allocating(0);
        final String complaint =
                "a measurement needs at least one iteration: measurement=Iterations[iterations=0, seconds=0.1]";
        final String entry = "{\"benchmark\": \"RouteBenchmark.route\"%s}";

        assertRefused(
                run(entry.formatted(", \"measurement\": {\"iterations\": 0, \"seconds\": 0.1}"), trials), complaint);
        final Path ofAll = directory.resolve("none.json");
        Files.writeString(ofAll, FORM.formatted(entry.formatted("")).replace("\"iterations\": 2", "\"iterations\": 0"));
        assertRefused(Terminal.run(jar, trials, "run", "--profile", ofAll.toString()), complaint);
        assertEquals(List.of(), trials.asked);
    }

    @Test
    void rehearsalRunsEverythingOnceAndHoldsNothingAgainstIt() throws IOException {
        final SyntheticTrials trials = allocating(0.2);

        final Terminal.Outcome outcome = Terminal.run(
                jar,
                trials,
                "run",
                "--rehearse",
                "--profile",
                profile(
                        "{\"benchmark\": \"RouteBenchmark.route\", \"forks\": 3, \"atMost\": {\"gc.alloc.rate.norm\": 0.1}}"),
                "--out",
                out.toString());

        assertEquals(ExitStatus.PASSED, outcome.status(), outcome.out() + outcome.err());
        assertEquals(2, trials.asked.size());
        assertTrue(Files.readString(out.resolve("report.html")).contains("Everything ran"));
        assertTrue(Files.readString(out.resolve("profile.json")).contains("\"forks\" : 1"));
    }

    @Test
    void listsWhatAProfileWouldMeasureAndForHowLong() throws IOException {
        final Terminal.Outcome outcome = Terminal.run(
                jar, allocating(0), "list", "--profile", profile("{\"benchmark\": \"RouteBenchmark.route\"}"));

        assertEquals(ExitStatus.PASSED, outcome.status(), outcome.err());
        assertTrue(
                outcome.out().contains("   0.2 s  1 x (0 x 0.1 s + 2 x 0.1 s)  RouteBenchmark.route(way=near)"),
                outcome.out());
        assertTrue(outcome.out().contains("2 measurements, 0.0 min of iterations"), outcome.out());
    }

    @Test
    void resultsAreNeverOverwritten() throws IOException {
        Files.createDirectories(out);
        Files.writeString(out.resolve("kept.txt"), "kept");

        assertRefused(
                run("{\"benchmark\": \"RouteBenchmark.route\"}", allocating(0)),
                "the directory for results is not empty: value=" + out);
    }

    @Test
    void resultsThatHaveNoPlaceAreRefusedInWords() throws IOException {
        final Path file = Files.writeString(directory.resolve("file"), "kept");
        final String profile = profile("{\"benchmark\": \"RouteBenchmark.route\"}");

        final Terminal.Outcome inPlaceOfIt =
                Terminal.run(jar, allocating(0), "run", "--profile", profile, "--out", file.toString());
        final Terminal.Outcome belowIt = Terminal.run(
                jar,
                allocating(0),
                "run",
                "--profile",
                profile,
                "--out",
                file.resolve("x").toString());

        assertRefused(
                Terminal.run(jar, allocating(0), "run", "--profile", profile, "--out", ""),
                "--out: must be the name of a directory: value=\"\"");
        assertRefused(inPlaceOfIt, "a file, not a directory for results: value=" + file);
        assertRefused(
                belowIt,
                "cannot make the directory for results " + file.resolve("x")
                        + ": a part of its path is a file, not a directory");
    }

    @Test
    void wrongCommandLinesAreRefused() {
        final SyntheticTrials trials = allocating(0);

        assertRefused(Terminal.run(jar, trials), "a command is missing");
        assertRefused(Terminal.run(jar, trials, "run"), "Missing required option: '--profile=PROFILE'");
        assertRefused(Terminal.run(jar, trials, "rnu"), "Unmatched argument at index 0: 'rnu'; did you mean run?");
        assertRefused(Terminal.run(jar, trials, "help", "rnu"), "Unknown subcommand 'rnu'; did you mean run?");
        assertRefused(
                Terminal.run(jar, trials, "run", "--profle", "smoke"),
                "Unknown options: '--profle', 'smoke'; did you mean --profile?");
        assertRefused(
                Terminal.run(directory.resolve("none.jar"), trials, "run", "--profile", "smoke"),
                "no such file: value=" + directory.resolve("none.jar"));
    }

    @Test
    void everyCommandDocumentsItsExitStatus() {
        for (final String command : List.of("run", "ab", "compare", "report", "list", "jmh")) {
            final Terminal.Outcome outcome = Terminal.run(jar, allocating(0), command, "--help");

            assertEquals(ExitStatus.PASSED, outcome.status());
            assertTrue(outcome.out().contains("Usage: benchmarks " + command), outcome.out());
            assertTrue(outcome.out().contains(String.format("Exit status:%n  0   ")), outcome.out());
        }
        assertTrue(Terminal.run(jar, allocating(0), "--help").out().contains("4     noise leaves open"));
    }

    private static void assertRefused(final Terminal.Outcome outcome, final String message) {
        assertEquals(ExitStatus.USAGE, outcome.status(), outcome.out() + outcome.err());
        assertTrue(outcome.err().contains(message), outcome.err());
    }
}
