package io.eventrouter.ownership;

import io.eventrouter.journal.DataDirectory;
import io.eventrouter.journal.Disk;
import io.eventrouter.journal.SyncPolicy;
import io.eventrouter.status.RouterCounters;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** An ownership store with segments so short that a few dozen devices make several generations. */
final class SmallStore implements AutoCloseable {
    static final int SEGMENT_LENGTH = 1_024;

    final List<Throwable> told = new ArrayList<>();
    final OwnershipStore store;
    private final DataDirectory directory;
    long nowMs = 5_000;

    SmallStore(final Disk disk) throws IOException {
        directory = DataDirectory.open(disk);
        OwnershipStore opened = null;
        try {
            opened = new OwnershipStore(
                    directory,
                    new OwnershipStore.Settings(SyncPolicy.EVERY_BATCH, SEGMENT_LENGTH, 100, 100),
                    new RouterCounters(),
                    told::add,
                    nowMs);
        } finally {
            if (opened == null) {
                directory.close();
            }
        }
        store = opened;
    }

    /** Keep a record, acknowledged; and do what is due. */
    void keep(final OwnershipRecord record) {
        store.append(record);
        if (!store.commit(nowMs)) {
            throw new IllegalStateException(told.toString());
        }
        while (store.work(nowMs) > 0) {
            nowMs++;
        }
    }

    /** Everything that is kept, in words, by kind and id. */
    Map<String, String> content() {
        final Map<String, String> content = new TreeMap<>();
        store.forEach(record -> content.put(keyOf(record), describe(record)));
        return content;
    }

    /** A device with an owner and a product that a number makes up. */
    static OwnershipRecord device(final int device, final int version) {
        final OwnershipRecord record = new OwnershipRecord();
        record.kind = OwnershipRecord.Kind.DEVICE;
        record.idHigh = 0xe00f_ce68_0000_0000L + device;
        record.idLow = device;
        if (version % 3 != 0) {
            record.ownerKind = version % 2 == 0 ? OwnershipRecord.Kind.USER : OwnershipRecord.Kind.CUSTOMER;
            record.ownerIdHigh = version;
            record.ownerIdLow = -version;
        }
        record.productId = version % 5;
        record.flags = version % 4;
        record.maxEventSize = 1_024 + version;
        return record;
    }

    static OwnershipRecord user(final int user, final int version) {
        final OwnershipRecord record = new OwnershipRecord();
        record.kind = OwnershipRecord.Kind.USER;
        record.idHigh = user;
        record.flags = version % 2;
        record.operationsPerMonth = 1_000_000_000_000L + version;
        return record;
    }

    static String keyOf(final OwnershipRecord record) {
        return record.kind + "/" + record.idHigh + "/" + record.idLow;
    }

    static String describe(final OwnershipRecord record) {
        return record.ownerKind + "/" + record.ownerIdHigh + "/" + record.ownerIdLow + ", product=" + record.productId
                + ", flags=" + record.flags + ", size=" + record.maxEventSize + ", plan=" + record.operationsPerMonth;
    }

    @Override
    public void close() throws IOException {
        store.close();
        directory.close();
    }
}
