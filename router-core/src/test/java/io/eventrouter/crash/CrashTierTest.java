package io.eventrouter.crash;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A router that is killed again and again on one data directory, at random times and at every {@link CrashPoint}, has
 * kept what it acknowledged, and of what it had not acknowledged as much as it got to, from the first change on.
 *
 * <p>{@code -Drouter.crash.cycles=N} and {@code -Drouter.crash.seed=S} choose how often and which.
 */
@Tag("crash")
@Timeout(3_000)
class CrashTierTest {
    private static final int CYCLES = Integer.getInteger("router.crash.cycles", 120);
    private static final long SEED = Long.getLong("router.crash.seed", 2);
    private static final int MAX_OCCURRENCE = 60;

    @Test
    void shouldKeepWhatWasAcknowledged(@TempDir final Path directory) throws Exception {
        final SplittableRandom random = new SplittableRandom(SEED);
        final CrashCycles cycles = new CrashCycles(directory, SEED);
        while (cycles.cycles() < CYCLES) {
            cycles.killAtRandom(5);
            for (final CrashPoint point : CrashPoint.values()) {
                // Every other time early enough to hit it while the router starts.
                cycles.killAt(point, random.nextBoolean() ? 1 : random.nextInt(1, MAX_OCCURRENCE));
            }
            cycles.stopAndContinue();
        }
        System.out.println("crashes, seed " + SEED + ": " + cycles.report());
        for (final CrashPoint point : CrashPoint.values()) {
            assertTrue(cycles.wasKilledAt(point), () -> "never killed at " + point + ": " + cycles.report());
        }
    }
}
