package io.eventrouter.crash;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** A router that is killed loses nothing that it has acknowledged: a few cycles of {@link CrashTierTest}. */
class CrashTest {
    @Test
    void shouldKeepWhatWasAcknowledged(@TempDir final Path directory, final TestReporter reporter) throws Exception {
        final CrashCycles cycles = new CrashCycles(directory, 1);
        cycles.run(5);
        reporter.publishEntry("crashes", cycles.report());
    }
}
