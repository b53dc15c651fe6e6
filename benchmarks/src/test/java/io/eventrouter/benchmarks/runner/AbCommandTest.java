package io.eventrouter.benchmarks.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.benchmarks.runner.jmh.SyntheticTrials;
import io.eventrouter.benchmarks.runner.jmh.SyntheticTrials.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
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
        assertRefused(ab(speeds(1, 0, 0), "--rounds", "4"), "--rounds must be in [5, 100]: value=4");
        assertRefused(ab(speeds(1, 0, 0), "--threshold", "0"), "--threshold must be in [1, 50]: value=0.0");
        assertRefused(
                Terminal.run(baseline, speeds(1, 0, 0), "ab", "--baseline", "a.jar"),
                "Missing required option: '--candidate=NEW.jar'");
        assertRefused(
                Terminal.run(
                        baseline, speeds(1, 0, 0), "ab", "--baseline", "none.jar", "--candidate", candidate.toString()),
                "cannot read the jar none.jar");
    }

    private static void assertRefused(final Terminal.Outcome outcome, final String message) {
        assertEquals(ExitStatus.USAGE, outcome.status(), outcome.out() + outcome.err());
        assertTrue(outcome.err().contains(message), outcome.err());
    }
}
