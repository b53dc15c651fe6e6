package io.eventrouter.routing;

import io.eventrouter.matching.BatchMatcher;
import io.eventrouter.matching.PrefixTable;
import io.eventrouter.ownership.DeviceTable;
import java.util.Arrays;

/** From the entries that match to how many devices subscribed, and to the record of one that is alone. */
final class ReceiverPass implements LookupPass {
    private final DeviceTable devices;
    private final PrefixTable prefixes;
    private final BatchMatcher matcher;

    ReceiverPass(final DeviceTable devices, final PrefixTable prefixes, final BatchMatcher matcher) {
        this.devices = devices;
        this.prefixes = prefixes;
        this.matcher = matcher;
    }

    @Override
    public void run(final EventBatch batch) {
        final int hits = matcher.confirmEntries();
        Arrays.fill(batch.hits, 0, batch.lookedUp, 0);
        Arrays.fill(batch.receivers, 0, batch.lookedUp, 0);
        final int capacity = batch.positions.length;
        for (int first = 0; first < hits; first += capacity) {
            final int count = Math.min(capacity, hits - first);
            for (int i = 0; i < count; i++) {
                final boolean ofDevices = matcher.isForDevices(first + i);
                final int entry = matcher.hitEntry(first + i);
                final int device = ofDevices ? prefixes.onlySubscriber(entry) : 0;
                final int event = matcher.hitEvent(first + i);
                batch.hits[event]++;
                batch.receivers[event] += ofDevices ? prefixes.subscribers(entry) : 0;
                batch.positions[i] = DeviceTable.position(device);
            }
            batch.sink += devices.records().warm(batch.positions, count);
        }
    }
}
