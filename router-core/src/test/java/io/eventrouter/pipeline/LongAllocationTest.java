package io.eventrouter.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Nothing is allocated for an event, over so many events that a byte for each could not hide. */
@Tag("limits")
@Timeout(900)
class LongAllocationTest {
    private static final int WARM_UP_EVENTS = 1_000_000;
    private static final int EVENTS = 10_000_000;
    private static final int EVENTS_WITHOUT_COLLECTOR = 100_000_000;

    // What the JVM itself charges to a thread while it compiles or deoptimizes.
    private static final long MAX_BYTES = 64 * 1_024;

    @Test
    void shouldAllocateNothingOnTheRoutingThread() {
        final com.sun.management.ThreadMXBean threads =
                (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        try (LongRun run = new LongRun()) {
            run.publish(WARM_UP_EVENTS);
            final long thread = run.routingThread().getId();
            final long deliveries = run.deliveries();

            final long before = threads.getThreadAllocatedBytes(thread);
            run.publish(EVENTS);
            final long allocated = threads.getThreadAllocatedBytes(thread) - before;

            System.out.println("routing thread: events=" + EVENTS + ", allocated=" + allocated + " bytes");
            assertEquals(2L * EVENTS, run.deliveries() - deliveries, "a device and a stream each");
            assertTrue(allocated <= MAX_BYTES, "allocated=" + allocated);
        }
    }

    /** A heap of 64 MiB that is never collected: less than a byte for each event. */
    @Test
    void shouldNeedNoCollector() throws IOException, InterruptedException {
        final String output = runWithoutCollector(LongRun.class, EVENTS_WITHOUT_COLLECTOR);

        assertTrue(output.contains("deliveries=" + 2L * EVENTS_WITHOUT_COLLECTOR), output);
    }

    @Test
    void shouldRunOutOfHeapWhenAnEventAllocates() throws IOException, InterruptedException {
        final String output = runWithoutCollector(Allocating.class, EVENTS_WITHOUT_COLLECTOR);

        assertTrue(output.contains("OutOfMemoryError"), output);
    }

    /** A mistake: one object for every tenth event. */
    static final class Allocating {
        private static Object last;

        private Allocating() {}

        /** Run in a JVM of its own. */
        public static void main(final String[] arguments) {
            for (int i = 0; i < Integer.parseInt(arguments[0]); i += 10) {
                last = new long[1];
            }
            System.out.println("deliveries=" + 2L * Integer.parseInt(arguments[0]) + last);
        }
    }

    private static String runWithoutCollector(final Class<?> main, final int events)
            throws IOException, InterruptedException {
        final Path output = Files.createTempFile("long-run", ".txt");
        final List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UnlockExperimentalVMOptions",
                "-XX:+UseEpsilonGC",
                "-Xms64m",
                "-Xmx64m",
                "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                "-cp",
                absolute(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))),
                main.getName(),
                "" + events));
        final Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            assertTrue(process.waitFor(10, TimeUnit.MINUTES), "the run has ended");
            return Files.readString(output);
        } finally {
            process.destroyForcibly();
            Files.delete(output);
        }
    }

    private static String absolute(final String classPath) {
        return Arrays.stream(classPath.split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
