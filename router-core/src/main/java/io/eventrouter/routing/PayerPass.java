package io.eventrouter.routing;

import io.eventrouter.ownership.ScopeTable;

/** From the owners and products to the scopes of the events, and to the records of those who pay. */
final class PayerPass implements LookupPass {
    private final ScopeTable scopes;
    private final ScopeResolver resolver;
    private final CurrentEvent event;

    PayerPass(final ScopeTable scopes, final ScopeResolver resolver, final CurrentEvent event) {
        this.scopes = scopes;
        this.resolver = resolver;
        this.event = event;
    }

    @Override
    public void run(final EventBatch batch) {
        final int count = batch.count;
        for (int i = 0; i < count; i++) {
            final long record = batch.record(i);
            event.begin(EventBatch.address(record));
            event.device = EventBatch.device(record);
            EventBatch.result(record, resolver.resolve(event));
            EventBatch.owner(record, event.owner);
            EventBatch.ownerOfHearingDevices(record, event.ownerOfHearingDevices);
            EventBatch.product(record, event.product);
            EventBatch.payer(record, event.payer);
        }
        batch.sink += scopes.warm(batch.records(), EventBatch.PAYER, count);
    }
}
