package io.eventrouter.routing;

import io.eventrouter.ownership.DeviceTable;
import io.eventrouter.ownership.ScopeTable;

/** From the devices to the records of their owners and products. */
final class ScopeRecordPass implements LookupPass {
    private final DeviceTable devices;
    private final ScopeTable scopes;

    ScopeRecordPass(final DeviceTable devices, final ScopeTable scopes) {
        this.devices = devices;
        this.scopes = scopes;
    }

    @Override
    public void run(final EventBatch batch) {
        final int count = batch.count;
        for (int i = 0; i < count; i++) {
            final long record = batch.record(i);
            final long address = EventBatch.address(record);
            final int device = SlotLayout.origin(address).hasDevice()
                    ? devices.index()
                            .confirm(EventBatch.device(record), SlotLayout.idHigh(address), SlotLayout.idLow(address))
                    : 0;
            EventBatch.device(record, device);
            EventBatch.owner(record, devices.owner(device));
            EventBatch.product(record, devices.product(device));
        }
        batch.sink += scopes.warm(batch.records(), EventBatch.OWNER, count);
        batch.sink += scopes.warm(batch.records(), EventBatch.PRODUCT, count);
    }
}
