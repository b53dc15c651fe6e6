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
            final long address = batch.addresses[i];
            final int device = SlotLayout.origin(address).hasDevice()
                    ? devices.index().confirm(batch.devices[i], SlotLayout.idHigh(address), SlotLayout.idLow(address))
                    : 0;
            batch.devices[i] = device;
            batch.positions[2 * i] = ScopeTable.position(devices.owner(device));
            batch.positions[2 * i + 1] = ScopeTable.position(devices.product(device));
        }
        batch.sink += scopes.records().warm(batch.positions, 2 * count);
    }
}
