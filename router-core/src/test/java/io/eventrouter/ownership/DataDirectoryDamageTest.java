package io.eventrouter.ownership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.journal.DamagedFileException;
import io.eventrouter.journal.DataDirectory;
import io.eventrouter.journal.Journal;
import io.eventrouter.journal.JournalReplay;
import io.eventrouter.journal.SimulatedDisk;
import io.eventrouter.journal.SyncPolicy;
import io.eventrouter.status.RouterCounters;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A whole data directory, of some dozen devices and two generations of snapshots, with every kind of damage to every
 * file: afterwards every device is exactly as it was acknowledged, or the start is refused and says where the damage
 * is.
 */
class DataDirectoryDamageTest {
    private static final int DEVICES = 36;
    private static final int USERS = 4;

    private static SimulatedDisk disk;
    private static Map<String, String> expected;

    /** The same as kind and id, and the rest, in bytes: comparing words would take most of the time. */
    private static Map<ByteBuffer, ByteBuffer> expectedBytes;

    private int right;
    private int refused;

    @BeforeAll
    static void fill() throws IOException {
        disk = new SimulatedDisk();
        expected = new TreeMap<>();
        expectedBytes = new HashMap<>();
        fill(disk, expected, expectedBytes);
    }

    private static void fill(
            final SimulatedDisk files, final Map<String, String> content, final Map<ByteBuffer, ByteBuffer> bytes)
            throws IOException {
        final SmallStore store = new SmallStore(files);
        int version = 0;
        while (store.content().size() < DEVICES + USERS || !hasTwoGenerations(files)) {
            version++;
            final OwnershipRecord record = version % 10 == 0
                    ? SmallStore.user(version / 10 % USERS, version)
                    : SmallStore.device(version * 7 % DEVICES, version);
            store.keep(record);
            content.put(SmallStore.keyOf(record), SmallStore.describe(record));
            putBytes(bytes, record);
        }
        // Some more, so that the newest snapshot is not all there is.
        for (int i = 0; i < 20; i++) {
            final OwnershipRecord record = SmallStore.device(i, ++version);
            store.keep(record);
            content.put(SmallStore.keyOf(record), SmallStore.describe(record));
            putBytes(bytes, record);
        }
        files.kill();
    }

    private static void putBytes(final Map<ByteBuffer, ByteBuffer> bytes, final OwnershipRecord record) {
        final ByteBuffer buffer = OwnershipLayout.buffer();
        OwnershipLayout.write(buffer, record);
        putBytes(bytes, buffer.array(), 0);
    }

    private static void putBytes(final Map<ByteBuffer, ByteBuffer> into, final byte[] bytes, final int offset) {
        final int value = offset + OwnershipLayout.KEY_LENGTH;
        into.put(
                ByteBuffer.wrap(Arrays.copyOfRange(bytes, offset, value)),
                ByteBuffer.wrap(Arrays.copyOfRange(bytes, value, offset + OwnershipLayout.LENGTH)));
    }

    private static boolean hasTwoGenerations(final SimulatedDisk files) {
        return files.files().stream().filter(name -> name.contains("snapshot")).count() == 2;
    }

    @Test
    void shouldHaveSomethingToDamage() throws IOException {
        try (SmallStore store = new SmallStore(disk.copy())) {
            assertEquals(expected, store.content());
            assertEquals(DEVICES + USERS, expected.size());
            assertTrue(store.told.isEmpty());
        }
        assertTrue(
                disk.files().stream().filter(name -> name.contains("journal")).count() >= 5,
                disk.files().toString());
    }

    @Test
    void shouldBeRightOrRefusedWithABitOfAnyByteFlipped() throws IOException {
        flip(1);
    }

    @Test
    @Tag("crash")
    void shouldBeRightOrRefusedWithAnyBitFlipped() throws IOException {
        flip(8);
    }

    private void flip(final int bitsOfAByte) throws IOException {
        for (final String file : disk.files()) {
            final byte[] content = disk.content(file);
            for (int i = 0; i < content.length; i++) {
                for (int bit = i; bit < i + bitsOfAByte; bit++) {
                    content[i] ^= (byte) (1 << bit % 8);
                    check(file, content, "byte " + i + ", bit " + bit % 8);
                    content[i] ^= (byte) (1 << bit % 8);
                }
            }
        }
        assertTrue(right > 10_000 && refused > 500, "right=" + right + ", refused=" + refused);
    }

