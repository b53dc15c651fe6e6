package io.eventrouter.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Five records, and everything that can happen to a file: never a wrong record, and never a missing one unnoticed. */
class JournalDamageTest {
    private static final String SEGMENT = "usage/journal-1";

    private int intact;
    private int refused;

    @Test
    void shouldRepairOrRefuseEveryFlippedBit() throws IOException {
        for (final SimulatedDisk disk : List.of(closed(), killed())) {
            for (final String file : disk.files()) {
                final byte[] content = disk.content(file);
                for (int bit = 0; bit < content.length * 8; bit += isPadding(file, bit / 8) ? 9 : 1) {
                    content[bit / 8] ^= (byte) (1 << bit % 8);
                    check(disk, file, content, "bit=" + bit);
                    content[bit / 8] ^= (byte) (1 << bit % 8);
                }
            }
        }
        assertTrue(intact > 1_000 && refused > 1_000, "intact=" + intact + ", refused=" + refused);
    }

    // Of what is behind the copies of a small file nothing is read; a bit of each byte will do.
    private static boolean isPadding(final String file, final int offset) {
        return !file.contains("journal") && offset % 4_096 >= 512;
    }

    @Test
    void shouldRepairOrRefuseEveryTruncation() throws IOException {
        for (final SimulatedDisk disk : List.of(closed(), killed())) {
            for (final String file : disk.files()) {
                final byte[] content = disk.content(file);
                for (int length = 0; length < content.length; length++) {
                    check(disk, file, Arrays.copyOf(content, length), "length=" + length);
                }
            }
        }
        assertTrue(intact > 1_000 && refused > 100, "intact=" + intact + ", refused=" + refused);
    }

    @Test
    void shouldRepairOrRefuseEveryZeroedBlockAndStrayBytes() throws IOException {
        for (final SimulatedDisk disk : List.of(closed(), killed())) {
            for (final String file : disk.files()) {
                for (int start = 0; start < disk.content(file).length; start += 512) {
                    for (final byte value : new byte[] {0, -1, 0x55}) {
                        final byte[] content = disk.content(file);
                        Arrays.fill(content, start, Math.min(content.length, start + 512), value);
                        check(disk, file, content, "start=" + start + ", value=" + value);
                    }
                }
                final byte[] content = disk.content(file);
                check(disk, file, Arrays.copyOf(content, content.length + 512), "longer");
                check(disk, file, null, "missing");
            }
        }
        assertTrue(intact > 50 && refused > 10, "intact=" + intact + ", refused=" + refused);
    }

    @Test
    void shouldRefuseFilesOfAnotherStoreAndOfAnotherPlace() throws IOException {
        final SimulatedDisk disk = killed();
        final SimulatedDisk other = killed();
        for (final String file : disk.files()) {
            check(disk, file, other.content(file), "of another store");
            for (final String another : disk.files()) {
                check(disk, file, disk.content(another), "swapped with " + another);
            }
        }
        assertTrue(refused > 10, "refused=" + refused);
    }

    @Test
    void shouldRefuseOtherVersionsAndForeignFiles() throws IOException {
        for (final String foreign : List.of("usage/devices.map", "usage/journal-9", "usage/journal-01")) {
            final SimulatedDisk disk = killed();
            disk.put(foreign, new byte[100]);
            assertTrue(refusal(disk).getMessage().contains("file=" + foreign + ", offset=0"));
        }
        final SimulatedDisk former = new SimulatedDisk();
        former.put("devices.map", new byte[4_096]);
        assertEquals(
                "not a data directory of this router, or the file that says so is missing; there are [devices.map]:"
                        + " file=store, offset=0",
                refusal(former).getMessage());
        final SimulatedDisk unnamed = killed();
        unnamed.put("store", null);
        unnamed.put("lock", new byte[0]);
        assertEquals(
                "not a data directory of this router, or the file that says so is missing; there are [lock,"
                        + " usage/journal-1, usage/journal-2, usage/manifest]: file=store, offset=0",
                refusal(unnamed).getMessage());

        final SimulatedDisk older = killed();
        final byte[] header = older.content(SEGMENT);
        LittleEndian.putInt(header, 4, 0);
        LittleEndian.putInt(header, 0, new Checksum().of(header, 4, Segment.HEADER_LENGTH - 4));
        older.put(SEGMENT, header);
        assertEquals(
                "version of the segment is 0, not 1: file=" + SEGMENT + ", offset=4",
                refusal(older).getMessage());
    }

    @Test
    void shouldRefuseAnOlderStoreAndManifest() throws IOException {
        for (final String file : List.of("store", "usage/manifest")) {
            final SimulatedDisk disk = killed();
            final byte[] content = disk.content(file);
            for (final int copy : new int[] {0, 4_096}) {
                // The version is behind the header of the copy and eight letters.
                LittleEndian.putInt(content, copy + 16 + 8, 0);
                LittleEndian.putInt(content, copy, new Checksum().of(content, copy + 4, 508));
            }
            disk.put(file, content);
            assertEquals(
                    "version of the " + file.substring(file.indexOf('/') + 1) + " is 0, not 1: file=" + file
                            + ", offset=8",
                    refusal(disk).getMessage());
        }
    }

