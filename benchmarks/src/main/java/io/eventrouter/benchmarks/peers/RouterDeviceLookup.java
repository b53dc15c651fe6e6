package io.eventrouter.benchmarks.peers;

import io.eventrouter.memory.IdIndex;
import io.eventrouter.memory.SeededHash;
import io.eventrouter.ownership.DeviceTable;

/**
 * The device table of the router: one look-up at a time, or the misses of 64 look-ups together, as publishers and the
 * routing thread do it between them.
 */
final class RouterDeviceLookup implements DeviceLookup {
    private static final int BATCH = 64;
    private static final int MAX_EVENT_SIZE = 1_024;

    private final DeviceTable devices;
    private final boolean inBatches;
    private final long[] positions = new long[BATCH];
    private final long[] hashes = new long[BATCH];
    private final int[] peeked = new int[BATCH];

    /** Keeps the reads ahead alive. */
    private long sink;

    RouterDeviceLookup(final int maxDevices, final boolean inBatches) {
        this.devices = new DeviceTable(new SeededHash(42), maxDevices);
        this.inBatches = inBatches;
    }

    @Override
    public void put(final long idHigh, final int idLow, final int owner) {
        devices.owner(devices.add(idHigh, idLow, MAX_EVENT_SIZE), owner);
    }

    @Override
    public long sumOwners(final long[] idHighs, final int[] idLows, final int first, final int count) {
        long sum = 0;
        if (inBatches) {
            for (int i = 0; i < count; i += BATCH) {
                sum += sumOwnersOfBatch(idHighs, idLows, first + i, Math.min(BATCH, count - i));
            }
        } else {
            for (int i = first; i < first + count; i++) {
                sum += devices.owner(devices.find(idHighs[i], idLows[i]));
            }
        }
        return sum;
    }

    private long sumOwnersOfBatch(final long[] idHighs, final int[] idLows, final int first, final int count) {
        final IdIndex index = devices.index();
        for (int i = 0; i < count; i++) {
            hashes[i] = index.hash(idHighs[first + i], idLows[first + i]);
            sink += index.warmPeek(hashes[i]);
        }
        for (int i = 0; i < count; i++) {
            peeked[i] = index.peek(hashes[i]);
            positions[i] = DeviceTable.position(peeked[i]);
        }
        sink += devices.records().warm(positions, count);
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += devices.owner(index.confirm(peeked[i], idHighs[first + i], idLows[first + i]));
        }
        return sum;
    }

    @Override
    public void close() {
        devices.close();
    }
}