    @Test
    void shouldBeRightOrRefusedWithAnyFileCutShort() throws IOException {
        for (final String file : disk.files()) {
            final byte[] content = disk.content(file);
            for (int length = 0; length < content.length; length++) {
                check(file, Arrays.copyOf(content, length), "length " + length);
            }
        }
        assertTrue(right > 1_000 && refused > 1_000, "right=" + right + ", refused=" + refused);
    }

    @Test
    void shouldBeRightOrRefusedWithFilesMissingSwappedOrForeign() throws IOException {
        final SimulatedDisk other = new SimulatedDisk();
        fill(other, new TreeMap<>(), new HashMap<>());
        for (final String file : disk.files()) {
            check(file, null, "missing");
            if (other.files().contains(file)) {
                check(file, other.content(file), "of another store");
            }
            for (final String another : disk.files()) {
                final SimulatedDisk damaged = disk.copy();
                damaged.put(file, disk.content(another));
                damaged.put(another, disk.content(file));
                check(damaged, !file.equals(another), file + " swapped with " + another);
            }
        }
        assertTrue(right > 5 && refused > 20, "right=" + right + ", refused=" + refused);
    }

    /** The map in memory as well, for some of the damage. */
    @Test
    void shouldShowTheSameInTheView() throws IOException {
        final long seed = System.nanoTime();
        checkView(new Random(seed), 150, "seed=" + seed);
    }

    @Test
    @Tag("crash")
    void shouldShowTheSameInTheViewForLong() throws IOException {
        final long seed = System.nanoTime();
        checkView(new Random(seed), 20_000, "seed=" + seed);
    }

    private void checkView(final Random random, final int times, final String seed) throws IOException {
        final List<String> files = disk.files();
        for (int i = 0; i < times; i++) {
            final SimulatedDisk damaged = disk.copy();
            final String file = files.get(random.nextInt(files.size()));
            final byte[] content = damaged.content(file);
            content[random.nextInt(content.length)] ^= (byte) (1 << random.nextInt(8));
            damaged.put(file, content);
            try (SmallStore store = new SmallStore(damaged)) {
                assertEquals(expected, store.content(), seed);
                final OwnershipRecord found = new OwnershipRecord();
                assertFalse(store.store.get(OwnershipRecord.Kind.DEVICE, 1, 1, found), seed);
                final OwnershipRecord device = SmallStore.device(i % DEVICES, 0);
                assertTrue(store.store.get(device.kind, device.idHigh, device.idLow, found), seed);
                assertEquals(expected.get(SmallStore.keyOf(device)), SmallStore.describe(found), seed);
                right++;
            } catch (final DamagedFileException refusal) {
                refused++;
            }
        }
        assertTrue(right > 0 && refused > 0, seed + ", right=" + right + ", refused=" + refused);
    }

    private void check(final String file, final byte[] content, final String damage) throws IOException {
        final SimulatedDisk damaged = disk.copy();
        damaged.put(file, content);
        check(damaged, true, file + ": " + damage);
    }

    private void check(final SimulatedDisk damaged, final boolean isDamaged, final String damage) throws IOException {
        final Map<ByteBuffer, ByteBuffer> found = new HashMap<>();
        try (DataDirectory directory = DataDirectory.open(damaged);
                Journal journal = directory.openJournal(
                        DataDirectory.Kind.OWNERSHIP,
                        new Journal.Settings(SyncPolicy.EVERY_BATCH, SmallStore.SEGMENT_LENGTH, OwnershipLayout.LENGTH),
                        new RouterCounters(),
                        problem -> {
                            throw new IllegalStateException(problem);
                        },
                        new Showing(found),
                        0)) {
            assertTrue(journal.isCommitted());
            assertEquals(expectedBytes, found, damage);
            right++;
        } catch (final DamagedFileException refusal) {
            assertTrue(isDamaged, damage);
            assertTrue(refusal.getMessage().contains(": file=") && refusal.offset() >= 0, refusal.getMessage());
            refused++;
        }
    }

    /** Puts the records into a plain map. */
    private record Showing(Map<ByteBuffer, ByteBuffer> found) implements JournalReplay {
        @Override
        public void onSnapshotRecord(final byte[] bytes, final int offset, final int length) {
            assertEquals(OwnershipLayout.LENGTH, length);
            putBytes(found, bytes, offset);
        }

        @Override
        public void onRecord(
                final long sequence, final int type, final byte[] bytes, final int offset, final int length) {
            onSnapshotRecord(bytes, offset, length);
        }
    }
}
