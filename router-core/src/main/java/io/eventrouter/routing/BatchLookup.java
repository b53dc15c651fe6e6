package io.eventrouter.routing;

import io.eventrouter.matching.EntryKind;
import io.eventrouter.matching.HashedName;
import io.eventrouter.matching.PrefixTable;
import io.eventrouter.memory.BlockMemory;
import io.eventrouter.memory.SegmentedMemory;
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
     * ones about ten. So each link is followed for all events before the next is followed for any: a pass finds out
     * where the next link is, and then nothing but a short loop of reads brings all of them in at once. Reading them
     * as they are found would not do: the processor looks only so many instructions ahead.
     */
    private final DeviceTable devices;
    private final ScopeTable scopes;
    private final PrefixTable prefixes;
    private final SegmentedMemory matchingMemory;
    private final UsageMeter meter;
    private final ScopeResolver resolver;
    private final DeliveryPolicy policy;
    private final CurrentEvent event;
    private final HashedName name;

    /** Keeps the reads ahead alive: a read whose value goes nowhere is no read. */
    private int sink;

    BatchLookup(
            final DeviceTable devices,
            final ScopeTable scopes,
            final PrefixTable prefixes,
            final SegmentedMemory matchingMemory,
            final UsageMeter meter,
            final ScopeResolver resolver,
            final DeliveryPolicy policy,
            final CurrentEvent event,
            final HashedName name) {
        this.devices = devices;
        this.scopes = scopes;
        this.prefixes = prefixes;
        this.matchingMemory = matchingMemory;
        this.meter = meter;
        this.resolver = resolver;
        this.policy = policy;
        this.event = event;
        this.name = name;
    }

    /** Look up as many events as there is room for, from the first; returns how many. */
    int lookUp(final EventBatch batch) {
        findIndexSlots(batch);
        findDeviceCandidates(batch);
        confirmDevices(batch);
        findScopes(batch);
        final int count = findSlots(batch);
        findCandidates(batch);
        confirmEntries(batch, count);
        return count;
    }

    private void findIndexSlots(final EventBatch batch) {
        for (int i = 0; i < batch.count; i++) {
            final int offset = batch.offsets[i];
            final long hash = devices.index()
                    .hashOf(SlotLayout.idHigh(batch.buffer, offset), SlotLayout.idLow(batch.buffer, offset));
            batch.idHashes[i] = hash;
            batch.positions[i] = devices.index().home(hash);
        }
        sink += devices.index().slots().warm(batch.positions, batch.count);
    }

    private void findDeviceCandidates(final EventBatch batch) {
        for (int i = 0; i < batch.count; i++) {
            batch.devices[i] = SlotLayout.origin(batch.buffer, batch.offsets[i]).hasDevice()
                    ? devices.index().candidate(batch.idHashes[i])
                    : 0;
            batch.positions[i] = DeviceTable.position(batch.devices[i]);
        }
        sink += devices.records().warm(batch.positions, batch.count);
    }

    private void confirmDevices(final EventBatch batch) {
        for (int i = 0; i < batch.count; i++) {
            final int offset = batch.offsets[i];
            batch.devices[i] = devices.index()
                    .confirm(
                            batch.devices[i],
                            batch.idHashes[i],
                            SlotLayout.idHigh(batch.buffer, offset),
                            SlotLayout.idLow(batch.buffer, offset));
            batch.positions[i] = UsageMeter.position(batch.devices[i]);
        }
        sink += meter.words().warm(batch.positions, batch.count);
        for (int i = 0; i < batch.count; i++) {
            batch.positions[2 * i] = ScopeTable.position(devices.owner(batch.devices[i]));
            batch.positions[2 * i + 1] = ScopeTable.position(devices.product(batch.devices[i]));
        }
        sink += scopes.records().warm(batch.positions, 2 * batch.count);
    }

    private void findScopes(final EventBatch batch) {
        for (int i = 0; i < batch.count; i++) {
            event.wrap(batch.buffer, batch.offsets[i], batch.sequences[i]);
            event.device = batch.devices[i];
            batch.results[i] = resolver.resolve(event);
            batch.owners[i] = event.owner;
            batch.ownersOfHearingDevices[i] = event.ownerOfHearingDevices;
            batch.products[i] = event.product;
        }
    }

    private int findSlots(final EventBatch batch) {
        int i = 0;
        for (; i < batch.count && batch.hasRoomForProbesOfAnotherEvent(); i++) {
            if (batch.results[i] == ScopeResolver.ROUTED) {
                probe(batch, i);
            }
            batch.endsOfProbes[i] = batch.probes;
        }
        sink += matchingMemory.warm(batch.probeHomes, batch.probes);
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
        for (int i = 0; i < batch.probes; i++) {
            batch.probeEntries[i] = prefixes.candidate(batch.probeHomes[i], batch.probeScopes[i], batch.probeHashes[i]);
            batch.positions[i] = BlockMemory.position(batch.probeEntries[i]);
        }
        sink += matchingMemory.warm(batch.positions, batch.probes);
    }

    private void confirmEntries(final EventBatch batch, final int count) {
        int probe = 0;
        for (int i = 0; i < count; i++) {
            final int offset = batch.offsets[i];
            name.wrapBytes(batch.buffer, SlotLayout.nameOffset(offset), SlotLayout.nameLength(batch.buffer, offset));
            for (; probe < batch.endsOfProbes[i]; probe++) {
                if (batch.probeEntries[probe] != 0) {
                    confirm(batch, probe);
                }
            }
        }
        warmReceivers(batch);
    }

    private void confirm(final EventBatch batch, final int probe) {
        batch.probeEntries[probe] = prefixes.confirm(
                batch.probeEntries[probe],
                batch.probeScopes[probe],
                batch.probeKinds[probe],
                name,
                batch.probeLengths[probe],
                batch.probeHashes[probe]);
    }

    private void warmReceivers(final EventBatch batch) {
        int receivers = 0;
        for (int i = 0; i < batch.probes; i++) {
            if (batch.probeEntries[i] != 0 && batch.probeKinds[i] == EntryKind.DEVICE) {
                batch.positions[receivers++] = DeviceTable.position(prefixes.onlySubscriber(batch.probeEntries[i]));
            }
        }
        sink += devices.records().warm(batch.positions, receivers);
        for (int i = 0; i < receivers; i++) {
            batch.positions[i] = batch.positions[i] / DeviceTable.RECORD_LENGTH * Long.BYTES;
        }
        sink += meter.words().warm(batch.positions, receivers);
    }
}
