package io.eventrouter.loadgen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs({OS.LINUX, OS.MAC})
final class InterruptedRunTest {
    private static final int INTERRUPTED = 130;
    private static final String IGNORED_SIGNALS = "SigIgn:";
    private static final long SIGINT = 1 << 1;

    @TempDir
    private Path directory;

    @Test
    void whatRanIsWrittenAndReported() throws IOException, InterruptedException {
        assumeFalse(isInterruptIgnored(), "a job in the background of a shell, and all that it starts, ignores Ctrl-C");
        final Path results = directory.resolve("results");
        final Path printed = directory.resolve("printed");
        final Process process = start(
                printed,
                "run",
                PatientScenario.write(directory, "developer-sandbox").toString(),
                "--rate",
                "1k/s",
                "--duration",
                "1h",
                "--warm-up",
                "0s",
                "--ceiling",
                "0s",
                "--out",
                results.toString());
        // Whoever is not interrupted would run on and be waited for.
        CompletableFuture.delayedExecutor(3, TimeUnit.MINUTES).execute(process::destroyForcibly);
        try (BufferedReader progress = process.errorReader(StandardCharsets.UTF_8)) {
            String line = progress.readLine();
            while (line != null && !line.startsWith("2 s: ")) {
                line = progress.readLine();
            }
            assertTrue(process.isAlive(), "ended before it was interrupted: " + Files.readString(printed));
            assertEquals(
                    0,
                    new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                            .start()
                            .waitFor());
            while (line != null) {
                line = progress.readLine();
            }
            assertTrue(process.waitFor(1, TimeUnit.MINUTES));
        } finally {
            process.destroyForcibly();
        }

        assertEquals(INTERRUPTED, process.exitValue());
        assertTrue(
                Files.readString(printed).contains("Interrupted: this is what ran until then."),
                Files.readString(printed));
        assertTrue(Files.readString(results.resolve("run.json")).contains("\"ended\" : \"interrupted\""));
        // Two seconds at least were measured before, and the last line of the log is whole.
        final HistogramLogReader log =
                new HistogramLogReader(results.resolve("intervals.hlog").toFile());
        int intervals = 0;
        while (log.hasNext()) {
            assertFalse(log.nextIntervalHistogram().getTag().isEmpty());
            intervals++;
        }
        log.close();
        assertTrue(intervals >= 2, "intervals=" + intervals);
    }

    private static boolean isInterruptIgnored() throws IOException {
        final Path status = Path.of("/proc/self/status");
        return Files.exists(status)
                && Files.readAllLines(status).stream()
                        .filter(line -> line.startsWith(IGNORED_SIGNALS))
                        .map(line -> line.substring(IGNORED_SIGNALS.length()).trim())
                        .anyMatch(mask -> (Long.parseUnsignedLong(mask, 16) & SIGINT) != 0);
    }

    /** The program in a process of its own, with the libraries of this one. */
    private static Process start(final Path out, final String... arguments) throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> flag.startsWith("--add-") || flag.startsWith("--sun-misc-"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), LoadGenerator.class.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectOutput(out.toFile()).start();
    }
}
