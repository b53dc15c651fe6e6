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

/**
 * The program where there is room for a part of what it writes. A limit on the length of files stands for a full disk.
 */
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

    @Test
    void aSearchSaysWhatItFoundThoughNothingOfItCanBeWritten() throws IOException, InterruptedException {
        // At the highest rate that there is, so that a single trial ends the search.
        final Path scenario = Files.writeString(directory.resolve("small.yaml"), """
                accounts: [{name: acme}]
                products: [{name: p, account: acme}]
                devices: [{name: d, count: 20, product: p, subscriptions: [x], publishes: [{name: x, every: 1s}]}]
                load: {warm-up: 0s, max-lag: 1h}
                objective: {p99: 1h, refused: 100%}
                search: {from: 1G/s, trial: 20us, confirm: 20us}
                """);
        final Path results = directory.resolve("results");

        final Process process = startWithSomeRoom(
                "search", scenario.toString(), "--ceiling", "0s", "--quiet", "--out", results.toString());

        final String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertTrue(out.contains("1,000,000,000 events/s held the objective, and did so in a longer run"), out);
        final String cannot = ": results cannot be written: ";
        final String[] complaints = err(process).split("\n");
        assertTrue(complaints[0].startsWith(results.resolve("confirm") + cannot), complaints[0]);
        assertTrue(complaints[0].endsWith(": File too large"), complaints[0]);
        assertEquals(ExitStatus.FAILED, process.waitFor());
        assertFalse(Files.exists(results.resolve("confirm").resolve("run.json")));
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
