package io.eventrouter.ownership;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.journal.HookedDisk;
import io.eventrouter.journal.SimulatedDisk;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** Snapshots that the disk refuses, that must wait, and that are not finished. */
@Timeout(value = 300, threadMode = ThreadMode.SEPARATE_THREAD)
class CompactionTest {
    private static final int DEVICES = 10;
    private static final long LONGER_THAN_ANY_DELAY_MS = 60_000;

    private final SimulatedDisk disk = new SimulatedDisk();
    private final HookedDisk hooks = new HookedDisk(disk);
    private final Map<String, String> kept = new TreeMap<>();
    private int version;

    /** As many changes as make several segments. */
    private void keepMany(final SmallStore store) {
        for (int i = 0; i < 200; i++) {
            store.keep(next());
        }
    }

    private OwnershipRecord next() {
        final OwnershipRecord record = SmallStore.device(version % DEVICES, ++version);
        kept.put(SmallStore.keyOf(record), SmallStore.describe(record));
        return record;
    }

    private void refuseSnapshots() {
        hooks.onForce(path -> {
            if (path.contains("snapshot")) {
                throw new IOException("refused");
            }
        });
    }

    private void takeSnapshotsAgain(final SmallStore store) {
        hooks.onForce(path -> {});
        store.nowMs += LONGER_THAN_ANY_DELAY_MS;
    }

    private List<String> snapshots() {
        return disk.files().stream().filter(name -> name.contains("snapshot")).toList();
    }

    @Test
    void shouldTellOnceThatNoSnapshotCanBeWrittenAndWriteItWhenTheDiskLets() throws IOException {
        try (SmallStore store = new SmallStore(hooks)) {
            for (int times = 1; times <= 2; times++) {
                final List<String> before = snapshots();
                refuseSnapshots();
                keepMany(store);
                assertEquals(times, store.told.size(), store.told::toString);
                assertEquals(
                        "no snapshot can be written: refused",
                        store.told.get(times - 1).getMessage());
                assertEquals(before, snapshots(), "what failed is not left behind");

                takeSnapshotsAgain(store);
                store.keep(next());
                assertFalse(snapshots().isEmpty() || snapshots().equals(before), () -> "" + snapshots());
            }
        }
        try (SmallStore store = new SmallStore(disk)) {
            assertEquals(kept, store.content());
        }
    }

    @Test
    void shouldBeginNoSnapshotWhileARecordWaitsToBeCommitted() throws IOException {
        try (SmallStore store = new SmallStore(hooks)) {
            refuseSnapshots();
            keepMany(store);
            takeSnapshotsAgain(store);

            store.store.append(next());
            for (int i = 0; i < 10; i++) {
                store.store.work(++store.nowMs);
            }
            assertEquals(List.of(), snapshots());

            store.keep(next());
            assertEquals(1, snapshots().size());
        }
        try (SmallStore store = new SmallStore(disk)) {
            assertEquals(kept, store.content());
        }
    }

    @Test
    void shouldLeaveNoHalfASnapshotBehindWhenTheStoreIsClosed() throws IOException {
        try (SmallStore store = new SmallStore(hooks)) {
            refuseSnapshots();
            keepMany(store);
            takeSnapshotsAgain(store);
            while (snapshots().isEmpty()) {
                assertTrue(store.store.work(++store.nowMs) > 0);
            }
        }
        assertEquals(List.of(), snapshots());
        assertEquals(0, disk.openFiles());
    }
}
