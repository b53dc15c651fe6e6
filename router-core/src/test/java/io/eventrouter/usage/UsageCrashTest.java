package io.eventrouter.usage;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.Watchdog;
import io.eventrouter.journal.SimulatedDisk;
import io.eventrouter.metering.UsageGranularity;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random counting, windows, months, moves, acknowledgements and faults of the disk, with crashes anywhere in between:
 * after each restart, what comes out is compared with the {@link UsageLedger}. Every failure names its seed.
 */
@Timeout(900)
class UsageCrashTest {
    private static final int SEEDS = 25;
    private static final int SEEDS_OF_THE_LONG_RUN = 400;
    private static final int CRASHES = 8;
    private static final int STEPS_BETWEEN_CRASHES = 400;

    /** One run: what happens is drawn from its seed. */
    private static final class Run {
        private final Random random;
        private final UsageWorld world;
        private final boolean cutsPower;
        private final int devices;
        private boolean isStopped;

        Run(final long seed, final int lanes) {
            random = new Random(seed);
            devices = random.nextInt(10) == 0 ? 1_500 : 12;
            cutsPower = random.nextBoolean();
            final UsageGranularity granularity =
                    random.nextInt(4) > 0 ? UsageGranularity.DEVICE : UsageGranularity.values()[1 + random.nextInt(2)];
            final long grant = random.nextInt(4) == 0 ? 0 : 1_000 + random.nextInt(100_000);
            world = new UsageWorld(lanes, granularity, devices, grant, random.nextBoolean() ? 5_000 : 100_000);
        }

        void run() throws IOException {
            world.start();
            for (int crash = 0; crash < CRASHES; crash++) {
                happen();
                world.crash(cutsPower ? () -> world.disk.cutPower(random::nextBoolean) : world.disk::kill);
                world.disk.failWrites(false);
                world.disk.failForces(false);
                world.disk.capacity(Long.MAX_VALUE);
                world.start();
                if (random.nextInt(4) == 0) {
                    // What is to be handed out again may have to survive another crash.
                    world.work();
                    world.crash(world.disk::kill);
                    world.start();
                }
                world.drain();
                world.checkRestart();
            }
            for (int device = 1; device <= 12; device++) {
                world.publish(0, device, 1);
            }
            world.drain();
            world.checkThresholds();
            world.close();
        }

        private void happen() {
            isStopped = false;
            if (random.nextInt(3) > 0) {
                world.disk.stopAt(1 + random.nextInt(200));
            }
            try {
                for (int step = 0; step < STEPS_BETWEEN_CRASHES && !isStopped; step++) {
                    step();
                }
            } catch (final SimulatedDisk.Stopped stopped) {
                isStopped = true;
            }
        }

        private void step() {
            final int lane = random.nextInt(world.lanes());
            final int device = 1 + random.nextInt(devices);
            switch (random.nextInt(24)) {
                case 0, 1, 2, 3, 4 -> world.publish(lane, device, 1 + random.nextInt(16));
                case 5, 6, 7, 8, 9 -> world.deliver(lane, device, 1 + random.nextInt(32));
                case 10 -> fill(lane, device);
                case 11 -> world.move(device, random.nextInt(3), random.nextInt(4));
                case 12, 13 -> world.closeWindow(lane);
                case 14, 15, 16 -> world.emitSlice(lane, 1 + random.nextInt(devices));
                case 17, 18, 19, 20 -> world.work();
                case 21 -> acknowledge();
                case 22 -> month();
                default -> disk();
            }
        }

        // Until counts are emitted early, or every device has some.
        private void fill(final int lane, final int device) {
            if (random.nextBoolean()) {
                for (int i = 0; i < 1_100; i++) {
                    world.deliver(lane, device, 32);
                    world.publish(lane, device, 16);
                }
            } else {
                for (int i = 1; i <= devices; i++) {
                    world.publish(lane, i, 1);
                }
            }
        }

        private void acknowledge() {
            final long known = world.usage().acknowledged();
            if (world.handedInRun() > known) {
                world.acknowledge(known + random.nextInt((int) (world.handedInRun() - known) + 1));
            }
        }

        private void month() {
            if (random.nextInt(5) == 0) {
                world.beginMonth();
            }
        }

        private void disk() {
            final int what = random.nextInt(12);
            world.disk.failWrites(what == 0);
            world.disk.failForces(what == 1);
            world.disk.capacity(what == 2 ? world.disk.usedBytes() : Long.MAX_VALUE);
        }
    }

