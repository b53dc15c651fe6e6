package io.eventrouter.loadgen.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.loadgen.ExitStatus;
import io.eventrouter.loadgen.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadReportTest {
    @TempDir
    private Path directory;

    @Test
    void showsARunWithItsVerdictPercentilesCourseOperationsAndEnvironment() throws IOException {
        final Path run = SampleResults.run(directory.resolve("run"), "thermostats", 200_000, 1);

        final String page = report(run);

        assertContains(page, "Load report: thermostats");
        assertContains(page, "Objective met</p><p>p99.9 was 412\u00a0µs, within the limit of 1\u00a0ms.");
        assertContains(page, "<dt>Events offered</dt><dd><strong>200k/s</strong>");
        assertContains(page, "\"scale\":\"percentile\"");
        assertContains(page, "Where the time goes");
        assertContains(page, "\"label\":\"objective: p99.9 at most 1\u00a0ms\",\"at\":1000000");
        assertContains(page, "\"moments\":[{\"label\":\"bursts\",\"at\":30.0}]");
        assertContains(page, "By account and cause");
        assertContains(page, "of these, offline</th><td class=\"number\">500<");
        assertContains(page, "-Xmx4g -XX:+UseParallelGC");
        assertContains(page, "467a7f0");
        assertContains(page, "&lt;script&gt;alert(1)&lt;/script&gt; user:597771d1f92bae142dbb7559");
        assertFalse(page.contains(SampleResults.HOSTILE));
    }

    @Test
    void readsPercentilesInNanosecondsWithoutTheGreatestValue() {
        final Path run = SampleResults.run(directory.resolve("run"), "thermostats", 200_000, 1);

        final PercentileCurve curve = PercentileCurve.read(run.resolve("latency-all.hgrm"));

        final LatencySummary summary =
                ReportedRun.read(run, "run", "run").latencies().get(LatencyKind.ALL);
        final int median = Arrays.binarySearch(curve.percentiles(), 50);
        assertEquals(summary.p50Ns(), curve.valuesNs()[median], summary.p50Ns() * 0.002);
        assertTrue(curve.percentiles()[curve.percentiles().length - 1] < 100);
    }

    @Test
    void leavesOutALastSecondThatIsNotWhole() throws IOException {
        final Path run = SampleResults.run(directory.resolve("run"), "thermostats", 200_000, 1);

        final String page = report(run);

        assertContains(page, ",58,59],\"ys\"");
        assertFalse(page.contains(",59,60],\"ys\""));
    }

    @Test
    void comparesRunsSideBySide() throws IOException {
        final Path before = SampleResults.run(directory.resolve("before"), "thermostats", 200_000, 1);
        final Path after = SampleResults.run(directory.resolve("after"), "thermostats", 200_000, 3);

        final String page = report(before, after);

        assertContains(page, "before: Objective met");
        assertContains(page, "after: Objective not met");
        assertContains(page, "p99.9 was 1.83 ms, above the limit of 1 ms.");
        assertContains(page, ">before</th><th scope=\"col\" class=\"number\">after</th>");
        assertContains(page, "\"series\":[{\"name\":\"before\"");
        assertFalse(page.contains("Not measured alike"));
    }

    @Test
    void saysThatMachinesDiffer() throws IOException {
        final Path here = SampleResults.run(directory.resolve("here"), "thermostats", 200_000, 1);
        final Path there = SampleResults.run(directory.resolve("there"), "sandbox", 200_000, 1);
        replace(there.resolve("run.json"), "AMD EPYC 9B14", "Intel Xeon");

        assertContains(report(here, there), "The results differ in CPU, so differences between them");
    }

    @Test
    void showsTheStepsOfASearchAndItsLastConfirmingRun() throws IOException {
        final Path search = SampleResults.search(directory.resolve("search"), "thermostats");

        final String page = report(search);

        assertContains(page, "1.9M/s held");
        assertContains(page, "1,900,000 events a second held p99.9 under 1 ms for 20 s; 2,000,000 did not.");
        assertContains(page, "{\"name\":\"did not hold\",\"tone\":\"bad\",\"xs\":[6,7,8,9]");
        assertContains(page, "10 confirm</th>");
        assertContains(page, "Confirming run: latency by percentile");
        assertContains(page, "\"ys\":[1900000,");
    }

    @Test
    void drawsTheCostCurvesOfSweeps() throws IOException {
        final Path one = SampleResults.sweep(directory.resolve("one"), "unclaimed-fleet", 1);
        final Path other = SampleResults.sweep(directory.resolve("other"), "claimed-fleet", 2);

        final String page = report(one, other);

        assertContains(page, "How cost grows with devices");
        assertContains(
                page,
                "From 1,000 to 10,000,000 (devices), an event came to cost 6× as much: 80\u00a0ns, then 480\u00a0ns.");
        assertContains(page, "{\"name\":\"claimed-fleet\",\"xs\":[1000,10000,100000,1000000,10000000],\"ys\":[160,");
        assertContains(page, "No rate held.");
    }

    @Test
    void showsAnInterruptedRunWithoutDeliveries() throws IOException {
        final Path run = SampleResults.run(directory.resolve("run"), "thermostats", 200_000, 1);
        replace(run.resolve("run.json"), "\"ended\": \"complete\"", "\"ended\": \"interrupted\"");
        replace(run.resolve("run.json"), "\"count\": 200000", "\"count\": 0");
        Files.writeString(
                run.resolve("series.csv"),
                Files.readAllLines(run.resolve("series.csv")).get(0) + "\n");
        Files.writeString(run.resolve("accounts.csv"), "account,publish,subscribe,total\n");

        assertContains(report(run), "The run ended early (interrupted)");
    }

    @Test
    void refusesWhatIsNoResult() throws IOException {
        final Path empty = Files.createDirectory(directory.resolve("empty"));
        final Path file = Files.createFile(directory.resolve("file"));

        assertRefused(directory.resolve("none") + ": no such directory", directory.resolve("none"));
        assertRefused(file + ": must be the directory of a run, search or sweep, not a file", file);
        assertRefused(
                empty + ": holds no result of loadgen, none of run.json, search.json, sweep.json is in it", empty);
    }

    @Test
    void aFileOfAResultIsNotReplacedByThePageAboutIt() throws IOException {
        final Path run = SampleResults.run(directory.resolve("run"), "thermostats", 200_000, 1);
        final Path file = run.resolve("run.json");
        final String before = Files.readString(file);

        final Shell.Outcome outcome = Shell.run("report", run.toString(), "--out", file.toString());

        assertEquals(2, outcome.status());
        assertEquals(
                file + ": belongs to the results in " + run
                        + ", so it cannot be written; the name of a page ends in .html",
                outcome.err().strip());
        assertEquals(before, Files.readString(file));
        final String page = run.resolve("report.html").toString();
        assertEquals(0, Shell.run("report", run.toString(), "--out", page).status());
        assertEquals(0, Shell.run("report", run.toString(), "--out", page).status());
    }

    @Test
    void refusesAMissingFile() throws IOException {
        for (final String name : List.of("series.csv", "accounts.csv", "latency-device.hgrm")) {
            final Path run = SampleResults.run(directory.resolve(name + "-run"), "thermostats", 200_000, 1);
            Files.delete(run.resolve(name));

            assertRefused(run.resolve(name) + ": no such file", run);
        }
    }

    @Test
    void namesFileAndLineOfWhatIsWrong() throws IOException {
        assertMistake("run.json", "\"format\": 1", "\"format\": 2", ":1: format: must be 1, the one that");
        assertMistake("run.json", "\"refused\": 100,", "", ":12: events.refused: is missing");
        assertMistake("run.json", "\"p50_ns\": 2", "\"p50_ns\": \"x2", ": not readable as JSON: ");
        assertMistake(
                "run.json", "\"verdict\": \"met\"", "\"verdict\": \"fine\"", "verdict: must be one of met, not-met");
        assertMistake("run.json", "2026-11-25T", "yesterday ", ": started_at: must be a time of ISO 8601");
        assertMistake("series.csv", "\n7,", "\n7,8,", ":9: must have as many cells as the header: cells=21, header=20");
        assertMistake("series.csv", "\n7,", "\nx,", ":9: second must be a number: value=\"x\"");
        assertMistake("series.csv", ",p99_ns,", ",p98_ns,", ":1: column p99_ns is missing");
        assertMistake("accounts.csv", "1200000", "many", ":2: publish must be a number: value=\"many\"");
        assertMistake("latency-all.hgrm", "Value", "Worth", ": is no percentile output of HdrHistogram");
        assertMistake("latency-all.hgrm", " 0.5000", " 1.5000", ": percentile must be in [0, 1]: value=\"1.5000");
    }

    @Test
    void writesNothingWhenSomethingIsWrong() throws IOException {
        final Path run = SampleResults.run(directory.resolve("run"), "thermostats", 200_000, 1);
        Files.delete(run.resolve("series.csv"));
        final Path page = Files.writeString(directory.resolve("page.html"), "as it was");

        Shell.run("report", run.toString(), "--out", page.toString());

        assertEquals("as it was", Files.readString(page));
    }

    @Test
    void refusesAPlaceThatCannotBeWritten() {
        final Path run = SampleResults.run(directory.resolve("run"), "thermostats", 200_000, 1);

        final Shell.Outcome outcome = Shell.run("report", run.toString(), "--out", directory + "/no/where.html");

        assertEquals(ExitStatus.BAD_INPUT, outcome.status());
        assertEquals(directory + "/no/where.html: cannot be written: there is no such directory\n", outcome.err());
    }

    private String report(final Path... results) throws IOException {
        final Path page = directory.resolve("page.html");
        final List<String> arguments = new ArrayList<>(List.of("report", "--out", page.toString()));
        for (final Path result : results) {
            arguments.add(result.toString());
        }
        final Shell.Outcome outcome = Shell.run(arguments.toArray(new String[0]));
        assertEquals("", outcome.err());
        assertEquals(ExitStatus.FINE, outcome.status());
        return Files.readString(page);
    }

    private void assertMistake(final String file, final String correct, final String wrong, final String complaint)
            throws IOException {
        final Path run = SampleResults.run(directory.resolve("run"), "thermostats", 200_000, 1);
        replace(run.resolve(file), correct, wrong);

        final Shell.Outcome outcome = Shell.run("report", run.toString(), "--out", directory + "/page.html");

        assertEquals(ExitStatus.BAD_INPUT, outcome.status(), outcome.err());
        assertTrue(outcome.err().startsWith(run.resolve(file) + ":"), outcome.err());
        assertTrue(outcome.err().contains(complaint), outcome.err());
        assertEquals(1, outcome.err().lines().count());
    }

    private void assertRefused(final String complaint, final Path result) {
        final Shell.Outcome outcome = Shell.run("report", result.toString(), "--out", directory + "/page.html");
        assertEquals(ExitStatus.BAD_INPUT, outcome.status());
        assertEquals(complaint + "\n", outcome.err());
    }

    private static void replace(final Path file, final String correct, final String wrong) throws IOException {
        final String content = Files.readString(file);
        assertTrue(content.contains(correct), file + " holds no " + correct);
        Files.writeString(file, content.replace(correct, wrong));
    }

    private static void assertContains(final String page, final String wanted) {
        assertTrue(page.contains(wanted), () -> "is not in the page: " + wanted);
    }
}
