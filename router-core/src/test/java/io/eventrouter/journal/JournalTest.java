package io.eventrouter.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.status.RouterCounter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private final SimulatedDisk disk = new SimulatedDisk();

    @Test
    void shouldReplayInOrderOverManySegments() throws IOException {
        try (TestJournal journal = TestJournal.open(disk)) {
            for (int i = 1; i <= 200; i++) {
                assertTrue(journal.write(i));
                journal.journal.maintain(journal.nowMs);
            }
        }
        try (TestJournal journal = TestJournal.open(disk)) {
            assertEquals(TestJournal.upTo(200), journal.recovered);
            assertEquals(201, journal.journal.nextSequence());
            assertEquals(List.of(), journal.journal.repairs());
        }
        assertTrue(segments() > 10, disk.files().toString());
    }

    @Test
    void shouldForceABatchOnceHoweverManyRecordsItHas() throws IOException {
        try (TestJournal journal = TestJournal.open(disk)) {
            final long before = journal.counters.get(RouterCounter.JOURNAL_FORCES);
            assertTrue(journal.write(1, 2, 3, 4, 5));
            assertEquals(1, journal.counters.get(RouterCounter.JOURNAL_FORCES) - before);
        }
    }

    @Test
    void shouldCountTheBytesOfItsRecordsOverManySegments() throws IOException {
        try (TestJournal journal = TestJournal.open(disk)) {
            final long before = journal.counters.get(RouterCounter.JOURNAL_BYTES_WRITTEN);
            long bytes = 0;
            for (int i = 1; i <= 200; i++) {
                assertTrue(journal.write(i));
                journal.journal.maintain(journal.nowMs);
                bytes += Frame.lengthOf(TestJournal.payloadOf(i).length);
            }
            assertEquals(bytes, journal.counters.get(RouterCounter.JOURNAL_BYTES_WRITTEN) - before);
        }
    }

    @Test
    void shouldForceByIntervalUnderThatPolicyAndNotAtAllUnderTheOther() throws IOException {
        try (TestJournal journal = TestJournal.open(disk, SyncPolicy.atMostEvery(50, TimeUnit.MILLISECONDS))) {
            for (int i = 1; i <= 10; i++) {
                journal.nowMs += 10;
                assertTrue(journal.write(i));
                journal.journal.maintain(journal.nowMs);
            }
            assertEquals(3, journal.counters.get(RouterCounter.JOURNAL_FORCES), "at once, then after 50 ms each");
        }
        final SimulatedDisk another = new SimulatedDisk();
        try (TestJournal journal = TestJournal.open(another, SyncPolicy.OPERATING_SYSTEM)) {
            for (int i = 1; i <= 10; i++) {
                journal.nowMs += 10_000;
                assertTrue(journal.write(i));
                journal.journal.maintain(journal.nowMs);
            }
            assertEquals(0, journal.counters.get(RouterCounter.JOURNAL_FORCES));
        }
    }

    @Test
    void shouldForceAtOnceWhenTheClockIsSetBack() throws IOException {
        final TestJournal journal = TestJournal.open(disk, SyncPolicy.atMostEvery(50, TimeUnit.MILLISECONDS));
        journal.nowMs += TimeUnit.HOURS.toMillis(2);
        journal.write(1);
        journal.journal.maintain(journal.nowMs);
        journal.nowMs -= TimeUnit.HOURS.toMillis(1);
        journal.write(2);
        journal.journal.maintain(journal.nowMs);
        disk.cutPower(() -> false);
        try (TestJournal recovered = TestJournal.open(disk)) {
            assertEquals(TestJournal.upTo(2), recovered.recovered);
        }
    }

    @Test
    void shouldLetGoOfWhatIsNoLongerNeeded() throws IOException {
        try (TestJournal journal = TestJournal.open(disk)) {
            for (int i = 1; i <= 200; i++) {
                journal.write(i);
                journal.journal.maintain(journal.nowMs);
                journal.journal.retainFrom(i - 10);
                assertTrue(segments() <= 4, disk.files().toString());
            }
        }
        try (TestJournal journal = TestJournal.open(disk)) {
            final int first = journal.recovered.get(0);
            assertTrue(first > 150 && first <= 190, "first=" + first);
            assertEquals(TestJournal.upTo(200).subList(first - 1, 200), journal.recovered);
        }
    }

    @Test
    void shouldReserveNoMoreRoomThanThereIs() throws IOException {
        try (TestJournal journal = TestJournal.open(disk)) {
            final JournalRoom room = journal.journal.room();
            final int bytes = Journal.reservation(TestJournal.MAX_PAYLOAD_LENGTH);
            int reserved = 0;
            while (room.answer((reserved + 1L) * bytes) == JournalRoom.Answer.ENOUGH) {
                reserved++;
            }
            assertEquals(JournalRoom.Answer.LATER, room.answer((reserved + 1L) * bytes));
            assertTrue(reserved >= 10, "reserved=" + reserved);
            room.free(bytes);
            assertEquals(JournalRoom.Answer.ENOUGH, room.answer((reserved + 1L) * bytes));

            // All that was reserved fits, also when the disk is full behind it.
            disk.capacity(disk.usedBytes());
            final byte[] payload = new byte[TestJournal.MAX_PAYLOAD_LENGTH];
            for (int i = 0; i < reserved; i++) {
                journal.journal.append(1, payload, 0, payload.length);
                assertTrue(journal.journal.commit(journal.nowMs));
                journal.journal.maintain(++journal.nowMs);
            }
            assertEquals(JournalRoom.Answer.FULL, room.answer((reserved + 2L) * bytes));
            assertTrue(room.problem().contains("disk is full: file=usage/journal-"), room.problem());
            assertEquals(1, journal.told.size());

            disk.capacity(Long.MAX_VALUE);
            journal.nowMs += 2_000;
            journal.journal.maintain(journal.nowMs);
            assertEquals(JournalRoom.Answer.ENOUGH, room.answer((reserved + 2L) * bytes));
            assertEquals("", room.problem());
        }
    }

    @Test
    void shouldNotTryAgainBeforeSomeTimeHasPassed() throws IOException {
        try (TestJournal journal = TestJournal.open(disk)) {
            disk.failForces(true);
            assertFalse(journal.write(1));
            final long failures = journal.counters.get(RouterCounter.JOURNAL_FAILURES);
            assertFalse(journal.journal.commit(journal.nowMs));
            assertEquals(failures, journal.counters.get(RouterCounter.JOURNAL_FAILURES));
            disk.failForces(false);
            assertFalse(journal.journal.commit(journal.nowMs + 9));
            assertTrue(journal.journal.commit(journal.nowMs + 10));
        }
    }

    @Test
    void shouldTryAgainEverLaterAndAfterASecondAtTheLatest() throws IOException {
        try (TestJournal journal = TestJournal.open(disk)) {
            disk.failForces(true);
            assertFalse(journal.write(1));
            final List<Long> pausesMs = new ArrayList<>();
            while (pausesMs.size() < 10) {
                pausesMs.add(nextFailureIn(journal));
            }
            assertEquals(List.of(10L, 20L, 40L, 80L, 160L, 320L, 640L, 1_000L, 1_000L, 1_000L), pausesMs);

            journal.nowMs += 1_000;
            disk.failForces(false);
            assertTrue(journal.journal.commit(journal.nowMs));
            disk.failForces(true);
            assertFalse(journal.write(2));
            assertEquals(10, nextFailureIn(journal), "begins anew after it worked");
            disk.failForces(false);
        }
    }

    private static long nextFailureIn(final TestJournal journal) {
        final long failures = journal.counters.get(RouterCounter.JOURNAL_FAILURES);
        final long startMs = journal.nowMs;
        while (journal.counters.get(RouterCounter.JOURNAL_FAILURES) == failures) {
            journal.nowMs++;
            assertFalse(journal.journal.commit(journal.nowMs));
        }
        return journal.nowMs - startMs;
    }

    @Test
    void shouldNotWaitForAClockThatIsSetBackToTryAgain() throws IOException {
        try (TestJournal journal = TestJournal.open(disk)) {
            journal.nowMs += TimeUnit.HOURS.toMillis(1);
            disk.failForces(true);
            assertFalse(journal.write(1));
            disk.failForces(false);
            assertTrue(journal.journal.commit(journal.nowMs - TimeUnit.MINUTES.toMillis(1)));
        }
    }

    @Test
    void shouldFallBackToTheOlderSnapshotAndReplaceTheDamagedOne() throws IOException {
        try (TestJournal journal = TestJournal.open(disk)) {
            for (int i = 1; i <= 3; i++) {
                journal.write(i);
                snapshot(journal, i);
            }
        }
        assertEquals(List.of("usage/snapshot-2", "usage/snapshot-3"), snapshots());
        final byte[] content = disk.content("usage/snapshot-3");
        content[content.length / 2] ^= 1;
        disk.put("usage/snapshot-3", content);
        try (TestJournal journal = TestJournal.open(disk)) {
            assertEquals(TestJournal.upTo(3), journal.recovered);
            assertTrue(journal.journal.snapshots().isNewestDamaged());
            assertTrue(journal.journal.repairs().get(0).startsWith("snapshot is damaged, the one before is used: "));
            snapshot(journal, 3);
            assertFalse(journal.journal.snapshots().isNewestDamaged());
        }
        assertEquals(List.of("usage/snapshot-2", "usage/snapshot-4"), snapshots());
        try (TestJournal journal = TestJournal.open(disk)) {
            assertEquals(TestJournal.upTo(3), journal.recovered);
        }
    }

    @Test
    void shouldNotTakeNewRecordsForThoseThatASnapshotHas() throws IOException {
        final TestJournal journal = TestJournal.open(disk, SyncPolicy.OPERATING_SYSTEM);
        journal.write(1, 2);
        snapshot(journal, 2);
        disk.cutPower(() -> false);
        final TestJournal afterPowerCut = TestJournal.open(disk, SyncPolicy.OPERATING_SYSTEM);
        afterPowerCut.write(3);
        disk.kill();
        try (TestJournal afterKill = TestJournal.open(disk)) {
            assertEquals(TestJournal.upTo(3), afterKill.recovered);
        }
    }

    @Test
    void shouldForceWhatCameWhileASnapshotWasWrittenBeforeItCounts() throws IOException {
        final TestJournal journal = TestJournal.open(disk, SyncPolicy.OPERATING_SYSTEM);
        journal.write(1);
        final SnapshotWriter failing = journal.journal.beginSnapshot();
        journal.write(2);
        disk.failForces(true);
        assertThrows(IOException.class, () -> journal.journal.completeSnapshot(failing));
        journal.journal.snapshots().abandon(failing);
        disk.failForces(false);
        assertTrue(journal.journal.commitAtOnce(journal.nowMs));
        final SnapshotWriter writer = journal.journal.beginSnapshot();
        journal.write(3, 4);
        append(writer, 2);
        journal.journal.completeSnapshot(writer);
        disk.cutPower(() -> false);
        try (TestJournal recovered = TestJournal.open(disk)) {
            assertEquals(TestJournal.upTo(4), recovered.recovered);
        }
    }

    @Test
    void shouldStayWithTheSnapshotBeforeWhenTheNewOneCannotBeClosed() throws IOException {
        final HookedDisk hooks = new HookedDisk(disk);
        try (TestJournal journal = TestJournal.open(hooks)) {
            journal.write(1);
            snapshot(journal, 1);
            journal.write(2);
            hooks.onClose(path -> {
                if (path.endsWith("snapshot-2")) {
                    throw new IOException("cannot be closed");
                }
            });
            final SnapshotWriter failing = journal.journal.beginSnapshot();
            append(failing, 2);

            assertThrows(IOException.class, () -> journal.journal.completeSnapshot(failing));

            journal.journal.snapshots().abandon(failing);
            assertFalse(journal.journal.snapshots().isNewestDamaged());
            assertEquals(List.of("usage/snapshot-1"), snapshots());
            hooks.onClose(path -> {});
            snapshot(journal, 2);
        }
        assertEquals(List.of("usage/snapshot-1", "usage/snapshot-2"), snapshots());
        try (TestJournal journal = TestJournal.open(disk)) {
            assertEquals(TestJournal.upTo(2), journal.recovered);
        }
    }

    @Test
    void shouldRefuseAJournalThatEndsBeforeItsSnapshot() throws IOException {
        final byte[] older;
        try (TestJournal journal = TestJournal.open(disk)) {
            journal.write(1);
            older = disk.content("usage/journal-1");
            journal.write(2);
            snapshot(journal, 2);
        }
        disk.put("usage/journal-1", older);
        final String message = assertThrows(DamagedFileException.class, () -> TestJournal.open(disk))
                .getMessage();
        assertTrue(
                message.startsWith(
                        "the journal ends with sequence 1, and the snapshot has everything up to sequence 2"),
                message);
        assertEquals(0, disk.openFiles());
    }

    @Test
    void shouldRefuseRecordsThatAreTooLongAndSettingsThatDoNotFit() throws IOException {
        try (TestJournal journal = TestJournal.open(disk)) {
            final byte[] payload = new byte[TestJournal.MAX_PAYLOAD_LENGTH + 1];
            assertEquals(
                    "not a record of this journal: type=1, length=41, maxPayloadLength=40",
                    assertThrows(
                                    IllegalArgumentException.class,
                                    () -> journal.journal.append(1, payload, 0, payload.length))
                            .getMessage());
            assertThrows(IllegalArgumentException.class, () -> journal.journal.append(0, payload, 0, 1));
        }
        assertEquals(
                "segmentLength must be a multiple of 512, 288 to 1073741824: segmentLength=1000",
                assertThrows(
                                IllegalArgumentException.class,
                                () -> new Journal.Settings(SyncPolicy.EVERY_BATCH, 1_000, 40))
                        .getMessage());
        assertThrows(IllegalArgumentException.class, () -> SyncPolicy.atMostEvery(2, TimeUnit.HOURS));
    }

    private static void snapshot(final TestJournal journal, final int last) throws IOException {
        final SnapshotWriter writer = journal.journal.beginSnapshot();
        append(writer, last);
        journal.journal.completeSnapshot(writer);
    }

    private static void append(final SnapshotWriter writer, final int last) throws IOException {
        for (final int number : TestJournal.upTo(last)) {
            final byte[] payload = TestJournal.payloadOf(number);
            writer.append(payload, 0, payload.length);
        }
    }

    private long segments() {
        return disk.files().stream().filter(name -> name.contains("journal-")).count();
    }

    private List<String> snapshots() {
        return disk.files().stream().filter(name -> name.contains("snapshot-")).toList();
    }

    @Test
    void shouldRefuseASegmentMadeAheadThatIsLongerThanAnyCanBe(@TempDir final Path directory) throws IOException {
        try (TestJournal journal = TestJournal.open(new FileSystemDisk(directory))) {
            assertTrue(journal.write(1, 2));
        }
        final Path spare = directory.resolve("usage").resolve(Segment.name(2));
        try (RandomAccessFile file = new RandomAccessFile(spare.toFile(), "rw")) {
            file.setLength(3L << 30);
        }
        final Exception refused =
                assertThrows(DamagedFileException.class, () -> TestJournal.open(new FileSystemDisk(directory)));
        assertTrue(
                refused.getMessage().contains("segment has 3221225472 bytes, at most 1073741824"), refused.toString());
    }
}
