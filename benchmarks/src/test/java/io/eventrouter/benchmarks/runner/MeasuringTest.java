package io.eventrouter.benchmarks.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.benchmarks.runner.jmh.JmhProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the command line through JMH's processes and back, with benchmarks that take no time. */
class MeasuringTest {
    private static final String PROFILE = """
            {"description": "test", "forks": 1, "warmup": {"iterations": 1, "seconds": 0.05},
             "measurement": {"iterations": 3, "seconds": 0.05}, "benchmarks": [
               {"benchmark": "RouteBenchmark.%s", "parameters": {"way": ["near"]},
                "atMost": {"gc.alloc.rate.norm": 1}}]}
            """;
    private static final String SIZES = """
            {"description": "test", "forks": 2, "warmup": {"iterations": 1, "seconds": 0.05},
             "measurement": {"iterations": 3, "seconds": 0.05}, "benchmarks": [
               {"benchmark": "RouteBenchmark.weigh", "parameters": {"way": ["near"]},
                "atMost": {"bytesPerDevice": 48}}]}
            """;
    private static final String IGNORE_LOCK = "jmh.ignoreLock";

    @TempDir
    private static Path jars;

    @TempDir
    private Path directory;

    private static Path allocatesNothing;
    private static Path allocates;

    @BeforeAll
    static void makeJars() throws IOException {
        allocatesNothing = BenchmarkJars.make(jars, "nothing", 0);
        allocates = BenchmarkJars.make(jars, "something", 64);
        // Figures do not matter here, so another JMH on the machine does not either.
        System.setProperty(IGNORE_LOCK, "true");
    }

    @AfterAll
    static void heedLock() {
        System.clearProperty(IGNORE_LOCK);
    }

    private String profile(final String method) throws IOException {
        final Path file = directory.resolve("mine.json");
        Files.writeString(file, PROFILE.formatted(method));
        return file.toString();
    }

    private Terminal.Outcome run(final Path jar, final String method) throws IOException {
        return runProfile(jar, profile(method));
    }

    private Terminal.Outcome runProfile(final Path jar, final String profile) {
        final String out = directory.resolve("results").toString();
        return Terminal.run(jar, new JmhProcess(), "run", "--profile", profile, "--out", out);
    }

    @Test
    void benchmarkWithinItsLimitPasses() throws IOException {
        final Terminal.Outcome outcome = run(allocatesNothing, "copy");

        assertEquals(ExitStatus.PASSED, outcome.status(), outcome.out() + outcome.err());
        assertTrue(Files.readString(directory.resolve("results").resolve("log.txt"))
                .contains("Iteration   3"));
    }

    @Test
    void plantedAllocationIsCaught() throws IOException {
        final Terminal.Outcome outcome = run(allocates, "copy");

        assertEquals(ExitStatus.REGRESSION, outcome.status(), outcome.out() + outcome.err());
        assertTrue(outcome.out().contains("FAILED: gc.alloc.rate.norm is 80.0"), outcome.out());
    }

    @Test
    void sizesDoNotGrowWithIterationsAndJvms() throws IOException {
        final Path file = directory.resolve("sizes.json");
        Files.writeString(file, SIZES);

        final Terminal.Outcome outcome = runProfile(allocatesNothing, file.toString());

        assertEquals(ExitStatus.PASSED, outcome.status(), outcome.out() + outcome.err());
        assertTrue(
                Files.readAllLines(directory.resolve("results").resolve("summary.csv"))
                        .contains("RouteBenchmark.weigh,way=near,ss,bytesPerDevice,48.0,,#,6"),
                outcome.out());
    }

    @Test
    void plantedAllocationIsCaughtBesideAnotherJar() throws IOException {
        final Terminal.Outcome outcome = Terminal.run(
                allocates,
                new JmhProcess(),
                "ab",
                "--baseline",
                allocatesNothing.toString(),
                "--candidate",
                allocates.toString(),
                "--profile",
                profile("copy"),
                "--out",
                directory.resolve("results").toString());

        assertEquals(ExitStatus.REGRESSION, outcome.status(), outcome.out() + outcome.err());
        assertTrue(outcome.out().contains("2 of 2 limits exceeded"), outcome.out());
    }

    @Test
    void benchmarkThatThrowsIsAFailureWithItsOwnWords() throws IOException {
        final Terminal.Outcome outcome = run(allocatesNothing, "lose");

        assertEquals(ExitStatus.BENCHMARK_FAILED, outcome.status(), outcome.out() + outcome.err());
        assertTrue(
                outcome.out().contains("java.lang.IllegalStateException: matches: expected=2, actual=1"),
                outcome.out());
    }
}
