package io.eventrouter.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

/** The process or the machine stops at every operation of the disk; what was acknowledged is there afterwards. */
class JournalCrashTest {
    private static final int MAX_SUBSETS = 64;
    private static final int[][] BATCHES = {{1}, {2, 3}, {4}, {5, 6, 7, 8, 9, 10, 11, 12, 13, 14}, {15}, {16, 17}};
    private static final int LAST = 17;

    private final Random random = new Random(20_261_125);
    private int cut;

    @Test
    void shouldKeepWhatWasAcknowledgedWhereverTheProcessIsKilled() throws IOException {
        for (final SyncPolicy policy : policies()) {
            long operation = 1;
            while (stopAt(new SimulatedDisk(), policy, operation, null) < LAST) {
                operation++;
            }
            assertTrue(operation > 30, "operation=" + operation);
        }
    }

    @Test
    void shouldKeepWhatWasAcknowledgedWhicheverBlocksAPowerCutTakes() throws IOException {
        long operation = 1;
        int acknowledged = 0;
        while (acknowledged < LAST) {
            for (int subset = 0; subset < MAX_SUBSETS; subset++) {
                acknowledged = stopAt(new SimulatedDisk(), SyncPolicy.EVERY_BATCH, operation, subset(subset));
            }
            operation++;
        }
        assertTrue(operation > 30, "operation=" + operation);
        assertTrue(cut > 0, "some batch was cut off");
    }

    @Test
    void shouldNeverStartWithAGapAfterAPowerCutUnderAWeakerPolicy() throws IOException {
        for (final SyncPolicy policy :
                new SyncPolicy[] {SyncPolicy.OPERATING_SYSTEM, SyncPolicy.atMostEvery(20, TimeUnit.MILLISECONDS)}) {
            for (int subset = 0; subset < 4 * MAX_SUBSETS; subset++) {
                final SimulatedDisk disk = new SimulatedDisk();
                final TestJournal journal = TestJournal.open(disk, policy);
                for (final int[] batch : BATCHES) {
                    assertTrue(journal.write(batch));
                }
                disk.cutPower(subset(subset));
                try (TestJournal after = TestJournal.open(disk, policy)) {
                    assertEquals(TestJournal.upTo(after.recovered.size()), after.recovered);
                    cut += after.recovered.size() < LAST ? 1 : 0;
                }
            }
        }
        assertTrue(cut > 0, "these policies allow a loss");
    }

    @Test
    void shouldRefuseDamageToWhatWasAcknowledgedButNotForcedWhileTheMachineRuns() throws IOException {
        final SimulatedDisk disk = new SimulatedDisk();
        final TestJournal journal = TestJournal.open(disk, SyncPolicy.OPERATING_SYSTEM);
        journal.write(1);
        journal.write(2);
        final byte[] content = disk.content("usage/journal-1");
        content[Segment.HEADER_LENGTH + 2] ^= 1;
        disk.put("usage/journal-1", content);
        final SimulatedDisk afterPowerCut = disk.copy();
        disk.kill();
        afterPowerCut.cutPower(() -> true);

        assertThrows(DamagedFileException.class, () -> TestJournal.open(disk));
        try (TestJournal after = TestJournal.open(afterPowerCut)) {
            assertEquals(TestJournal.upTo(0), after.recovered);
            assertTrue(after.journal.repairs().get(0).startsWith("records were lost when the machine stopped"));
        }
    }

