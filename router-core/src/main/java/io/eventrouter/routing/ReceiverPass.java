package io.eventrouter.routing;

import io.eventrouter.matching.BatchMatcher;
import io.eventrouter.matching.PrefixTable;
import io.eventrouter.ownership.DeviceTable;

/** From the entries that match to the records of the devices that subscribed. */
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
        final int capacity = batch.positions.length;
        for (int first = 0; first < hits; first += capacity) {
            final int count = Math.min(capacity, hits - first);
            for (int i = 0; i < count; i++) {
                final boolean ofDevices = matcher.isForDevices(first + i);
                final int device = ofDevices ? prefixes.onlySubscriber(matcher.hitEntry(first + i)) : 0;
                batch.positions[i] = DeviceTable.position(device);
            }
            batch.sink += devices.records().warm(batch.positions, count);
        }
    }
}
