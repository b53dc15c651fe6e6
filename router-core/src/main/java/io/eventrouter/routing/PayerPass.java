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
            event.begin(batch.addresses[i]);
            event.device = batch.devices[i];
            batch.results[i] = resolver.resolve(event);
            batch.owners[i] = event.owner;
            batch.ownersOfHearingDevices[i] = event.ownerOfHearingDevices;
            batch.products[i] = event.product;
            batch.payers[i] = event.payer;
            batch.positions[i] = ScopeTable.position(event.payer);
        }
        batch.sink += scopes.records().warm(batch.positions, count);
    }
}
