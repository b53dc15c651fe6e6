package io.eventrouter.loadgen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The program where there is room for a part of what it writes. A limit on the length of files stands for a full disk. */
@EnabledOnOs({OS.LINUX, OS.MAC})
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class FullDiskTest {
    private static final String SOME_ROOM = "ulimit -f 8 && exec \"$@\"";
    private static final String TOO_LARGE = ": cannot be written: File too large";

    @TempDir
    private Path directory;

    private Workspace workspace;

    @BeforeEach
    void writeInputs() {
        final String line = "{\"name\":\"t\",\"data\":\"1\",\"coreid\":\"" + SmallFleet.DEVICE + "\"}";
        workspace = new Workspace(directory)
                .with(SmallFleet.JSON, Collections.nCopies(1_000, line).toArray(new String[0]));
    }

    @Test
    void pageIsWholeOrAsItWas() throws IOException, InterruptedException {
        final Path results = directory.resolve("results");
        // Whether the load held is no matter here.
        Shell.run(
                "run",
                "developer-sandbox",
                "--rate",
                "10/s",
                "--duration",
                "1s",
                "--warm-up",
                "0s",
                "--ceiling",
                "0s",
                "--out",
                results.toString());
        final Path page = Files.writeString(directory.resolve("page.html"), "as it was");

        final Process process = startWithSomeRoom("report", results.toString(), "--out", page.toString());

        assertEquals(page + TOO_LARGE + "\n", err(process));
        assertEquals(ExitStatus.FAILED, process.waitFor());
        assertEquals("as it was", Files.readString(page));
        try (Stream<Path> files = Files.list(directory)) {
            assertTrue(files.noneMatch(file -> file.toString().contains("unfinished")));
        }
    }

    @Test
    void deliveriesAndUsageAreWholeOrNotThere() throws IOException, InterruptedException {
        final Process process = startWithSomeRoom(Shell.replayArguments(workspace));

        assertEquals(workspace.deliveries() + TOO_LARGE + "\n", err(process));
        assertEquals(ExitStatus.FAILED, process.waitFor());
        assertFalse(Files.exists(workspace.deliveries()));
        assertFalse(Files.exists(workspace.usage()));
    }

    private static Process startWithSomeRoom(final String... arguments) throws IOException {
        final List<String> command = new ArrayList<>(List.of("sh", "-c", SOME_ROOM, "sh"));
        command.addAll(Shell.command(arguments));
        // The JVM's own files would not fit.
        command.add(command.indexOf("-cp"), "-XX:-UsePerfData");
        return new ProcessBuilder(command).start();
    }

    private static String err(final Process process) throws IOException {
        return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
    }
}
