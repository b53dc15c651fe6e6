package io.eventrouter.benchmarks.runner.jmh;

import io.eventrouter.benchmarks.runner.profile.Iterations;
import io.eventrouter.loadgen.input.FileComplaint;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Runs JMH's own main class of a jar in a process of its own, with the Java that runs this program. So any jar of JMH
 * benchmarks can be measured, whatever its version.
 */
public final class JmhProcess implements TrialRunner {
    private static final String JMH_PROPERTIES = "jmh.";
    private static final String TRIAL_MARK = "== ";
    private static final int ENDED_BY_SIGNAL = 128;
    private static final long SIGNAL_DELAY_MS = 1_000;
    private static final long STOPPING_SECONDS = 10;

    /** Stateless; processes of several may not overlap, for the sake of the figures. */
    public JmhProcess() {}

    @Override
    public Outcome run(final Path jar, final Trial trial, final Path results, final Path log)
            throws IOException, InterruptedException {
        final List<String> command = command(jar, trial, results);
        begin(log, TRIAL_MARK + trial.name() + "\n" + String.join(" ", command) + "\n");
        final int status = await(new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start());
        if (status > ENDED_BY_SIGNAL) {
            // Ctrl-C ends it as well as this process, which may hear of it later.
            Thread.sleep(SIGNAL_DELAY_MS);
        }
        if (status != 0 || !Files.exists(results)) {
            return new Outcome(List.of(), firstComplaint(log));
        }
        final List<Measurement> measurements = JmhResults.read(results);
        return measurements.isEmpty()
                ? new Outcome(List.of(), "JMH measured nothing, see " + log)
                : new Outcome(measurements, null);
    }

    private static void begin(final Path log, final String text) throws IOException {
        try {
            Files.writeString(log, text, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (final IOException e) {
            throw FileComplaint.naming(log, e);
        }
    }

    private static List<String> command(final Path jar, final Trial trial, final Path results) {
        final List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        // Such as jmh.ignoreLock, for whoever knows better than JMH that nothing else is measured.
        System.getProperties().stringPropertyNames().stream()
                .filter(name -> name.startsWith(JMH_PROPERTIES))
                .sorted()
                .forEach(name -> command.add("-D" + name + "=" + System.getProperty(name)));
        command.addAll(List.of("-cp", jar.toString(), "org.openjdk.jmh.Main"));
        command.add("^" + Pattern.quote(trial.benchmark()) + "$");
        trial.parameters().forEach((name, value) -> command.addAll(List.of("-p", name + "=" + value)));
        command.addAll(List.of("-f", Integer.toString(trial.forks())));
        addIterations(command, "-wi", "-w", trial.warmup());
        addIterations(command, "-i", "-r", trial.measurement());
        // A failed benchmark must not pass for one that was not asked for.
        command.addAll(List.of("-prof", "gc", "-foe", "true", "-rf", "json", "-rff", results.toString()));
        return command;
    }

    private static void addIterations(
            final List<String> command, final String count, final String time, final Iterations iterations) {
        command.addAll(List.of(count, Integer.toString(iterations.iterations())));
        command.addAll(List.of(time, String.format(Locale.ROOT, "%.0fms", iterations.seconds() * 1_000)));
    }

    private static int await(final Process process) throws InterruptedException {
        try {
            return process.waitFor();
        } catch (final InterruptedException e) {
            stop(process);
            throw e;
        }
    }

    // JMH itself first, so that it starts no other JVM when the one that measures is gone. Without JMH there is no way
    // from the process to those that it started, so they are remembered.
    private static void stop(final Process process) throws InterruptedException {
        final List<ProcessHandle> measuring =
                new ArrayList<>(process.descendants().toList());
        process.destroy();
        measuring.addAll(process.descendants().toList());
        measuring.forEach(ProcessHandle::destroy);
        if (!process.waitFor(STOPPING_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
    }

    // The first exception is the benchmark's own; JMH wraps it in others of its own and lists them below.
    private static String firstComplaint(final Path log) throws IOException {
        final List<String> lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8)
                .lines()
                .toList();
        final int begin = Math.max(0, lastIndexOf(lines, TRIAL_MARK));
        return lines.subList(begin, lines.size()).stream()
                        .filter(line -> line.matches("[\\w.$]+(Exception|Error)\\b.*|(ERROR|Error): .*"))
                        .filter(line -> !line.startsWith("org.openjdk.jmh."))
                        .findFirst()
                        .orElse("JMH failed")
                + " (see " + log.getFileName() + ")";
    }

    private static int lastIndexOf(final List<String> lines, final String start) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            if (lines.get(i).startsWith(start)) {
                return i;
            }
        }
        return -1;
    }
}
