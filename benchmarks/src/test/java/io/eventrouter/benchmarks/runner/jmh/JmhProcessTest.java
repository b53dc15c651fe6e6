package io.eventrouter.benchmarks.runner.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.eventrouter.benchmarks.runner.profile.Iterations;
import io.eventrouter.loadgen.input.FileComplaint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class JmhProcessTest {
    private static final Path FULL_DEVICE = Path.of("/dev/full");

    @Test
    void namesTheLogThatCannotBeWritten() {
        assumeTrue(Files.exists(FULL_DEVICE), "this system has no device that is always full");
        final Iterations iterations = new Iterations(1, 0.1);
        final Trial trial = new Trial("a.RouteBenchmark.route", new TreeMap<>(), 1, iterations, iterations, null);

        final IOException complaint = assertThrows(
                IOException.class,
                () -> new JmhProcess().run(Path.of("none.jar"), trial, Path.of("none.json"), FULL_DEVICE));

        assertEquals("full: No space left on device", FileComplaint.describeInside(complaint));
    }
}
