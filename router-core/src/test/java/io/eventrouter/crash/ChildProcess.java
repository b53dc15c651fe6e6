package io.eventrouter.crash;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A router in a process of its own, which can be killed; and the lines that it has written. */
final class ChildProcess implements AutoCloseable {
    private static final long WATCHDOG_SECONDS = 120;
    private static final String END = "";

    private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();
    private final Process process;

    private ChildProcess(final Process process) {
        this.process = process;
        final Thread reader = new Thread(this::read, "crash-child-reader");
        reader.setDaemon(true);
        reader.start();
    }

    static ChildProcess start(final Path directory, final Path errors, final long seed, final String... more)
            throws IOException {
        final List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-"))
                .forEach(command::add);
        // Starts fast and leaves the machine to others: the child lives for less than a second.
        command.addAll(List.of("-Xmx128m", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), CrashChild.class.getName()));
        command.addAll(List.of(directory.toString(), Long.toString(seed)));
        command.addAll(List.of(more));
        return new ChildProcess(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()))
                .start());
    }

    private void read() {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            // A line that was cut off by the kill has no end, and is not told.
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(line);
            }
        } catch (final IOException problem) {
            throw new UncheckedIOException(problem);
        } finally {
            lines.add(END);
        }
    }

    /** The next line, or null behind the last. */
    String line() throws InterruptedException {
        final String line = lines.poll(WATCHDOG_SECONDS, TimeUnit.SECONDS);
        if (line == null) {
            process.destroyForcibly();
            fail("a child says nothing: pid=" + process.pid());
        }
        return line.equals(END) ? null : line;
    }

    /** SIGKILL; what the process has written can still be read, which {@link Process#destroyForcibly} would end. */
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        if (!process.waitFor(WATCHDOG_SECONDS, TimeUnit.SECONDS)) {
            fail("a child does not die: pid=" + process.pid());
        }
    }

    void signal(final String name) throws IOException, InterruptedException {
        final Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()))
                .inheritIO()
                .start();
        if (!kill.waitFor(WATCHDOG_SECONDS, TimeUnit.SECONDS) || kill.exitValue() != 0) {
            fail("kill -" + name + " failed: pid=" + process.pid());
        }
    }

    @Override
    public void close() {
        process.toHandle().destroyForcibly();
    }
}
