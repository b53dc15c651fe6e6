package io.eventrouter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.openjdk.jcstress.annotations.JCStressTest;

/** Runs all jcstress tests that one class holds, in JVMs of their own, and reads the verdicts. */
public final class JcstressRun {
    private static final Pattern VERDICT = Pattern.compile("\\[(OK|FAILED|ERROR|[A-Z ]+)] (\\S+)");
    private static final Pattern FORBIDDEN = Pattern.compile("\\s([1-9][0-9,]*)\\s+<?[0-9.]+%\\s+Forbidden");

    private JcstressRun() {}

    /**
     * Every test must hold in every configuration.
     *
     * @param container of the tests.
     * @param options of jcstress.
     */
    public static void holds(final Class<?> container, final String... options)
            throws IOException, InterruptedException {
        final String report = run(container, options);

        assertEquals(namesOf(container), verdicts(report, "OK"), report);
        assertEquals(0, FORBIDDEN.matcher(report).results().count(), report);
    }

    /**
     * Every test must fail in one configuration at least.
     *
     * @param container of the tests.
     * @param options of jcstress.
     */
    public static void fails(final Class<?> container, final String... options)
            throws IOException, InterruptedException {
        final String report = run(container, options);

        assertEquals(namesOf(container), verdicts(report, "FAILED"), report);
    }

    private static TreeSet<String> namesOf(final Class<?> container) {
        return Arrays.stream(container.getDeclaredClasses())
                .filter(nested -> nested.isAnnotationPresent(JCStressTest.class))
                .map(nested -> nested.getName().replace('$', '.'))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static TreeSet<String> verdicts(final String report, final String verdict) {
        final String results = report.substring(Math.max(0, report.indexOf("RUN RESULTS:")));
        final TreeSet<String> names = new TreeSet<>();
        for (final MatchResult line : VERDICT.matcher(results).results().toList()) {
            if (line.group(1).equals(verdict)) {
                names.add(line.group(2));
            }
        }
        return names;
    }

    // Rings are large for a state: few at a time.
    private static String run(final Class<?> container, final String... options)
            throws IOException, InterruptedException {
        final Path directory = Files.createDirectories(Path.of("target", "jcstress", container.getSimpleName()));
        final File output = directory.resolve("report.txt").toFile();
        final List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                absolute(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))),
                "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
                "org.openjdk.jcstress.Main",
                "-t",
                container.getName() + "\\.",
                "-v",
                "-sc",
                "false",
                "-f",
                "1",
                "-strideSize",
                "16",
                "-strideCount",
                "8",
                "-jvmArgsPrepend",
                "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED"));
        command.addAll(List.of(options));
        final Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        try {
            assertEquals(true, process.waitFor(25, TimeUnit.MINUTES), "jcstress has ended");
        } finally {
            process.destroyForcibly();
        }
        return Files.readString(output.toPath());
    }

    private static String absolute(final String classPath) {
        return Arrays.stream(classPath.split(File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
