package io.eventrouter.ownership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.journal.DamagedFileException;
import io.eventrouter.journal.DataDirectory;
import io.eventrouter.journal.Journal;
import io.eventrouter.journal.JournalReplay;
import io.eventrouter.journal.SimulatedDisk;
import io.eventrouter.journal.SyncPolicy;
import io.eventrouter.status.RouterCounters;
import java.io.IOException;
import java.util.Map;
import net.openhft.chronicle.core.OS;
import org.junit.jupiter.api.Test;

/** Records that are intact, and that no store of this version has written. */
class OwnershipStoreTest {
    private static final int RECORD = 1;

    private final SimulatedDisk disk = new SimulatedDisk();
    private final byte[] bytes = new byte[OwnershipLayout.LENGTH];

    OwnershipStoreTest() {
        final var buffer = OwnershipLayout.buffer();
        OwnershipLayout.write(buffer, SmallStore.device(3, 4));
        buffer.get(0, bytes);
    }

    private void append(final int type) throws IOException {
        final JournalReplay nothing = new JournalReplay() {
            @Override
            public void onSnapshotRecord(final byte[] record, final int offset, final int length) {}

            @Override
            public void onRecord(
                    final long sequence,
                    final int recordType,
                    final byte[] record,
                    final int offset,
                    final int length) {}
        };
        try (DataDirectory directory = DataDirectory.open(disk);
                Journal journal = directory.openJournal(
                        DataDirectory.Kind.OWNERSHIP,
                        new Journal.Settings(SyncPolicy.EVERY_BATCH, SmallStore.SEGMENT_LENGTH, bytes.length),
                        new RouterCounters(),
                        problem -> {},
                        nothing,
                        0)) {
            journal.append(type, bytes, 0, bytes.length);
            assertTrue(journal.commit(0));
        }
    }

    private void assertRefused(final String reason) {
        final Exception refused = assertThrows(DamagedFileException.class, () -> new SmallStore(disk));
        assertTrue(refused.getMessage().contains(reason), refused.getMessage());

        final long before = OS.memory().nativeMemoryUsed();
        assertThrows(DamagedFileException.class, () -> new SmallStore(disk));
        assertEquals(before, OS.memory().nativeMemoryUsed(), "what was read until then is given back");
    }

    @Test
    void shouldReadARecordThatIsAsItWrites() throws IOException {
        append(RECORD);
        try (SmallStore store = new SmallStore(disk)) {
            final OwnershipRecord record = SmallStore.device(3, 4);
            assertEquals(Map.of(SmallStore.keyOf(record), SmallStore.describe(record)), store.content());
        }
    }

    @Test
    void shouldRefuseARecordOfAnotherType() throws IOException {
        append(2);
        assertRefused("type of an ownership record must be 1: type=2");
    }

    @Test
    void shouldRefuseARecordOfAKindThatThereIsNot() throws IOException {
        bytes[0] = 5;
        append(RECORD);
        assertRefused("kind must be in [0, 4]: kind=5");
    }

    @Test
    void shouldRefuseARecordWhoseOwnerIsOfAKindThatThereIsNot() throws IOException {
        bytes[OwnershipLayout.KEY_LENGTH] = -2;
        append(RECORD);
        assertRefused("ownerKind must be in [-1, 4]: ownerKind=-2");
    }
}
