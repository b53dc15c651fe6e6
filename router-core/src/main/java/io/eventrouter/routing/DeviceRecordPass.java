package io.eventrouter.routing;

import io.eventrouter.ownership.DeviceTable;

/** From the index slots to the records of the devices that the events come from. */
final class DeviceRecordPass implements LookupPass {
    private final DeviceTable devices;

    DeviceRecordPass(final DeviceTable devices) {
        this.devices = devices;
    }

    @Override
    public void run(final EventBatch batch) {
        final int count = batch.count;
        for (int i = 0; i < count; i++) {
            final boolean hasDevice = SlotLayout.origin(batch.addresses[i]).hasDevice();
            final int device = hasDevice ? devices.index().candidate(batch.idHashes[i]) : 0;
            batch.devices[i] = device;
            batch.positions[i] = DeviceTable.position(device);
        }
        batch.sink += devices.records().warm(batch.positions, count);
    }
}
