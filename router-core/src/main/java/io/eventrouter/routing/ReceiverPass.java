package io.eventrouter.routing;

import io.eventrouter.matching.BatchMatcher;
import io.eventrouter.matching.PrefixTable;
import io.eventrouter.ownership.DeviceTable;

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
        for (int hit = 0; hit < hits; hit++) {
            final int entry = matcher.hitEntry(hit);
            final boolean ofDevices = matcher.isForDevices(hit);
            EventBatch.addHit(batch.record(matcher.hitEvent(hit)), ofDevices ? prefixes.subscribers(entry) : 0);
            matcher.hitDevice(hit, ofDevices ? prefixes.onlySubscriber(entry) : 0);
        }
        batch.sink += devices.warm(matcher.hits(), BatchMatcher.HIT_DEVICE, hits);
    }
}
