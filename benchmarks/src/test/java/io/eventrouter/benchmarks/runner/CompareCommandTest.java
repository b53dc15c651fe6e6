package io.eventrouter.benchmarks.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.benchmarks.runner.jmh.SyntheticTrials;
import io.eventrouter.benchmarks.runner.jmh.SyntheticTrials.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
    private static final String PROFILE = """
            {"description": "test", "forks": 1, "warmup": {"iterations": 0, "seconds": 0.1},
             "measurement": {"iterations": 2, "seconds": 0.1}, "benchmarks": [
               {"benchmark": "RouteBenchmark.%s", "parameters": {"way": ["near"]},
                "atMost": {"gc.alloc.rate.norm": 100, "bytesPerDevice": 60}}]}
            """;

    private static final String FAILED_COPY =
            ": RouteBenchmark.copy(way=near): java.lang.IllegalStateException: matches: expected=2, actual=1";

    @TempDir
    private static Path jars;

    @TempDir
    private Path directory;

    private static Path jar;

    @BeforeAll
    static void makeJar() throws IOException {
        jar = BenchmarkJars.make(jars, "router", 0);
    }

    private Path run(final String name, final String method, final double score, final double size) throws IOException {
        final Path profile = directory.resolve("mine.json");
        Files.writeString(profile, PROFILE.formatted(method));
        final Path out = directory.resolve(name);
        final Terminal.Outcome outcome = Terminal.run(
                jar,
                new SyntheticTrials((measured, trial) -> Figures.of(score, 0).with("bytesPerDevice", size)),
                "run",
                "--profile",
                profile.toString(),
                "--out",
                out.toString());
        assertEquals(ExitStatus.PASSED, outcome.status(), outcome.out() + outcome.err());
        return out;
    }

    private static Terminal.Outcome compare(final Path older, final Path newer) {
        return Terminal.run(jar, null, "compare", older.toString(), newer.toString());
    }

    @Test
    void slowerTimesOfAnotherJobAreNotHeldAgainstIt() throws IOException {
        final Terminal.Outcome outcome = compare(run("old", "route", 1_000, 48), run("new", "route", 500, 48));

        assertEquals(ExitStatus.PASSED, outcome.status(), outcome.err());
        assertTrue(outcome.out().contains("for orientation only"), outcome.out());
        assertTrue(outcome.out().contains("0.50x  RouteBenchmark.route(way=near)"), outcome.out());
    }

    @Test
    void sizeThatGrewIsARegressionEvenBelowItsLimit() throws IOException {
        final Terminal.Outcome outcome = compare(run("old", "route", 1_000, 40), run("new", "route", 1_000, 41));

        assertEquals(ExitStatus.REGRESSION, outcome.status(), outcome.out());
        assertTrue(
                outcome.out().contains("bytesPerDevice is 41.000, the older value allows at most 40.800"),
                outcome.out());
    }

    @Test
    void refusesOtherMachinesAndSaysWhatDiffers() throws IOException {
        final Path older = run("old", "route", 1_000, 48);
        final Path environment = older.resolve("environment.json");
        Files.writeString(
                environment,
                Files.readString(environment)
                        .replaceFirst("\"cpuModel\" : \"[^\"]*\"", "\"cpuModel\" : \"Abacus\"")
                        .replaceFirst("\"javaVersion\" : \"[^\"]*\"", "\"javaVersion\" : \"1.0\""));

        final Terminal.Outcome outcome = compare(older, run("new", "route", 1_000, 48));

        assertEquals(ExitStatus.USAGE, outcome.status());
        assertTrue(outcome.err().contains("cpuModel: Abacus and "), outcome.err());
        assertTrue(outcome.err().contains("javaVersion: 1.0 and "), outcome.err());
    }

    @Test
    void saysHowManyFiguresItCompared() throws IOException {
        final Terminal.Outcome outcome = compare(run("old", "route", 1_000, 48), run("new", "route", 1_000, 48));

        assertTrue(
                outcome.out().contains("1 benchmarks in both; of 2 figures of allocation or size 0 got worse"),
                outcome.out());
    }

    @Test
    void runsWithoutLimitsHaveNothingToJudge() throws IOException {
        final Path older = run("old", "route", 1_000, 48);
        final Path rehearsal = directory.resolve("rehearsal");
        final Terminal.Outcome rehearsed = Terminal.run(
                jar,
                new SyntheticTrials((measured, trial) -> Figures.of(1_000, 0)),
                "run",
                "--rehearse",
                "--profile",
                directory.resolve("mine.json").toString(),
                "--out",
                rehearsal.toString());
        assertEquals(ExitStatus.PASSED, rehearsed.status(), rehearsed.out() + rehearsed.err());

        final Terminal.Outcome outcome = compare(older, rehearsal);

        assertEquals(ExitStatus.USAGE, outcome.status(), outcome.out());
        assertEquals(
                "nothing to judge: no figure that " + older + " has too has a limit (atMost) in "
                        + rehearsal.resolve("profile.json"),
                outcome.err().strip());
    }

    // All benchmarks, of which those whose names hold the word fail.
    private Path runAll(final String name, final String failing) throws IOException {
        final Path profile = directory.resolve("all.json");
        Files.writeString(profile, PROFILE.formatted("route").replace(".route\"", "\""));
        final Path out = directory.resolve(name);
        Terminal.run(
                jar,
                new SyntheticTrials((measured, trial) -> trial.name().contains(failing)
                        ? null
                        : Figures.of(1_000, 0).with("bytesPerDevice", 48)),
                "run",
                "--profile",
                profile.toString(),
                "--out",
                out.toString());
        return out;
    }

    @Test
    void aBenchmarkThatFailsInTheNewerRunIsNoPass() throws IOException {
        final Path older = runAll("old", "none of them");
        final Path newer = runAll("new", "copy");

        final Terminal.Outcome outcome = compare(older, newer);

        assertEquals(ExitStatus.BENCHMARK_FAILED, outcome.status(), outcome.out() + outcome.err());
        assertTrue(outcome.out().contains("FAILED in " + newer + FAILED_COPY), outcome.out());
        assertFalse(outcome.out().contains("only in"), outcome.out());
        assertEquals(ExitStatus.PASSED, compare(newer, older).status());
    }

    // Otherwise a job that compares every night with the night before fails once and passes from then on.
    @Test
    void aBenchmarkThatFailsInBothRunsIsNoPassEither() throws IOException {
        final Path older = runAll("old", "copy");
        final Path newer = runAll("new", "copy");

        final Terminal.Outcome outcome = compare(older, newer);

        assertEquals(ExitStatus.BENCHMARK_FAILED, outcome.status(), outcome.out() + outcome.err());
        assertTrue(outcome.out().contains("FAILED in " + newer + FAILED_COPY), outcome.out());
    }

    @Test
    void aNewBenchmarkThatFailsIsNoPass() throws IOException {
        final Path older = run("old", "route", 1_000, 48);
        final Path newer = runAll("new", "copy");

        final Terminal.Outcome outcome = compare(older, newer);

        assertEquals(ExitStatus.BENCHMARK_FAILED, outcome.status(), outcome.out() + outcome.err());
        assertTrue(outcome.out().contains("FAILED in " + newer + FAILED_COPY), outcome.out());
    }

    @Test
    void aFigureThatHasALimitAndIsMissingIsAFailureAsItIsInARun() throws IOException {
        final Path older = run("old", "route", 1_000, 48);
        final Path newer = run("new", "route", 1_000, 48);
        final Path jmh = newer.resolve("jmh.json");
        Files.writeString(jmh, Files.readString(jmh).replace("bytesPerDevice", "bytesPerDoor"));

        final Terminal.Outcome outcome = compare(older, newer);

        assertEquals(ExitStatus.BENCHMARK_FAILED, outcome.status(), outcome.out() + outcome.err());
        assertTrue(
                outcome.out()
                        .contains("FAILED in " + newer + ": RouteBenchmark.route(way=near): bytesPerDevice is missing"),
                outcome.out());
        assertTrue(outcome.out().contains("of 1 figures of allocation or size 0 got worse"), outcome.out());
    }

    @Test
    void refusesWhatHasNothingInCommonOrIsNoResult() throws IOException {
        final Path older = run("old", "route", 1_000, 48);
        final Path newer = run("new", "copy", 1_000, 48);

        final Terminal.Outcome different = compare(older, newer);
        final Terminal.Outcome missing = compare(older, directory.resolve("none"));

        assertEquals(ExitStatus.USAGE, different.status());
        assertTrue(different.err().contains("no benchmark in common"), different.err());
        assertEquals(ExitStatus.USAGE, missing.status());
        assertTrue(missing.err().contains("no such directory: value=" + directory.resolve("none")), missing.err());
    }

    @Test
    void aRunOfWhichNothingWasMeasuredHasNothingToCompareWith() throws IOException {
        final Path measured = run("old", "route", 1_000, 48);
        final Path failed = directory.resolve("failed");
        final Terminal.Outcome failing = Terminal.run(
                jar,
                new SyntheticTrials((jar, trial) -> null),
                "run",
                "--profile",
                directory.resolve("mine.json").toString(),
                "--out",
                failed.toString());
        assertEquals(ExitStatus.BENCHMARK_FAILED, failing.status(), failing.out() + failing.err());
        final Path page = directory.resolve("page.html");

        final Terminal.Outcome asOlder = compare(failed, measured);
        assertEquals(ExitStatus.USAGE, asOlder.status(), asOlder.out() + asOlder.err());
        assertEquals(
                failed + ": every benchmark of this run failed, so there is nothing to compare; why is in "
                        + failed.resolve("junit.xml"),
                asOlder.err().strip());
        assertEquals("", asOlder.out());
        for (final Terminal.Outcome asNewer : List.of(compare(failed, failed), compare(measured, failed))) {
            assertEquals(ExitStatus.BENCHMARK_FAILED, asNewer.status(), asNewer.out() + asNewer.err());
            assertTrue(
                    asNewer.out().contains("FAILED in " + failed + ": RouteBenchmark.route(way=near): "),
                    asNewer.out());
        }
        assertEquals(
                ExitStatus.PASSED,
                Terminal.run(jar, null, "report", failed.toString(), "--out", page.toString())
                        .status());
    }

    @Test
    void refusesWhatIsNoDirectoryOfResultsForWhatItIs() throws IOException {
        final Path older = run("old", "route", 1_000, 48);
        final Path file = Files.writeString(directory.resolve("file"), "x");
        final Path empty = Files.createDirectories(directory.resolve("empty"));

        assertRefused(file, "a file, not a directory for results: value=" + file);
        assertRefused(
                empty, "a directory without results of benchmarks, as it has no environment.json: value=" + empty);
        Files.writeString(older.resolve("jmh.json"), "[\n{]");
        assertRefused(older, "JMH results " + older.resolve("jmh.json") + ":2: ");
        Files.delete(older.resolve("jmh.json"));
        assertRefused(
                older, "cannot read JMH results " + older.resolve("jmh.json") + ": there is no such file or directory");
    }

    private void assertRefused(final Path results, final String message) {
        final Path page = directory.resolve("page.html");
        for (final Terminal.Outcome outcome : List.of(
                compare(results, results),
                Terminal.run(jar, null, "report", results.toString(), "--out", page.toString()))) {
            assertEquals(ExitStatus.USAGE, outcome.status(), outcome.out() + outcome.err());
            assertTrue(outcome.err().startsWith(message), outcome.err());
            assertEquals(1, outcome.err().lines().count(), outcome.err());
        }
    }

    @Test
    void pageThatCannotBeWrittenIsRefusedInWords() throws IOException {
        final String results = run("old", "route", 1_000, 48).toString();
        final Path file = Files.writeString(directory.resolve("file"), "x");

        final Terminal.Outcome inTheWay = Terminal.run(jar, null, "report", results, "--out", results);
        final Terminal.Outcome itsOwn = Terminal.run(jar, null, "report", results, "--out", results + "/summary.csv");
        final Terminal.Outcome below = Terminal.run(
                jar, null, "report", results, "--out", file.resolve("page.html").toString());

        assertEquals(
                "a directory, not a page to write: value=" + results,
                inTheWay.err().strip());
        assertEquals(
                results + "/summary.csv: belongs to the results in " + results
                        + ", so it cannot be written; the name of a page ends in .html",
                itsOwn.err().strip());
        assertEquals(
                "cannot write the page " + file.resolve("page.html")
                        + ": a part of its path is a file, not a directory",
                below.err().strip());
    }

    @Test
    void reportShowsRunsSideBySide() throws IOException {
        final Path older = run("old", "route", 1_000, 48);
        final Path newer = run("new", "route", 2_000, 48);
        final Path page = directory.resolve("page.html");

        final Terminal.Outcome outcome =
                Terminal.run(jar, null, "report", older.toString(), newer.toString(), "--out", page.toString());

        assertEquals(ExitStatus.PASSED, outcome.status(), outcome.err());
        final String html = Files.readString(page);
        assertTrue(html.contains("RouteBenchmark") && html.contains("2,000 ops/s") && html.contains("1,000 ops/s"));
        assertFalse(html.contains("failed"), html);
    }

    @Test
    void reportSaysWhatFailedInWhichRun() throws IOException {
        final String older = run("old", "route", 1_000, 48).toString();
        final String newer = runAll("half", "copy").toString();
        final String page = directory.resolve("page.html").toString();

        for (final List<String> runs : List.of(List.of(newer), List.of(older, newer))) {
            final List<String> arguments = new ArrayList<>(List.of("report", "--out", page));
            arguments.addAll(runs);
            final Terminal.Outcome outcome = Terminal.run(jar, null, arguments.toArray(new String[0]));

            assertEquals(ExitStatus.PASSED, outcome.status(), outcome.err());
            final String html = Files.readString(Path.of(page));
            assertTrue(html.contains("A benchmark failed") && html.contains("half: 1 benchmark failed"), html);
            assertTrue(html.contains("RouteBenchmark.copy(way=near)"), html);
            assertTrue(html.contains("matches: expected=2, actual=1"), html);
        }
    }
}
