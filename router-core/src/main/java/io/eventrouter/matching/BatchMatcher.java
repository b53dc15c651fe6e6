package io.eventrouter.matching;

import io.eventrouter.memory.BlockMemory;
import io.eventrouter.memory.OffHeapMemory;
import io.eventrouter.ownership.ScopeTable;

/**
 * Finds the entries that match the names of several events, each in scopes of its own, in one go.
 *
 * <p>Say which event comes next and which scopes it is to be looked up in, for all events; then match; then read the
 * hits, which are in the order of what was asked.
 *
 * <p><b>Threading:</b> the routing thread only. Reused from batch to batch, without allocating. <b>Cost:</b> one probe
 * for every length that prefixes of a scope have and that the name is long enough for. The probes of a batch do not wait
 * for each other's memory.
 */
public final class BatchMatcher {
    /** Probes of one event at most: 64 lengths for devices in two scopes, for services in three, and one whole name. */
    private static final int MAX_PROBES_OF_EVENT = 5 * Long.SIZE + 1;

    private static final int MAX_PROBES = 512 + MAX_PROBES_OF_EVENT;

    // A key is the kind of a probe above its length.
    private static final int KIND_SHIFT = 8;
    private static final int LENGTH_MASK = 0xFF;

    private final OffHeapMemory memory;
    private final OffHeapMemory scopeRecords;
    private final PrefixTable prefixes;
    private final ScopeSlots slots;
    private final HashedName name;

    private final int[] probeEvents = new int[MAX_PROBES];
    private final int[] probeScopes = new int[MAX_PROBES];
    private final int[] probeKeys = new int[MAX_PROBES];
    private final long[] probeNames = new long[MAX_PROBES];
    private final long[] probeTags = new long[MAX_PROBES];
    private final long[] probeSlots = new long[MAX_PROBES];
    private final int[] hitProbes = new int[MAX_PROBES];
    private final int[] hitEntries = new int[MAX_PROBES];
    private final long[] hitPositions = new long[MAX_PROBES];

    private int event;
    private long nameAddress;
    private int nameLength;
    private boolean nameHashed;
    private int probes;
    private int hits;

    /** Keeps the reads ahead alive: a read whose value goes nowhere is no read. */
    private int sink;

    /**
     * A matcher that was asked for nothing.
     *
     * @param blocks that the entries live in.
     * @param scopes to look up in.
     * @param prefixes that are in them.
     * @param name for the matcher's own use.
     */
    public BatchMatcher(
            final BlockMemory blocks, final ScopeTable scopes, final PrefixTable prefixes, final HashedName name) {
        this.memory = blocks.memory();
        this.scopeRecords = scopes.records();
        this.prefixes = prefixes;
        this.slots = prefixes.slots();
        this.name = name;
    }

    /** Forget what was asked and found. */
    public void clear() {
        probes = 0;
        hits = 0;
    }

    /**
     * Whether another event can be asked for, whatever its scopes.
     *
     * @return false if what was asked must be matched first.
     */
    public boolean hasRoomForAnotherEvent() {
        return probes <= MAX_PROBES - MAX_PROBES_OF_EVENT;
    }

    /**
     * What is asked from here on is asked for this event.
     *
     * @param number of the event, for the caller.
     * @param address of its name, off-heap, with 7 readable bytes behind it; must stay until the hits are read.
     * @param length of its name in bytes, 1 to 255.
     */
    public void event(final int number, final long address, final int length) {
        event = number;
        nameAddress = address;
        nameLength = length;
        nameHashed = false;
    }

    /**
     * Ask for the prefixes that devices have subscribed to in a scope.
     *
     * @param scope handle.
     */
    public void probeDevices(final int scope) {
        probeLengths(scope, EntryKind.DEVICE, scopeRecords.getLong(position(scope) + ScopeTable.DEVICE_LENGTHS));
    }

    /**
     * Ask for the prefixes that integrations and streams have in a scope.
     *
     * @param scope handle.
     */
    public void probeServices(final int scope) {
        probeLengths(scope, EntryKind.SERVICE, scopeRecords.getLong(position(scope) + ScopeTable.SERVICE_LENGTHS));
    }

