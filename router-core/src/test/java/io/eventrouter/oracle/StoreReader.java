package io.eventrouter.oracle;

import io.eventrouter.journal.DataDirectory;
import io.eventrouter.journal.Disk;
import io.eventrouter.journal.SyncPolicy;
import io.eventrouter.ownership.OwnershipStore;
import io.eventrouter.status.RouterCounters;
import java.io.IOException;
import java.util.SortedMap;

/** Opens a data directory that no router has, to see what is in it. */
public final class StoreReader {
    private static final int SEGMENT_LENGTH = 4_096;

    private StoreReader() {}

    /** What is kept there, in words; recovered as a router would. */
    public static SortedMap<String, String> read(final Disk disk, final int maxDevices, final int maxAccounts)
            throws IOException {
        final OwnershipStore.Settings settings =
                new OwnershipStore.Settings(SyncPolicy.EVERY_BATCH, SEGMENT_LENGTH, maxDevices, maxAccounts);
        try (DataDirectory directory = DataDirectory.open(disk);
                OwnershipStore store =
                        new OwnershipStore(directory, settings, new RouterCounters(), problem -> {}, 0)) {
            return KeptState.of(store);
        }
    }
}
