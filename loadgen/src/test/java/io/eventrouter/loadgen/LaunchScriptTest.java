package io.eventrouter.loadgen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The script of the program, with a stand-in for Java that says what it was given. */
@EnabledOnOs(OS.LINUX)
class LaunchScriptTest {
    private record Outcome(int status, String out, String err) {}

    @TempDir
    private Path directory;

    private Path java;

    @BeforeEach
    void copyScript() throws IOException {
        final Path program = Files.createDirectories(directory.resolve("a project/loadgen"));
        for (final String file : new String[] {"loadgen", "launch.sh"}) {
            Files.copy(Path.of(file), program.resolve(file));
        }
        Files.createDirectories(program.resolve("target"));
        Files.writeString(program.resolve("target/loadgen.jar"), "newer than its sources");
        java = Files.createDirectories(directory.resolve("java/bin")).resolve("java");
        writeExecutable(
                java,
                "if [ \"$1\" = -version ]; then echo 'openjdk version \"17.0.1\"'; else echo \"LC_ALL=$LC_ALL\"; fi");
        writeExecutable(java.resolveSibling("javac"), "");
    }

    @Test
    void namesThatAreNotAsciiAreUnderstoodInTheLocaleOfAContainer() throws IOException, InterruptedException {
        assumeTrue(
                new ProcessBuilder("sh", "-c", "locale -a | grep -qix 'C\\.utf-*8'")
                                .start()
                                .waitFor()
                        == 0,
                "this system has no such locale");

        assertEquals("LC_ALL=C.UTF-8", run(Map.of()).out.strip());
        assertEquals("LC_ALL=C.UTF-8", run(Map.of("LC_ALL", "C")).out.strip());
        assertEquals("LC_ALL=C.UTF-8", run(Map.of("LANG", "POSIX")).out.strip());
        assertEquals("LC_ALL=", run(Map.of("LANG", "C.UTF-8")).out.strip());
    }

    @Test
    void saysWhatJavaSaidInsteadOfItsVersion() throws IOException, InterruptedException {
        writeExecutable(java, "echo 'no memory' >&2; exit 1");

        final Outcome outcome = run(Map.of());

        assertEquals(1, outcome.status);
        assertTrue(outcome.err.startsWith("no memory\nloadgen: could not read the version of " + java), outcome.err);
    }

    private Outcome run(final Map<String, String> locale) throws IOException, InterruptedException {
        final ProcessBuilder builder = new ProcessBuilder(
                "sh", directory.resolve("a project/loadgen/loadgen").toString(), "demo");
        builder.environment().keySet().removeIf(name -> name.equals("LANG") || name.startsWith("LC_"));
        builder.environment().putAll(locale);
        builder.environment().put("JAVA_HOME", directory.resolve("java").toString());
        final Process process = builder.start();
        final String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        final String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Outcome(process.waitFor(), out, err);
    }

    private static void writeExecutable(final Path file, final String script) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        assertTrue(file.toFile().setExecutable(true));
    }
}