    @Test
    void shouldRefuseOlderSnapshots() throws IOException {
        final SimulatedDisk disk = new SimulatedDisk();
        try (TestJournal journal = TestJournal.open(disk)) {
            journal.journal.completeSnapshot(journal.journal.beginSnapshot());
            journal.journal.completeSnapshot(journal.journal.beginSnapshot());
        }
        final int header = SnapshotLayout.BLOCK_HEADER_LENGTH;
        for (final int number : new int[] {1, 2}) {
            final String file = "usage/" + SnapshotLayout.name(number);
            final byte[] content = disk.content(file);
            final int length = LittleEndian.getInt(content, 4);
            final JournalId id = JournalId.read(content, header + 12);
            LittleEndian.putInt(content, header + 8, 0);
            SnapshotLayout.seal(content, length, 0, SnapshotLayout.KIND_HEADER, SnapshotLayout.checksum(id, number));
            disk.put(file, content);
        }

        // When the newest cannot be used, the one before it is the last that could be.
        assertEquals(
                "version of the snapshot is 0, not 1: file=usage/snapshot-1, offset=" + header,
                refusal(disk).getMessage());
    }

    @Test
    void shouldNameFileOffsetAndChecksumsOfADamagedRecord() throws IOException {
        final SimulatedDisk disk = killed();
        final byte[] content = disk.content(SEGMENT);
        content[Segment.HEADER_LENGTH + Frame.HEADER_LENGTH] ^= 1;
        disk.put(SEGMENT, content);

        final DamagedFileException refusal = refusal(disk);

        assertEquals(SEGMENT, refusal.file());
        assertEquals(Segment.HEADER_LENGTH, refusal.offset());
        assertTrue(
                refusal.getMessage()
                        .matches("record 1 is damaged \\(stored=[0-9a-f]{8}, computed=[0-9a-f]{8}, sequence=1\\) and a"
                                + " later frame tells that everything up to sequence 5 was kept: .*"),
                refusal.getMessage());
    }

    /** The twin: what a journal that does not check sums would read is a flipped bit whose sum fits. */
    @Test
    void shouldNoticeAWrongRecordInAJournalThatDoesNotCheckSums() throws IOException {
        final SimulatedDisk disk = killed();
        final byte[] content = disk.content(SEGMENT);
        content[Segment.HEADER_LENGTH + Frame.HEADER_LENGTH] ^= 2;
        final JournalId id = JournalId.read(content, 16);
        Frame.seal(content, Segment.HEADER_LENGTH, 0, new Checksum(id, 1));
        disk.put(SEGMENT, content);
        try (TestJournal journal = TestJournal.open(disk)) {
            assertNotEquals(TestJournal.upTo(5), journal.recovered);
        }
    }

    private static SimulatedDisk killed() throws IOException {
        final SimulatedDisk disk = new SimulatedDisk();
        write(disk);
        disk.kill();
        return disk;
    }

    private static SimulatedDisk closed() throws IOException {
        final SimulatedDisk disk = new SimulatedDisk();
        write(disk).close();
        disk.kill();
        return disk;
    }

    private static TestJournal write(final SimulatedDisk disk) throws IOException {
        final TestJournal journal = TestJournal.open(disk);
        assertTrue(journal.write(1));
        assertTrue(journal.write(2, 3));
        assertTrue(journal.write(4));
        assertTrue(journal.write(5));
        return journal;
    }

    private void check(final SimulatedDisk disk, final String file, final byte[] content, final String damage)
            throws IOException {
        final SimulatedDisk damaged = disk.copy();
        damaged.put(file, content);
        try (TestJournal journal = TestJournal.open(damaged)) {
            assertEquals(TestJournal.upTo(5), journal.recovered, () -> file + ": " + damage);
            assertTrue(journal.write(6), "goes on");
            intact++;
        } catch (final DamagedFileException refusal) {
            assertTrue(refusal.offset() >= 0 && !refusal.file().isEmpty());
            refused++;
            return;
        }
        if (intact % 8 != 0) {
            return;
        }
        damaged.kill();
        try (TestJournal journal = TestJournal.open(damaged)) {
            assertEquals(TestJournal.upTo(6), journal.recovered, () -> file + ": and after that: " + damage);
            assertFalse(journal.told.size() > 0, () -> journal.told.toString());
        }
    }

    private static DamagedFileException refusal(final SimulatedDisk disk) {
        return assertThrows(DamagedFileException.class, () -> TestJournal.open(disk));
    }
}
