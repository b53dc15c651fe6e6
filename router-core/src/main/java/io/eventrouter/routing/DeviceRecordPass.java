package io.eventrouter.routing;

import io.eventrouter.ownership.DeviceTable;

/** From the events to the records of the devices that they most likely come from, as publishers say. */
final class DeviceRecordPass implements LookupPass {
    private final DeviceTable devices;

    DeviceRecordPass(final DeviceTable devices) {
        this.devices = devices;
    }

    @Override
    public void run(final EventBatch batch) {
        final int count = batch.count;
        for (int i = 0; i < count; i++) {
            final long record = batch.record(i);
            final long address = EventBatch.address(record);
            EventBatch.device(
                    record,
                    SlotLayout.origin(address).hasDevice()
                            ? devices.handleOrNone(SlotLayout.likelyDevice(address))
                            : 0);
        }
        batch.sink += devices.warm(batch.records(), EventBatch.DEVICE, count);
    }
}