    /** Windows lost and rescued, records and thresholds repeated, runs in which segments were deleted. */
    private final int[] marks = new int[5];

    private void run(final long seed, final int lanes) {
        try {
            final Run run = new Run(seed, lanes);
            Watchdog.watch("seed=" + seed + ", lanes=" + lanes, run::run);
            final UsageLedger ledger = run.world.ledger;
            marks[0] += ledger.windowsLost;
            marks[1] += ledger.windowsRescued;
            marks[2] += ledger.recordsRepeated;
            marks[3] += ledger.thresholdsRepeated;
            marks[4] += run.world.hasLetGo() ? 1 : 0;
        } catch (final Throwable problem) {
            throw new AssertionError("seed=" + seed + ", lanes=" + lanes + ": " + problem, problem);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void countsUpToTheLastDurableWindowAndNothingElseSurviveAnyCrash(final int lanes) {
        run(lanes, SEEDS);
    }

    @Tag("crash")
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void countsSurviveManyMoreCrashes(final int lanes) {
        run(lanes, SEEDS_OF_THE_LONG_RUN);
    }

    private void run(final int lanes, final int seeds) {
        final long first = System.nanoTime();
        System.out.println("UsageCrashTest: seeds " + first + " to " + (first + seeds - 1) + ", lanes=" + lanes);
        for (int i = 0; i < seeds; i++) {
            run(first + i, lanes);
        }
        System.out.println(
                "UsageCrashTest: windows lost, rescued, records and thresholds repeated, runs with segments let"
                        + " go: " + Arrays.toString(marks));
        for (int i = 0; i < marks.length; i++) {
            assertTrue(marks[i] > 0, "something never happened: " + Arrays.toString(marks));
        }
    }

    /** A world with one window that is closed and being written, at a crash. */
    private static UsageWorld world(final int laneCount) {
        return new UsageWorld(laneCount, UsageGranularity.DEVICE, 12, 0, 1_000_000);
    }

    private static void countAndClose(final UsageWorld world) {
        for (int device = 1; device <= 12; device++) {
            world.publish(0, device, device);
        }
        world.closeWindow(0);
    }

    private static void restart(final UsageWorld world, final Runnable killOrCutPower) throws IOException {
        world.crash(killOrCutPower);
        world.start();
        world.drain();
        world.checkRestart();
    }

    @Test
    void acknowledgingBeforeForcingIsFound() throws IOException {
        final UsageWorld world = world(1);
        world.start();
        world.drain();
        world.disk.ignoreForces(true);
        countAndClose(world);
        world.drain();
        world.disk.ignoreForces(false);

        final AssertionError found =
                assertThrows(AssertionError.class, () -> restart(world, () -> world.disk.cutPower(() -> false)));

        assertTrue(found.getMessage().startsWith("total of "), found.getMessage());
    }

    @Test
    void sequencesThatBeginAgainAreFound() throws IOException {
        final UsageWorld world = world(1);
        world.mistake = UsageWorld.Mistake.SEQUENCES_BEGIN_AGAIN;
        world.start();
        countAndClose(world);
        world.drain();
        world.acknowledge(6);
        world.drain();
        world.crash(world.disk::kill);
        world.start();

        final AssertionError found = assertThrows(AssertionError.class, () -> {
            world.drain();
            countAndClose(world);
            world.drain();
            world.checkRestart();
        });

        assertTrue(
                found.getMessage().contains("window") || found.getMessage().contains("sequence"), found.getMessage());
    }

    @Test
    void commitFramesThatAreIgnoredAreFound() throws IOException {
        final UsageWorld world = world(1);
        world.mistake = UsageWorld.Mistake.COMMIT_FRAMES_IGNORED;
        world.start();
        countAndClose(world);
        world.emitSlice(0, 5);
        world.work();

        final AssertionError found = assertThrows(AssertionError.class, () -> restart(world, world.disk::kill));

        assertTrue(found.getMessage().startsWith("window is not what was counted"), found.getMessage());
    }

    @Test
    void theSameWithoutMistakesIsRight() throws IOException {
        final UsageWorld world = world(1);
        world.start();
        countAndClose(world);
        world.emitSlice(0, 5);
        world.work();

        assertDoesNotThrow(() -> restart(world, world.disk::kill));
        assertTrue(world.ledger.handed.isEmpty(), "a window that was written half is gone");
    }
}
