package io.eventrouter.routing;

import io.eventrouter.memory.IdIndex;

/** From the events to the index slots of their devices. */
final class IndexSlotPass implements LookupPass {
    private final IdIndex index;

    IndexSlotPass(final IdIndex index) {
        this.index = index;
    }

    @Override
    public void run(final EventBatch batch) {
        final int count = batch.count;
        for (int i = 0; i < count; i++) {
            final long address = batch.addresses[i];
            final long hash = index.hashOf(SlotLayout.idHigh(address), SlotLayout.idLow(address));
            batch.idHashes[i] = hash;
            batch.positions[i] = index.home(hash);
        }
        batch.sink += index.slots().warm(batch.positions, count);
    }
}
