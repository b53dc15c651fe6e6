package io.eventrouter.routing;

import io.eventrouter.event.EventOrigin;
import io.eventrouter.matching.BatchMatcher;
import io.eventrouter.matching.PrefixTable;
import io.eventrouter.ownership.DeviceTable;
import io.eventrouter.ownership.ScopeTable;

/**
 * Finds, for all events of a batch, their devices, their scopes and the entries of their subscribers.
 *
 * <p><b>Threading:</b> the routing thread only. Reads the tables, changes nothing but the batch and the matcher.
 */
final class BatchLookup {
    /*
     * An event follows a chain of look-ups, device, scopes, slots, entry, subscriber, and on a large fleet each link
     * misses the cache. A miss that waits for the one before costs hundreds of nanoseconds, one among many independent
     * ones about ten. So each link is followed for all events before the next is followed for any: a pass finds out
     * where the next link is, and then nothing but a short loop of reads brings all of them in at once. Reading them
     * as they are found would not do: the processor looks only so many instructions ahead.
     */
    private final DeviceTable devices;
    private final ScopeTable scopes;
    private final PrefixTable prefixes;
    private final ScopeResolver resolver;
    private final DeliveryPolicy policy;
    private final BatchMatcher matcher;
    private final CurrentEvent event;

    /** Positions to read ahead at, for one pass. */
    private final long[] positions = new long[2 * EventBatch.MAX_EVENTS];

    /** Keeps the reads ahead alive: a read whose value goes nowhere is no read. */
    private int sink;

    BatchLookup(
            final DeviceTable devices,
            final ScopeTable scopes,
            final PrefixTable prefixes,
            final ScopeResolver resolver,
            final DeliveryPolicy policy,
            final BatchMatcher matcher,
            final CurrentEvent event) {
        this.devices = devices;
        this.scopes = scopes;
        this.prefixes = prefixes;
        this.resolver = resolver;
        this.policy = policy;
        this.matcher = matcher;
        this.event = event;
    }

    /** Look up as many events as there is room for, from the first; returns how many. */
    int lookUp(final EventBatch batch) {
        findIndexSlots(batch);
        findCandidates(batch);
        confirmDevices(batch);
        findScopes(batch);
        final int count = askForPrefixes(batch);
        warmReceivers(matcher.match());
        return count;
    }

    private void findIndexSlots(final EventBatch batch) {
        for (int i = 0; i < batch.count; i++) {
            final long address = batch.addresses[i];
            final long hash = devices.index().hashOf(SlotLayout.idHigh(address), SlotLayout.idLow(address));
            batch.idHashes[i] = hash;
            positions[i] = devices.index().home(hash);
        }
        sink += devices.index().slots().warm(positions, batch.count);
    }

    private void findCandidates(final EventBatch batch) {
        for (int i = 0; i < batch.count; i++) {
            batch.devices[i] = SlotLayout.origin(batch.addresses[i]).hasDevice()
                    ? devices.index().candidate(batch.idHashes[i])
                    : 0;
            positions[i] = DeviceTable.position(batch.devices[i]);
        }
        sink += devices.records().warm(positions, batch.count);
    }

    private void confirmDevices(final EventBatch batch) {
        for (int i = 0; i < batch.count; i++) {
            final long address = batch.addresses[i];
            final int device = devices.index()
                    .confirm(
                            batch.devices[i], batch.idHashes[i], SlotLayout.idHigh(address), SlotLayout.idLow(address));
            batch.devices[i] = device;
            positions[2 * i] = ScopeTable.position(devices.owner(device));
            positions[2 * i + 1] = ScopeTable.position(devices.product(device));
        }
        sink += scopes.records().warm(positions, 2 * batch.count);
    }

    private void findScopes(final EventBatch batch) {
        for (int i = 0; i < batch.count; i++) {
            event.wrap(batch.addresses[i], batch.sequences[i]);
            event.device = batch.devices[i];
            batch.results[i] = resolver.resolve(event);
            batch.owners[i] = event.owner;
            batch.ownersOfHearingDevices[i] = event.ownerOfHearingDevices;
            batch.products[i] = event.product;
            batch.payers[i] = event.payer;
            positions[i] = ScopeTable.position(event.payer);
        }
        sink += scopes.records().warm(positions, batch.count);
    }

    private int askForPrefixes(final EventBatch batch) {
        matcher.clear();
        int i = 0;
        for (; i < batch.count && matcher.hasRoomForAnotherEvent(); i++) {
            if (batch.results[i] == ScopeResolver.ROUTED) {
                final long address = batch.addresses[i];
                matcher.event(i, SlotLayout.nameAddress(address), SlotLayout.nameLength(address));
                if (!SlotLayout.isReserved(address)) {
                    askForDevices(batch, i, SlotLayout.origin(address));
                }
                askForServices(batch.owners[i], batch.products[i]);
            }
        }
        return i;
    }

    private void askForDevices(final EventBatch batch, final int index, final EventOrigin origin) {
        if (batch.ownersOfHearingDevices[index] != 0) {
            matcher.probeDevices(batch.ownersOfHearingDevices[index]);
        }
        if (batch.products[index] != 0 && policy.hearsThroughProduct(origin)) {
            matcher.probeDevices(batch.products[index]);
        }
    }

    private void askForServices(final int owner, final int product) {
        if (owner != 0) {
            matcher.probeServices(owner);
        }
        if (product != 0) {
            matcher.probeServices(product);
            matcher.probeWholeName(product);
            if (scopes.organization(product) != 0) {
                matcher.probeServices(scopes.organization(product));
            }
        }
    }

    private void warmReceivers(final int hits) {
        for (int first = 0; first < hits; first += positions.length) {
            final int count = Math.min(positions.length, hits - first);
            for (int i = 0; i < count; i++) {
                final boolean ofDevices = matcher.isForDevices(first + i);
                positions[i] =
                        DeviceTable.position(ofDevices ? prefixes.onlySubscriber(matcher.hitEntry(first + i)) : 0);
            }
            sink += devices.records().warm(positions, count);
        }
    }
}
