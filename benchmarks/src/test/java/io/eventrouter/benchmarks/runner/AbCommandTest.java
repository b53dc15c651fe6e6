package io.eventrouter.benchmarks.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.benchmarks.runner.jmh.SyntheticTrials;
import io.eventrouter.benchmarks.runner.jmh.SyntheticTrials.Figures;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AbCommandTest {
    private static final String PROFILE = """
            {"description": "test", "forks": 3, "warmup": {"iterations": 0, "seconds": 0.1},
             "measurement": {"iterations": 2, "seconds": 0.1}, "benchmarks": [
               {"benchmark": "RouteBenchmark.route", "parameters": {"way": ["near"]},
                "atMost": {"gc.alloc.rate.norm": 0.1}, "comparedBy": "score"},
               {"benchmark": "RouteBenchmark.copy", "parameters": {"way": ["near"]}}]}
            """;

    @TempDir
    private static Path jars;

    @TempDir
    private Path directory;

    private static Path baseline;
    private static Path candidate;

    @BeforeAll
    static void makeJars() throws IOException {
        baseline = BenchmarkJars.make(jars, "baseline", 0);
        candidate = jars.resolve("candidate.jar");
        Files.copy(baseline, candidate);
    }

    private Terminal.Outcome ab(final SyntheticTrials trials, final String... more) throws IOException {
        return ab(PROFILE, trials, more);
    }

    private Terminal.Outcome ab(final String profileText, final SyntheticTrials trials, final String... more)
            throws IOException {
        final Path profile = directory.resolve("mine.json");
        Files.writeString(profile, profileText);
        final String[] arguments = Stream.concat(
                        Stream.of(
                                "ab",
                                "--baseline",
                                baseline.toString(),
                                "--candidate",
                                candidate.toString(),
                                "--profile",
                                profile.toString(),
                                "--out",
                                directory.resolve("results").toString()),
                        Arrays.stream(more))
                .toArray(String[]::new);
        return Terminal.run(baseline, trials, arguments);
    }

    // The candidate's speed as a multiple of the baseline's, on a machine whose runs differ by a few percent.
    private static SyntheticTrials speeds(final double ratio, final double noise, final double allocated) {
        final Random random = new Random(5);
        return new SyntheticTrials((jar, trial) -> {
            final boolean isCandidate = jar.equals(candidate);
            return Figures.of(
                    1e6 * (isCandidate ? ratio : 1) * Math.exp(noise * random.nextGaussian()),
                    isCandidate ? allocated : 0);
        });
    }

    @Test
    void unchangedJarPasses() throws IOException {
        final SyntheticTrials trials = speeds(1, 0.02, 0);
        final Terminal.Outcome outcome = ab(trials);

        assertEquals(ExitStatus.PASSED, outcome.status(), outcome.out());
        assertTrue(outcome.out().contains("0 worse, 0 better, 1 the same within 5 %, 0 inconclusive"), outcome.out());
        final String a = "baseline.jar RouteBenchmark.route(way=near)";
        final String b = "candidate.jar RouteBenchmark.route(way=near)";
        assertEquals(List.of(a, b, b, a, b, a, a, b), trials.asked.subList(0, 8));
        // Nothing is asked of a benchmark that has neither a limit nor a metric to compare by.
        assertTrue(trials.asked.stream().noneMatch(asked -> asked.contains("copy")), trials.asked.toString());
    }

    @Test
    void interruptedComparisonJudgesNothingThatIsOpen() throws IOException {
        final SyntheticTrials trials = speeds(1, 0.02, 0);
        final Path profile = Files.writeString(directory.resolve("mine.json"), PROFILE);
        final Path results = directory.resolve("results");

        final Terminal.Outcome outcome = Terminal.run(
                baseline,
                (jar, trial, part, log) -> {
                    if (trials.asked.size() == 10) {
                        throw new InterruptedException();
                    }
                    return trials.run(jar, trial, part, log);
                },
                "ab",
                "--baseline",
                baseline.toString(),
                "--candidate",
                candidate.toString(),
                "--profile",
                profile.toString(),
                "--out",
                results.toString());

        assertEquals(ExitStatus.INTERRUPTED, outcome.status(), outcome.out() + outcome.err());
        final String words = "0 of 1 benchmarks were done, the next was RouteBenchmark.route(way=near)";
        assertEquals(
                "interrupted: " + words + "; what was measured is in " + results,
                outcome.err().strip());
        assertTrue(Files.readString(results.resolve("junit.xml"))
                .contains("not judged: the run was interrupted in round 3"));
        assertTrue(Files.readString(results.resolve("report.html")).contains("Incomplete"));
        Files.delete(results.resolve("ab.json"));
        final Terminal.Outcome killed = Terminal.run(
                baseline,
                null,
                "report",
                results.toString(),
                "--out",
                directory.resolve("page.html").toString());
        assertEquals(ExitStatus.USAGE, killed.status());
        assertEquals(
                results + ": the run did not get to its end: " + words + "; run it again",
                killed.err().strip());
    }

    @Test
    void slowDownIsARegression() throws IOException {
        final Terminal.Outcome outcome = ab(speeds(0.85, 0.02, 0));

        assertEquals(ExitStatus.REGRESSION, outcome.status(), outcome.out());
        assertTrue(outcome.out().contains("1 worse"), outcome.out());
        final Path results = directory.resolve("results");
        assertTrue(Files.readString(results.resolve("junit.xml")).contains("<failure message=\"worse: 0.8"));
        assertTrue(Files.readString(results.resolve("ab.json")).contains("\"verdict\" : \"WORSE\""));
        assertTrue(Files.readString(results.resolve("report.html")).contains("Slower"));
        final Path page = directory.resolve("again.html");
        final Terminal.Outcome report =
                Terminal.run(baseline, speeds(1, 0, 0), "report", results.toString(), "--out", page.toString());
        assertEquals(ExitStatus.PASSED, report.status(), report.err());
        assertEquals(Files.readString(results.resolve("report.html")), Files.readString(page));
    }

    @Test
    void speedUpPasses() throws IOException {
        final Terminal.Outcome outcome = ab(speeds(1.3, 0.02, 0));

        assertEquals(ExitStatus.PASSED, outcome.status(), outcome.out());
        assertTrue(outcome.out().contains("1 better"), outcome.out());
    }

    @Test
    void allocationIsARegressionEvenIfItIsFaster() throws IOException {
        final Terminal.Outcome outcome = ab(speeds(1.3, 0.02, 16));

        assertEquals(ExitStatus.REGRESSION, outcome.status(), outcome.out());
        assertTrue(outcome.out().contains("gc.alloc.rate.norm is 16.000, the limit of the profile"), outcome.out());
    }

    @Test
    void noiseThatHidesTheAnswerIsInconclusive() throws IOException {
        final SyntheticTrials trials = speeds(0.97, 0.3, 0);
        final Terminal.Outcome outcome = ab(trials, "--rounds", "6");

        assertEquals(ExitStatus.INCONCLUSIVE, outcome.status(), outcome.out());
        assertEquals(6 * 4, trials.asked.size());
        assertTrue(Files.readString(directory.resolve("results").resolve("junit.xml"))
                .contains("skipped=\"1\""));
    }

    @Test
    void benchmarkThatThrowsIsAFailure() throws IOException {
        final Terminal.Outcome outcome =
                ab(new SyntheticTrials((jar, trial) -> jar.equals(candidate) ? null : Figures.of(1, 0)));

        assertEquals(ExitStatus.BENCHMARK_FAILED, outcome.status(), outcome.out());
        assertTrue(outcome.out().contains("candidate: java.lang.IllegalStateException: matches"), outcome.out());
    }

    @Test
    void newBenchmarkWithoutLimitsIsNotJudgedAndSaysSo() throws IOException {
        final Path older = directory.resolve("older.jar");
        copyWithout("copy", baseline, older);
        final Path profile = directory.resolve("new.json");
        Files.writeString(
                profile, PROFILE.replace("\"way\": [\"near\"]}}", "\"way\": [\"near\"]}, \"comparedBy\": \"score\"}"));
        final Path results = directory.resolve("results");

        final Terminal.Outcome outcome = Terminal.run(
                baseline,
                speeds(1, 0.02, 0),
                "ab",
                "--baseline",
                older.toString(),
                "--candidate",
                candidate.toString(),
                "--profile",
                profile.toString(),
                "--threshold",
                "2.5",
                "--out",
                results.toString());

        assertTrue(outcome.out().contains("  not judged    RouteBenchmark.copy(way=near)"), outcome.out());
        assertTrue(
                outcome.out()
                        .contains("RouteBenchmark.copy(way=near) measured, not judged: the baseline does not have it,"
                                + " and it has no limits"),
                outcome.out());
        assertFalse(outcome.out().contains("limits kept"), outcome.out());
        assertTrue(outcome.out().contains("the same within 2.5 %"), outcome.out());
        assertTrue(outcome.out().contains(" inconclusive, 1 not judged; "), outcome.out());
        final String page = Files.readString(results.resolve("report.html"));
        assertTrue(page.contains("the same within 2.5 %"), page);
        assertTrue(page.contains("not judged: the baseline does not have it"), page);
        assertTrue(
                Files.readString(results.resolve("junit.xml")).contains("not judged: the baseline does not have it"));
    }

    private static void copyWithout(final String benchmark, final Path jar, final Path copy) throws IOException {
        try (ZipFile from = new ZipFile(jar.toFile());
                ZipOutputStream to = new ZipOutputStream(Files.newOutputStream(copy))) {
            final ZipEntry list = from.getEntry("META-INF/BenchmarkList");
            to.putNextEntry(new ZipEntry(list.getName()));
            final String kept = new String(from.getInputStream(list).readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.contains(benchmark))
                    .collect(Collectors.joining("\n", "", "\n"));
            to.write(kept.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void profileThatGivesNothingToCompareIsRefused() throws IOException {
        final SyntheticTrials trials = speeds(1, 0, 0);
        final String profile = PROFILE.replaceAll("\"atMost\": .*\"score\"", "\"forks\": 1");

        assertRefused(
                ab(profile, trials),
                "nothing to compare: no benchmark of the profile has comparedBy or atMost: value="
                        + directory.resolve("mine.json"));
        assertEquals(List.of(), trials.asked);
    }

    @Test
    void valuesOutOfRangeAreRefused() throws IOException {
        assertRefused(
                ab(speeds(1, 0, 0), "--rounds", "4"),
                "Invalid value for option '--rounds': must be a whole number in [5, 100]: value=4");
        assertRefused(ab(speeds(1, 0, 0), "--rounds", "few"), "must be a whole number in [5, 100]: value=few");
        assertRefused(
                ab(speeds(1, 0, 0), "--threshold", "0"),
                "Invalid value for option '--threshold': must be a number in [1, 50], of percent: value=0");
        assertRefused(ab(speeds(1, 0, 0), "--threshold", "5%"), "must be a number in [1, 50], of percent: value=5%");
        assertRefused(ab(speeds(1, 0, 0), "--threshold", "NaN"), "must be a number in [1, 50], of percent: value=NaN");
        assertRefused(
                Terminal.run(baseline, speeds(1, 0, 0), "ab", "--baseline", "a.jar"),
                "Missing required option: '--candidate=NEW.jar'");
    }

    @Test
    void whatIsNoJarOfBenchmarksIsRefusedForWhatItIs() throws IOException {
        final Path empty = Files.createFile(directory.resolve("empty.jar"));
        final Path text = Files.writeString(directory.resolve("text.jar"), "hello");
        final Path other = directory.resolve("other.jar");
        try (ZipOutputStream packed = new ZipOutputStream(Files.newOutputStream(other))) {
            packed.putNextEntry(new ZipEntry("other.txt"));
        }

        assertJarRefused(Path.of("none.jar"), "no such file: value=none.jar");
        assertJarRefused(directory, "a directory, not a jar: value=" + directory);
        assertJarRefused(empty, "not a jar: value=" + empty + " (zip file is empty)");
        assertJarRefused(text, "not a jar: value=" + text + " (zip END header not found)");
        assertJarRefused(other, "a jar without JMH benchmarks, as it has no META-INF/BenchmarkList: value=" + other);
    }

    // As either of the two.
    private void assertJarRefused(final Path jar, final String message) {
        final SyntheticTrials trials = speeds(1, 0, 0);
        for (final List<Path> pair : List.of(List.of(jar, candidate), List.of(baseline, jar))) {
            final Terminal.Outcome outcome = Terminal.run(
                    baseline,
                    trials,
                    "ab",
                    "--baseline",
                    pair.get(0).toString(),
                    "--candidate",
                    pair.get(1).toString());
            assertEquals(ExitStatus.USAGE, outcome.status(), outcome.out());
            assertEquals(message, outcome.err().strip());
        }
        assertEquals(List.of(), trials.asked);
    }

    private static void assertRefused(final Terminal.Outcome outcome, final String message) {
        assertEquals(ExitStatus.USAGE, outcome.status(), outcome.out() + outcome.err());
        assertTrue(outcome.err().contains(message), outcome.err());
    }
}
