package io.eventrouter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Coverage-guided fuzzing with Jazzer, in a JVM of its own: choices that lead somewhere new are kept and changed
 * further. {@code fuzz.seconds} says for how long.
 */
@Tag("fuzz")
@Timeout(7_000)
class FuzzTest {
    private static final long SECONDS = Long.getLong("fuzz.seconds", 300);
    private static final Pattern RUNS = Pattern.compile("Done (\\d+) runs");

    /** More than there are kept inputs; how many there is time for depends on the machine. */
    private static final long LEAST_RUNS = 1_000;

    @Test
    void shouldRefuseWhatIsWrongAndChangeNothing() throws IOException, InterruptedException {
        requireNoFindings(run(BadInputFuzz.class, SECONDS, KeptInputs.read("bad-input.txt")));
    }

    @Test
    void shouldYieldWhatWasAcknowledgedOrRefuseWhenFilesAreDamaged() throws IOException, InterruptedException {
        requireNoFindings(run(DamagedFilesFuzz.class, SECONDS, KeptInputs.read("damaged-files.txt")));
    }

    private static void requireNoFindings(final Run run) {
        assertEquals(0, run.status, run.output);
        final Matcher runs = RUNS.matcher(run.output);
        assertTrue(runs.find() && Long.parseLong(runs.group(1)) > LEAST_RUNS, run.output);
    }

    @Test
    void shouldFindAPlantedMistake() throws IOException, InterruptedException {
        final Run run = run(WeakTwinFuzz.class, 120, List.of());

        assertNotEquals(0, run.status, run.output);
        assertTrue(run.output.contains("AssertionError: planted"), run.output);
    }

    private record Run(int status, String output) {}

    private static Run run(final Class<?> target, final long seconds, final List<byte[]> keptInputs)
            throws IOException, InterruptedException {
        final Path directory = Path.of("target", "fuzz", target.getSimpleName());
        final Path corpus = Files.createDirectories(directory.resolve("corpus"));
        int number = 0;
        for (final byte[] kept : keptInputs) {
            Files.write(corpus.resolve("kept-" + number++), kept);
        }
        final List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                absolute(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))),
                "-Xmx1g",
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.getName(),
                "--instrumentation_includes=io.eventrouter.**",
                "-max_total_time=" + seconds,
                "-max_len=400",
                "-timeout=60",
                "-print_final_stats=1",
                corpus.toAbsolutePath().toString()));
        // What this JVM may look into, that one may as well.
        command.addAll(
                1,
                ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                        .filter(argument -> argument.startsWith("--add-"))
                        .toList());
        final File output = directory.resolve("output.txt").toFile();
        final Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        try {
            assertTrue(process.waitFor(seconds + 300, TimeUnit.SECONDS), "the fuzzer has ended");
        } finally {
            process.destroyForcibly();
        }
        return new Run(process.exitValue(), Files.readString(output.toPath()));
    }

    private static String absolute(final String classPath) {
        return Arrays.stream(classPath.split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
