package io.eventrouter.routing;

import io.eventrouter.event.EventOrigin;
import io.eventrouter.matching.HashedName;
import io.eventrouter.matching.PrefixTable;
import io.eventrouter.metering.UsageMeter;
import io.eventrouter.ownership.DeviceTable;
import io.eventrouter.ownership.ScopeTable;
import org.agrona.DirectBuffer;

/**
 * Brings the memory that some events will need into the cache before they are routed one by one.
 *
 * <p>It decides nothing and changes nothing: what it reads is read again by those who decide.
 */
final class BatchWarmer {
    /*
     * Routing an event follows a chain of look-ups, device, owner, product, slots, entry, subscriber, and on a large
     * fleet each of them misses the cache. A miss that waits for the one before costs hundreds of nanoseconds, one
     * among many independent ones about ten. So one link of the chain is read for all events before the next link is
     * read for any. Each pass only reads what the pass before has brought in.
     */
    static final int MAX_EVENTS = 64;

    private static final int MAX_PROBES = 8 * MAX_EVENTS;

    private final DeviceTable devices;
    private final ScopeTable scopes;
    private final PrefixTable prefixes;
    private final UsageMeter meter;
    private final HashedName name;
    private final int[] offsets = new int[MAX_EVENTS];
    private final int[] eventDevices = new int[MAX_EVENTS];
    private final int[] probeScopes = new int[MAX_PROBES];
    private final long[] probeHashes = new long[MAX_PROBES];
    private final int[] entries = new int[MAX_PROBES];
    private int count;
    private int probes;

    /** Keeps the reads alive: a read whose value goes nowhere is no read. */
    private long sink;

    BatchWarmer(
            final DeviceTable devices,
            final ScopeTable scopes,
            final PrefixTable prefixes,
            final UsageMeter meter,
            final HashedName name) {
        this.devices = devices;
        this.scopes = scopes;
        this.prefixes = prefixes;
        this.meter = meter;
        this.name = name;
    }

    /** Take an event in, unless enough are. */
    void add(final DirectBuffer buffer, final int offset) {
        final EventOrigin origin = SlotLayout.origin(buffer, offset);
        if (count < MAX_EVENTS && origin.hasDevice()) {
            offsets[count++] = offset;
        }
    }

    /** Read ahead for the events that were taken in, and forget them. */
    void warm(final DirectBuffer buffer) {
        long read = 0;
        for (int i = 0; i < count; i++) {
            read += devices.warm(SlotLayout.idHigh(buffer, offsets[i]), SlotLayout.idLow(buffer, offsets[i]));
        }
        for (int i = 0; i < count; i++) {
            eventDevices[i] = devices.find(SlotLayout.idHigh(buffer, offsets[i]), SlotLayout.idLow(buffer, offsets[i]));
        }
        for (int i = 0; i < count; i++) {
            read += warmScopes(eventDevices[i]);
        }
        probes = 0;
        for (int i = 0; i < count; i++) {
            read += warmSlots(buffer, offsets[i], eventDevices[i]);
        }
        read += warmEntries() + warmReceivers();
        sink = read;
        count = 0;
    }

    private long warmScopes(final int device) {
        return meter.warm(device)
                + scopes.flags(devices.owner(device))
                + scopes.flags(devices.product(device))
                + scopes.flags(devices.account(device));
    }

    private long warmSlots(final DirectBuffer buffer, final int offset, final int device) {
        name.wrap(buffer, SlotLayout.nameOffset(offset), SlotLayout.nameLength(buffer, offset));
        return warmSlots(devices.owner(device)) + warmSlots(devices.product(device));
    }

    private long warmSlots(final int scope) {
        long read = 0;
        long lengths = prefixes.lengths(scope, ScopeTable.DEVICE_LENGTHS, name.length());
        for (; lengths != 0 && probes < MAX_PROBES; lengths &= lengths - 1) {
            final long hash = prefixes.hashOfDevices(name, Long.numberOfTrailingZeros(lengths) + 1);
            probeScopes[probes] = scope;
            probeHashes[probes++] = hash;
            read += prefixes.warmSlot(scope, hash);
        }
        return read;
    }

    private long warmEntries() {
        long read = 0;
        for (int i = 0; i < probes; i++) {
            entries[i] = prefixes.candidate(probeScopes[i], probeHashes[i]);
            read += prefixes.warmEntry(entries[i]);
        }
        return read;
    }

    private long warmReceivers() {
        long read = 0;
        for (int i = 0; i < probes; i++) {
            final int device = prefixes.onlySubscriber(entries[i]);
            read += devices.owner(device) + meter.warm(device);
        }
        return read;
    }
}
