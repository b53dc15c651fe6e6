package io.eventrouter.routing;

import io.eventrouter.matching.EntryKind;
import io.eventrouter.matching.HashedName;
import io.eventrouter.matching.PrefixTable;
import io.eventrouter.metering.UsageMeter;
import io.eventrouter.ownership.DeviceTable;
import io.eventrouter.ownership.ScopeTable;

/**
 * Finds, for all events of a batch, their devices, their scopes and the entries of their subscribers.
 *
 * <p><b>Threading:</b> the routing thread only. Reads the tables, changes nothing but the batch.
 */
final class BatchLookup {
    /*
     * An event follows a chain of look-ups, device, scopes, slots, entry, subscriber, and on a large fleet each link
     * misses the cache. A miss that waits for the one before costs hundreds of nanoseconds, one among many independent
     * ones about ten. So each link is followed for all events before the next is followed for any, and every pass ends
     * by reading what the next one needs.
     */
    private final DeviceTable devices;
    private final ScopeTable scopes;
    private final PrefixTable prefixes;
    private final UsageMeter meter;
    private final ScopeResolver resolver;
    private final DeliveryPolicy policy;
    private final CurrentEvent event;
    private final HashedName name;

    /** Keeps the reads ahead alive: a read whose value goes nowhere is no read. */
    private long sink;

    BatchLookup(
            final DeviceTable devices,
            final ScopeTable scopes,
            final PrefixTable prefixes,
            final UsageMeter meter,
            final ScopeResolver resolver,
            final DeliveryPolicy policy,
            final CurrentEvent event,
            final HashedName name) {
        this.devices = devices;
        this.scopes = scopes;
        this.prefixes = prefixes;
        this.meter = meter;
        this.resolver = resolver;
        this.policy = policy;
        this.event = event;
        this.name = name;
    }

    /** Look up as many events as there is room for, from the first; returns how many. */
    int lookUp(final EventBatch batch) {
        warmDeviceIndex(batch);
        findDevices(batch);
        findScopes(batch);
        final int count = findSlots(batch);
        findCandidates(batch);
        confirmEntries(batch, count);
        return count;
    }

    private void warmDeviceIndex(final EventBatch batch) {
        long read = 0;
        for (int i = 0; i < batch.count; i++) {
            final int offset = batch.offsets[i];
            read += devices.warm(SlotLayout.idHigh(batch.buffer, offset), SlotLayout.idLow(batch.buffer, offset));
        }
        sink = read;
    }

    private void findDevices(final EventBatch batch) {
        for (int i = 0; i < batch.count; i++) {
            final int offset = batch.offsets[i];
            batch.devices[i] = SlotLayout.origin(batch.buffer, offset).hasDevice()
                    ? devices.find(SlotLayout.idHigh(batch.buffer, offset), SlotLayout.idLow(batch.buffer, offset))
                    : 0;
        }
    }

    private void findScopes(final EventBatch batch) {
        long read = 0;
        for (int i = 0; i < batch.count; i++) {
            event.wrap(batch.buffer, batch.offsets[i], batch.sequences[i]);
            event.device = batch.devices[i];
            batch.results[i] = resolver.resolve(event);
            batch.owners[i] = event.owner;
            batch.ownersOfHearingDevices[i] = event.ownerOfHearingDevices;
            batch.products[i] = event.product;
            read += meter.warm(event.device) + scopes.flags(event.owner) + scopes.organization(event.product);
        }
        sink = read;
    }

    private int findSlots(final EventBatch batch) {
        long read = 0;
        int i = 0;
        for (; i < batch.count && batch.hasRoomForProbesOfAnotherEvent(); i++) {
            if (batch.results[i] == ScopeResolver.ROUTED) {
                final int first = batch.probes;
                probe(batch, i);
                for (int probe = first; probe < batch.probes; probe++) {
                    read += prefixes.warm(batch.probeHomes[probe]);
                }
            }
            batch.endsOfProbes[i] = batch.probes;
        }
        sink = read;
        return i;
    }

    private void probe(final EventBatch batch, final int index) {
        event.wrap(batch.buffer, batch.offsets[index], batch.sequences[index]);
        name.wrap(batch.buffer, event.nameOffset(), event.nameLength());
        final int owner = batch.owners[index];
        final int ownerOfHearingDevices = batch.ownersOfHearingDevices[index];
        final int product = batch.products[index];
        if (!event.isSystemEvent()) {
            if (ownerOfHearingDevices != 0) {
                probe(batch, ownerOfHearingDevices, EntryKind.DEVICE, ScopeTable.DEVICE_LENGTHS);
            }
            if (product != 0 && policy.hearsThroughProduct(event.origin())) {
                probe(batch, product, EntryKind.DEVICE, ScopeTable.DEVICE_LENGTHS);
            }
        }
        if (owner != 0) {
            probe(batch, owner, EntryKind.SERVICE, ScopeTable.SERVICE_LENGTHS);
        }
        if (product != 0) {
            probe(batch, product, EntryKind.SERVICE, ScopeTable.SERVICE_LENGTHS);
            if (prefixes.hasExactNames(product)) {
                prefixes.enter(product);
                addProbe(batch, product, EntryKind.EXACT, name.length());
            }
            if (scopes.organization(product) != 0) {
                probe(batch, scopes.organization(product), EntryKind.SERVICE, ScopeTable.SERVICE_LENGTHS);
            }
        }
    }

    private void probe(final EventBatch batch, final int scope, final int kind, final int lengthsOffset) {
        long lengths = prefixes.lengths(scope, lengthsOffset, name.length());
        if (lengths != 0) {
            prefixes.enter(scope);
            for (; lengths != 0; lengths &= lengths - 1) {
                addProbe(batch, scope, kind, Long.numberOfTrailingZeros(lengths) + 1);
            }
        }
    }

    private void addProbe(final EventBatch batch, final int scope, final int kind, final int length) {
        final long hash = name.hash(length, kind);
        batch.addProbe(scope, kind, length, hash, prefixes.home(hash));
    }

    private void findCandidates(final EventBatch batch) {
        long read = 0;
        for (int i = 0; i < batch.probes; i++) {
            final int entry = prefixes.candidate(batch.probeHomes[i], batch.probeScopes[i], batch.probeHashes[i]);
            batch.probeEntries[i] = entry;
            read += prefixes.warmEntry(entry);
        }
        sink = read;
    }

    private void confirmEntries(final EventBatch batch, final int count) {
        long read = 0;
        int probe = 0;
        for (int i = 0; i < count; i++) {
            final int offset = batch.offsets[i];
            name.wrapBytes(batch.buffer, SlotLayout.nameOffset(offset), SlotLayout.nameLength(batch.buffer, offset));
            for (; probe < batch.endsOfProbes[i]; probe++) {
                if (batch.probeEntries[probe] != 0) {
                    read += confirm(batch, probe);
                }
            }
        }
        sink = read;
    }

    private long confirm(final EventBatch batch, final int probe) {
        final int entry = prefixes.confirm(
                batch.probeEntries[probe],
                batch.probeScopes[probe],
                batch.probeKinds[probe],
                name,
                batch.probeLengths[probe],
                batch.probeHashes[probe]);
        batch.probeEntries[probe] = entry;
        if (entry == 0 || batch.probeKinds[probe] != EntryKind.DEVICE) {
            return 0;
        }
        final int receiver = prefixes.onlySubscriber(entry);
        return devices.owner(receiver) + meter.warm(receiver);
    }
}
