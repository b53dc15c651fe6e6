package io.eventrouter.benchmarks.runner;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.eventrouter.benchmarks.runner.jmh.BenchmarkJar;
import io.eventrouter.benchmarks.runner.jmh.Trial;
import io.eventrouter.benchmarks.runner.profile.Profile;
import io.eventrouter.benchmarks.runner.profile.Profiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The jar that people run: its commands, and profiles that name benchmarks and parameters which it has. */
class BenchmarksJarIT {
    private static final Path JAR = Path.of("target", "benchmarks.jar");

    private static final Path FULL_DEVICE = Path.of("/dev/full");

    private record Outcome(int status, String out) {}

    private static List<String> command(final String... arguments) {
        final List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-jar", JAR.toString()));
        command.addAll(List.of(arguments));
        return command;
    }

    private static Outcome java(final String... arguments) throws IOException, InterruptedException {
        final Process process =
                new ProcessBuilder(command(arguments)).redirectErrorStream(true).start();
        final String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), out);
    }

    @Test
    void profilesNameBenchmarksAndParametersThatExist() {
        final BenchmarkJar jar = BenchmarkJar.open(JAR);
        for (final String name : Profiles.NAMES) {
            final List<String> trials =
                    jar.plan(Profiles.find(name)).stream().map(Trial::name).collect(Collectors.toList());

            assertFalse(trials.isEmpty(), name);
            assertEquals(trials.stream().distinct().toList(), trials, name + " measures something twice");
        }
    }

    @Test
    void fullProfileLeavesNoBenchmarkOut() {
        final BenchmarkJar jar = BenchmarkJar.open(JAR);
        final Profile full = Profiles.find("full");

        assertEquals(
                jar.parametersOfBenchmarks().keySet(),
                jar.plan(full).stream().map(Trial::benchmark).collect(Collectors.toSet()));
    }

    @Test
    void smokeProfileNeedsLessThanTwoMinutesOfIterations() {
        final List<Trial> trials = BenchmarkJar.open(JAR).plan(Profiles.find("smoke"));

        // JVMs and fleets take about as long again.
        assertTrue(trials.stream().mapToDouble(Trial::plannedSeconds).sum() < 60);
    }

    @Test
    void listsProfilesAndBenchmarks() throws Exception {
        final Outcome outcome = java("list");

        assertEquals(ExitStatus.PASSED, outcome.status, outcome.out);
        assertTrue(outcome.out.contains("smoke") && outcome.out.contains("WholePathBenchmark.publishOneAtATime"));
    }

    @Test
    void saysThatWhatItPrintedIsLost() throws Exception {
        assumeTrue(Files.exists(FULL_DEVICE), "this system has no device that is always full");
        final Process process = new ProcessBuilder(command("list"))
                .redirectOutput(FULL_DEVICE.toFile())
                .start();
        final String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals("the standard output cannot be written: No space left on device", err.strip());
        assertEquals(ExitStatus.USAGE, process.waitFor());
    }

    @Test
    void handsArgumentsOverToJmh() throws Exception {
        final Outcome outcome = java("jmh", "-l", "Matching");

        assertEquals(0, outcome.status, outcome.out);
        assertTrue(outcome.out.contains("io.eventrouter.benchmarks.MatchingBenchmark.matchOneScope"), outcome.out);
    }

    @Test
    void explainsTheCommandThatHandsOverToJmh() throws Exception {
        final Outcome outcome = java("jmh", "--help");

        assertEquals(ExitStatus.PASSED, outcome.status, outcome.out);
        assertTrue(outcome.out.contains("jmh -h for JMH's own help"), outcome.out);
    }

    @Test
    void refusesWhatItDoesNotKnow() throws Exception {
        final Outcome outcome = java("run", "--profile", "smoke", "--ot", "x");

        assertEquals(ExitStatus.USAGE, outcome.status, outcome.out);
        assertTrue(outcome.out.contains("did you mean --out?"), outcome.out);
    }
}
