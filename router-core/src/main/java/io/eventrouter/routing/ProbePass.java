package io.eventrouter.routing;

import io.eventrouter.event.EventOrigin;
import io.eventrouter.matching.BatchMatcher;
import io.eventrouter.ownership.ScopeTable;

/** From the scopes and names of the events to the slots in which the entries of their subscribers would be. */
final class ProbePass implements LookupPass {
    private final ScopeTable scopes;
    private final DeliveryPolicy policy;
    private final BatchMatcher matcher;

    ProbePass(final ScopeTable scopes, final DeliveryPolicy policy, final BatchMatcher matcher) {
        this.scopes = scopes;
        this.policy = policy;
        this.matcher = matcher;
    }

    /** Takes as many events as there is room for, from the first, and notes how many. */
    @Override
    public void run(final EventBatch batch) {
        matcher.clear();
        int i = 0;
        for (; i < batch.count && matcher.hasRoomForAnotherEvent(); i++) {
            final long record = batch.record(i);
            EventBatch.clearHits(record);
            if (EventBatch.result(record) == ScopeResolver.ROUTED) {
                final long address = EventBatch.address(record);
                matcher.event(i, SlotLayout.nameAddress(address), SlotLayout.nameLength(address));
                if (!SlotLayout.isReserved(address)) {
                    askForDevices(record, SlotLayout.origin(address));
                }
                askForServices(EventBatch.owner(record), EventBatch.product(record));
            }
        }
        batch.lookedUp = i;
        matcher.bringSlots();
    }

    private void askForDevices(final long record, final EventOrigin origin) {
        // Nobody listens in the scope 0, that of an event without an owner: asking costs less than finding out.
        matcher.probeDevices(EventBatch.ownerOfHearingDevices(record));
        if (policy.hearsThroughProduct(origin)) {
            matcher.probeDevices(EventBatch.product(record));
        }
    }

    private void askForServices(final int owner, final int product) {
        matcher.probeServices(owner);
        matcher.probeServices(product);
        matcher.probeWholeName(product);
        matcher.probeServices(scopes.organization(product));
    }
}