    /**
     * Ask for the whole name, among those that Logic triggers wait for in a scope.
     *
     * @param scope handle.
     */
    public void probeWholeName(final int scope) {
        if (prefixes.hasExactNames(scope) && slots.enter(scope)) {
            probe(scope, EntryKind.EXACT, nameLength);
        }
    }

    /**
     * Find what was asked for.
     *
     * @return how many hits there are.
     */
    public int match() {
        sink += memory.warm(probeSlots, probes);
        findCandidates();
        sink += memory.warm(hitPositions, hits);
        dropOthers();
        return hits;
    }

    /**
     * How many hits there are.
     *
     * @return the number.
     */
    public int hits() {
        return hits;
    }

    /**
     * The event of a hit.
     *
     * @param hit number of the hit, from 0.
     * @return the event's number.
     */
    public int hitEvent(final int hit) {
        return probeEvents[hitProbes[hit]];
    }

    /**
     * The scope of a hit.
     *
     * @param hit number of the hit, from 0.
     * @return handle of the scope.
     */
    public int hitScope(final int hit) {
        return probeScopes[hitProbes[hit]];
    }

    /**
     * Whether the subscribers of a hit are devices.
     *
     * @param hit number of the hit, from 0.
     * @return false if they are integrations, streams or Logic functions.
     */
    public boolean isForDevices(final int hit) {
        return probeKeys[hitProbes[hit]] >>> KIND_SHIFT == EntryKind.DEVICE;
    }

    /**
     * The entry of a hit, for a {@link SubscriberCursor}.
     *
     * @param hit number of the hit, from 0.
     * @return the entry.
     */
    public int hitEntry(final int hit) {
        return hitEntries[hit];
    }

    private void probeLengths(final int scope, final int kind, final long lengthsInUse) {
        long lengths = nameLength >= Long.SIZE ? lengthsInUse : lengthsInUse & (1L << nameLength) - 1;
        if (lengths != 0) {
            slots.enter(scope);
            for (; lengths != 0; lengths &= lengths - 1) {
                probe(scope, kind, Long.numberOfTrailingZeros(lengths) + 1);
            }
        }
    }

    private void probe(final int scope, final int kind, final int length) {
        if (!nameHashed) {
            name.wrap(nameAddress, nameLength);
            nameHashed = true;
        }
        final long hash = name.hash(length, kind);
        final int probe = probes++;
        probeEvents[probe] = event;
        probeScopes[probe] = scope;
        probeKeys[probe] = kind << KIND_SHIFT | length;
        probeNames[probe] = nameAddress;
        probeTags[probe] = ScopeSlots.tag(hash);
        probeSlots[probe] = slots.home(hash);
    }

    // Keeps the slot of every candidate, because the one behind it may be meant.
    private void findCandidates() {
        for (int probe = 0; probe < probes; probe++) {
            final long tag = probeTags[probe];
            final long slot = slots.seek(probeSlots[probe], tag);
            final int entry = slots.entryAt(slot, tag);
            probeSlots[probe] = slot;
            hitProbes[hits] = probe;
            hitEntries[hits] = entry;
            hitPositions[hits] = BlockMemory.position(entry);
            hits += entry == 0 ? 0 : 1;
        }
    }

    // Nearly all candidates are what was asked for: their hashes agree in 32 bits and in the place.
    private void dropOthers() {
        final int candidates = hits;
        hits = 0;
        for (int i = 0; i < candidates; i++) {
            final int probe = hitProbes[i];
            final int kind = probeKeys[probe] >>> KIND_SHIFT;
            final int length = probeKeys[probe] & LENGTH_MASK;
            final int entry = prefixes.isEntryOf(hitEntries[i], kind, probeNames[probe], length)
                    ? hitEntries[i]
                    : prefixes.findFrom(probeSlots[probe], probeTags[probe], kind, probeNames[probe], length);
            hitProbes[hits] = probe;
            hitEntries[hits] = entry;
            hits += entry == 0 ? 0 : 1;
        }
    }

    private static long position(final int scope) {
        return ScopeTable.position(scope);
    }
}
