package io.eventrouter.crash;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A router that is killed has kept what it acknowledged: a few cycles of {@link CrashTierTest}. */
@Timeout(600)
class CrashTest {
    private static final long SEED = Long.getLong("router.crash.seed", 1);

    @Test
    void shouldKeepWhatWasAcknowledged(@TempDir final Path directory, final TestReporter reporter) throws Exception {
        final CrashCycles cycles = new CrashCycles(directory, SEED);
        cycles.killAtRandom(2);
        cycles.killAt(CrashPoint.IN_THE_MIDDLE_OF_WRITING_RECORDS, 20);
        cycles.killAt(CrashPoint.BEHIND_MAKING_A_SEGMENT, 1);
        cycles.stopAndContinue();
        reporter.publishEntry("crashes", cycles.report());
    }
}
