package io.eventrouter.benchmarks.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.benchmarks.runner.jmh.JmhProcess;
import io.eventrouter.benchmarks.runner.jmh.TrialRunner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The program in a process of its own that is told to end while JMH measures, or just before JMH is started. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class InterruptedMeasuringTest {
    private static final int ENDED_BY_SIGTERM = 143;
    private static final long LONGEST_WAIT_SECONDS = 60;
    // The second benchmark takes ten minutes, unless it is stopped.
    private static final String PROFILE = """
            {"description": "test", "forks": 1, "warmup": {"iterations": 0, "seconds": 0.05},
             "measurement": {"iterations": 1, "seconds": 0.05}, "benchmarks": [
               {"benchmark": "RouteBenchmark.route", "parameters": {"way": ["near"]}},
               {"benchmark": "RouteBenchmark.copy", "parameters": {"way": ["near"]},
                "measurement": {"iterations": 1, "seconds": 600}},
               {"benchmark": "RouteBenchmark.route", "parameters": {"way": ["far"]}}]}
            """;

    @TempDir
    private static Path jars;

    @TempDir
    private Path directory;

    private static Path jar;

    @BeforeAll
    static void makeJar() throws IOException {
        jar = BenchmarkJars.make(jars, "router", 0);
    }

    @AfterEach
    void endWhatShouldHaveEnded() {
        measuring().forEach(ProcessHandle::destroyForcibly);
    }

    /** Measures with JMH, as the program does. */
    static final class Measuring {
        private Measuring() {}

        /** The jar, and the arguments of the program. */
        public static void main(final String[] arguments) {
            System.exit(Benchmarks.run(Path.of(arguments[0]), new JmhProcess(), rest(arguments)));
        }
    }

    /** Is told to end after it made its last check, and before it starts JMH. */
    static final class EndingMeasuring {
        private EndingMeasuring() {}

        /** The jar, and the arguments of the program. */
        public static void main(final String[] arguments) {
            final CountDownLatch started = new CountDownLatch(1);
            final TrialRunner late = (ownJar, trial, results, log) -> {
                Runtime.getRuntime().addShutdownHook(new Thread(() -> await(started)));
                new Thread(() -> System.exit(ENDED_BY_SIGTERM)).start();
                while (!isEnding()) {
                    Thread.onSpinWait();
                }
                try {
                    return new JmhProcess().run(ownJar, trial, results, log);
                } finally {
                    started.countDown();
                }
            };
            System.exit(Benchmarks.run(Path.of(arguments[0]), late, rest(arguments)));
        }

        private static boolean isEnding() {
            final Thread hook = new Thread(() -> {});
            try {
                Runtime.getRuntime().addShutdownHook(hook);
                Runtime.getRuntime().removeShutdownHook(hook);
                return false;
            } catch (final IllegalStateException e) {
                return true;
            }
        }

        private static void await(final CountDownLatch latch) {
            try {
                latch.await(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
            } catch (final InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static String[] rest(final String[] arguments) {
        return Arrays.copyOfRange(arguments, 1, arguments.length);
    }

    @Test
    void whatWasMeasuredIsWrittenAndNothingRunsOn() throws IOException, InterruptedException {
        final Process process = start(Measuring.class);
        final Path log = directory.resolve("results").resolve("log.txt");
        awaitText(process, log, "Iteration   1: ", 2);

        process.destroy();
        assertTrue(process.waitFor(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS));

        assertEquals(ENDED_BY_SIGTERM, process.exitValue(), printed());
        assertTrue(printed().contains("interrupted: 1 of 3 benchmarks were done"), printed());
        final String cases = Files.readString(directory.resolve("results").resolve("junit.xml"));
        assertTrue(cases.contains("tests=\"3\" failures=\"0\" errors=\"2\""), cases);
        assertNothingIsMeasuring();
    }

    @Test
    void processThatStartsWhileTheProgramEndsIsStopped() throws IOException, InterruptedException {
        final Process process = start(EndingMeasuring.class);

        assertTrue(process.waitFor(2 * LONGEST_WAIT_SECONDS, TimeUnit.SECONDS));

        assertNothingIsMeasuring();
        assertEquals(ENDED_BY_SIGTERM, process.exitValue(), printed());
        assertTrue(printed().contains("interrupted: 0 of 3 benchmarks were done"), printed());
    }

    private Process start(final Class<?> program) throws IOException {
        final Path profile = Files.writeString(directory.resolve("mine.json"), PROFILE);
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Djmh.ignoreLock=true", "-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(program.getName(), jar.toString(), "run", "--profile", profile.toString()));
        command.addAll(List.of("--out", directory.resolve("results").toString()));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("printed.txt").toFile())
                .start();
    }

    private String printed() throws IOException {
        return Files.readString(directory.resolve("printed.txt"));
    }

    private void awaitText(final Process process, final Path file, final String text, final int times)
            throws IOException, InterruptedException {
        while (!Files.exists(file) || Files.readString(file).split(text, -1).length <= times) {
            assertTrue(process.isAlive(), () -> "ended before it was told to: " + directory.resolve("printed.txt"));
            Thread.sleep(10);
        }
    }

    private static List<ProcessHandle> measuring() {
        return ProcessHandle.allProcesses()
                .filter(process -> process.info().arguments().stream()
                        .flatMap(Arrays::stream)
                        .anyMatch(argument -> argument.equals(jar.toString())))
                .toList();
    }

    private static void assertNothingIsMeasuring() throws InterruptedException {
        final long startNs = System.nanoTime();
        while (!measuring().isEmpty() && System.nanoTime() - startNs < TimeUnit.SECONDS.toNanos(LONGEST_WAIT_SECONDS)) {
            Thread.sleep(10);
        }
        assertEquals(List.of(), measuring());
    }
}
