package io.eventrouter.loadgen.output;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.eventrouter.loadgen.ExitStatus;
import io.eventrouter.loadgen.Shell;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs({OS.LINUX, OS.MAC})
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class StandardOutputTest {
    private static final Path FULL_DEVICE = Path.of("/dev/full");

    @Test
    void whatIsPrintedAndLostIsAFailure() throws IOException, InterruptedException {
        assumeTrue(Files.exists(FULL_DEVICE), "this system has no device that is always full");
        final Process process = new ProcessBuilder(Shell.command("scenarios"))
                .redirectOutput(FULL_DEVICE.toFile())
                .start();
        final String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals("the standard output cannot be written: No space left on device\n", err);
        assertEquals(ExitStatus.FAILED, process.waitFor());
    }

    @Test
    void readerThatHasSeenEnoughIsNone() throws IOException, InterruptedException {
        final Process process = new ProcessBuilder(Shell.command("scenarios")).start();
        process.getInputStream().close();
        final String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals("", err);
        assertEquals(ExitStatus.FINE, process.waitFor());
    }
}