    @Test
    void shouldKeepWhatWasAcknowledgedThroughFailingWritesAndForces() throws IOException {
        for (int seed = 0; seed < 2_000; seed++) {
            final Random faults = new Random(seed);
            final SimulatedDisk disk = new SimulatedDisk();
            TestJournal journal = TestJournal.open(disk);
            int written = 0;
            int acknowledged = 0;
            while (acknowledged < LAST) {
                disk.failWrites(faults.nextInt(4) == 0);
                disk.failForces(faults.nextInt(4) == 0);
                disk.capacity(faults.nextInt(6) == 0 ? disk.usedBytes() : Long.MAX_VALUE);
                if (written < LAST && faults.nextBoolean()) {
                    journal.append(++written);
                }
                journal.nowMs += faults.nextInt(400);
                if (journal.journal.commit(journal.nowMs)) {
                    acknowledged = written;
                }
                journal.journal.maintain(journal.nowMs);
                if (faults.nextInt(40) == 0) {
                    disk.failWrites(false);
                    disk.failForces(false);
                    disk.capacity(Long.MAX_VALUE);
                    disk.cutPower(faults::nextBoolean);
                    journal = TestJournal.open(disk);
                    final int found = journal.recovered.size();
                    assertEquals(TestJournal.upTo(found), journal.recovered, "seed=" + seed);
                    assertTrue(found >= acknowledged && found <= written, "seed=" + seed + ", found=" + found);
                    written = found;
                    acknowledged = found;
                }
            }
            disk.cutPower(() -> false);
            try (TestJournal after = TestJournal.open(disk)) {
                assertEquals(TestJournal.upTo(LAST), after.recovered, "seed=" + seed);
            }
        }
    }

    /** The twin: a disk whose force does nothing is to the journal what acknowledging before the force would be. */
    @Test
    void shouldNoticeAJournalThatAcknowledgesBeforeTheForce() throws IOException {
        final SimulatedDisk disk = new SimulatedDisk();
        final TestJournal journal = TestJournal.open(disk);
        disk.ignoreForces(true);
        assertTrue(journal.write(1));
        disk.cutPower(() -> false);
        disk.ignoreForces(false);
        try (TestJournal after = TestJournal.open(disk)) {
            assertEquals(TestJournal.upTo(0), after.recovered, "the acknowledged record is gone");
        }
    }

    private static SyncPolicy[] policies() {
        return new SyncPolicy[] {
            SyncPolicy.EVERY_BATCH, SyncPolicy.OPERATING_SYSTEM, SyncPolicy.atMostEvery(20, TimeUnit.MILLISECONDS)
        };
    }

    // None, all, each bit of the number for one block, or by chance.
    private BooleanSupplier subset(final int subset) {
        final int[] asked = {0};
        return switch (subset) {
            case 0 -> () -> false;
            case 1 -> () -> true;
            default -> subset < MAX_SUBSETS / 2 ? () -> (subset >> asked[0]++ & 1) != 0 : random::nextBoolean;
        };
    }

    // Write everything, stop at an operation, open again, go on. Returns how much was acknowledged before.
    private int stopAt(
            final SimulatedDisk disk, final SyncPolicy policy, final long operation, final BooleanSupplier powerCut)
            throws IOException {
        int acknowledged = 0;
        int written = 0;
        disk.stopAt(operation);
        try {
            final TestJournal journal = TestJournal.open(disk, policy);
            for (final int[] batch : BATCHES) {
                written = batch[batch.length - 1];
                journal.nowMs += 7;
                assertTrue(journal.write(batch));
                acknowledged = written;
                journal.journal.maintain(journal.nowMs);
            }
        } catch (final SimulatedDisk.Stopped stopped) {
            // As intended.
        }
        if (powerCut == null) {
            disk.kill();
        } else {
            disk.cutPower(powerCut);
        }
        checkAndGoOn(disk, policy, acknowledged, written, "operation=" + operation);
        return acknowledged;
    }

    private void checkAndGoOn(
            final SimulatedDisk disk,
            final SyncPolicy policy,
            final int acknowledged,
            final int written,
            final String where)
            throws IOException {
        final int found;
        try (TestJournal journal = TestJournal.open(disk, policy)) {
            found = journal.recovered.size();
            assertEquals(TestJournal.upTo(found), journal.recovered, where);
            assertTrue(
                    found >= acknowledged && found <= written,
                    where + ", acknowledged=" + acknowledged + ", found=" + found + ", written=" + written);
            cut += found < written ? 1 : 0;
            assertTrue(journal.write(found + 1));
            assertTrue(journal.write(found + 2, found + 3));
            disk.cutPower(() -> false);
        }
        try (TestJournal journal = TestJournal.open(disk, policy)) {
            final int kept = policy.equals(SyncPolicy.EVERY_BATCH) ? found + 3 : journal.recovered.size();
            assertEquals(TestJournal.upTo(kept), journal.recovered, where + ", and after a power cut");
            assertTrue(kept >= found, where);
        }
    }
}
