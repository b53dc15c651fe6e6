package io.eventrouter.matching;

import io.eventrouter.memory.BlockMemory;
import io.eventrouter.memory.OffHeapMemory;
import io.eventrouter.memory.SeededHash;
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

    /** Events in a batch at most. */
    public static final int MAX_EVENTS = 64;

    private static final int MAX_PROBES = 512 + MAX_PROBES_OF_EVENT;

    /** A question is about one kind of entry in one scope: of an event, for devices in two scopes, and four more. */
    private static final int MAX_QUESTIONS = 6 * MAX_EVENTS;

    // A key is the scope of a probe, its event, its kind and its length, from the top.
    private static final int EVENT_SHIFT = 16;
    private static final int EVENT_MASK = 0xFFFF;
    private static final int KIND_SHIFT = 8;
    private static final int KIND_MASK = 0xFF;
    private static final int LENGTH_MASK = 0xFF;

    private final BlockMemory blocks;
    private final OffHeapMemory memory;
    private final OffHeapMemory scopeRecords;
    private final PrefixTable prefixes;
    private final ScopeSlots slots;
    private final SeededHash hash;

    private final long[] nameAddresses = new long[MAX_EVENTS];
    private final int[] nameLengths = new int[MAX_EVENTS];
    private final long[] nameSums = new long[MAX_EVENTS * SeededHash.MAX_SUMS];
    private final long[] questionKeys = new long[MAX_QUESTIONS + 1];
    private final long[] questionLengths = new long[MAX_QUESTIONS + 1];
    private final long[] probeKeys = new long[MAX_PROBES];
    private final long[] probeTags = new long[MAX_PROBES];
    private final long[] probeSlots = new long[MAX_PROBES];
    private final int[] hitProbes = new int[MAX_PROBES];
    private final int[] hitEntries = new int[MAX_PROBES];
    private final long[] hitKeys = new long[MAX_PROBES];

    private int event;
    private long lengthsOfName;
    private long lengthsThatEndLevels;
    private int questions;
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
     * @param hash that the entries are found by.
     */
    public BatchMatcher(
            final BlockMemory blocks, final ScopeTable scopes, final PrefixTable prefixes, final SeededHash hash) {
        this.blocks = blocks;
        this.memory = blocks.memory();
        this.scopeRecords = scopes.records();
        this.prefixes = prefixes;
        this.slots = prefixes.slots();
        this.hash = hash;
    }

    /** Forget what was asked and found. */
    public void clear() {
        questions = 0;
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
     * @param number of the event, 0 to 63.
     * @param address of its name, off-heap, readable as for {@link SeededHash#sumWords}; must stay until the hits are
     *     read.
     * @param length of its name in bytes, 1 to 255.
     */
    public void event(final int number, final long address, final int length) {
        event = number;
        nameAddresses[number] = address;
        nameLengths[number] = length;
        hash.sumWords(address, length, nameSums, number * SeededHash.MAX_SUMS);
        lengthsOfName = PrefixLengths.upTo(length);
        lengthsThatEndLevels = HashedName.lengthsThatEndLevels(address, length);
    }

    /**
     * Ask for the prefixes that devices have subscribed to in a scope.
     *
     * @param scope handle, or 0 for none.
     */
    public void probeDevices(final int scope) {
        final long record = ScopeTable.position(scope);
        final long ofLevels = scopeRecords.getLong(record + ScopeTable.DEVICE_LEVEL_LENGTHS) & lengthsThatEndLevels;
        final long withinLevels = scopeRecords.getLong(record + ScopeTable.DEVICE_LENGTHS) & lengthsOfName;
        ask(scope, EntryKind.DEVICE, ofLevels | withinLevels);
    }

    /**
     * Ask for the prefixes that integrations and streams have in a scope.
     *
     * @param scope handle, or 0 for none.
     */
    public void probeServices(final int scope) {
        final long record = ScopeTable.position(scope);
        final int flags = scopeRecords.getInt(record + ScopeTable.FLAGS);
        final long lengths =
                (flags & ScopeTable.HAS_SERVICES_WITHIN_LEVELS) == 0 ? lengthsThatEndLevels : lengthsOfName;
        ask(scope, EntryKind.SERVICE, scopeRecords.getLong(record + ScopeTable.SERVICE_LENGTHS) & lengths);
    }

    /**
     * Ask for the whole name, among those that Logic triggers wait for in a scope.
     *
     * @param scope handle.
     */
    public void probeWholeName(final int scope) {
        if (prefixes.hasExactNames(scope)) {
            ask(scope, EntryKind.EXACT, 1);
        }
    }

    /**
     * Find what was asked for: the three steps at once, for whoever has nothing to do between them.
     *
     * @return how many hits there are.
     */
    public int match() {
        bringSlots();
        bringEntries();
        return confirmEntries();
    }

    /** First step, when everything is asked for: bring in the slots that the probes begin at. */
    public void bringSlots() {
        probeSlotsOfQuestions();
        sink += memory.warm(probeSlots, probes, ScopeSlots.LIKELY_LENGTH_OF_SEEK);
    }

    /** Second step: find the entries whose hashes fit, and bring them in. */
    public void bringEntries() {
        hits = findCandidates();
        sink += blocks.warm(hitEntries, hits, EntryDescriptor.LIKELY_LENGTH);
    }

    /**
     * The event of a hit.
     *
     * @param hit number of the hit, from 0.
     * @return the event's number.
     */
    public int hitEvent(final int hit) {
        return (int) (hitKeys[hit] >>> EVENT_SHIFT) & EVENT_MASK;
    }

    /**
     * The scope of a hit.
     *
     * @param hit number of the hit, from 0.
     * @return handle of the scope.
     */
    public int hitScope(final int hit) {
        return (int) (hitKeys[hit] >>> Integer.SIZE);
    }

    /**
     * Whether the subscribers of a hit are devices.
     *
     * @param hit number of the hit, from 0.
     * @return false if they are integrations, streams or Logic functions.
     */
    public boolean isForDevices(final int hit) {
        return kind(hitKeys[hit]) == EntryKind.DEVICE;
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

    // What has no length in common with the name is written too, and then written over: whether it has cannot be
    // predicted.
    private void ask(final int scope, final int kind, final long lengths) {
        questionKeys[questions] = (long) scope << Integer.SIZE | event << EVENT_SHIFT | kind << KIND_SHIFT;
        questionLengths[questions] = lengths;
        questions += lengths == 0 ? 0 : 1;
        probes += Long.bitCount(lengths);
    }

    private void probeSlotsOfQuestions() {
        int probe = 0;
        for (int question = 0, count = questions; question < count; question++) {
            final long key = questionKeys[question];
            final int number = (int) (key >>> EVENT_SHIFT) & EVENT_MASK;
            final int kind = kind(key);
            slots.enter((int) (key >>> Integer.SIZE));
            long lengths = questionLengths[question];
            do {
                final int length =
                        kind == EntryKind.EXACT ? nameLengths[number] : Long.numberOfTrailingZeros(lengths) + 1;
                final long hashed =
                        hash.ofPrefix(nameAddresses[number], length, kind, nameSums, number * SeededHash.MAX_SUMS);
                probeKeys[probe] = key | length;
                probeTags[probe] = ScopeSlots.tag(hashed);
                probeSlots[probe] = slots.home(hashed);
                probe++;
                lengths &= lengths - 1;
            } while (lengths != 0);
        }
    }

    // Keeps the slot of every candidate, because the one behind it may be meant.
    private int findCandidates() {
        int candidates = 0;
        for (int probe = 0, count = probes; probe < count; probe++) {
            final long tag = probeTags[probe];
            final long slot = slots.seek(probeSlots[probe], tag);
            final long value = memory.getLong(slot);
            probeSlots[probe] = slot;
            hitProbes[candidates] = probe;
            hitEntries[candidates] = ScopeSlots.entry(value);
            candidates += ScopeSlots.hasTag(value, tag) ? 1 : 0;
        }
        return candidates;
    }

    /**
     * Third step: keep the entries that are what was asked for, which is nearly all, because their hashes agree in 32
     * bits and in the place.
     *
     * @return how many hits there are.
     */
    public int confirmEntries() {
        int confirmed = 0;
        for (int i = 0, candidates = hits; i < candidates; i++) {
            final int probe = hitProbes[i];
            final long key = probeKeys[probe];
            final long nameAddress = nameAddresses[(int) (key >>> EVENT_SHIFT) & EVENT_MASK];
            final int length = (int) key & LENGTH_MASK;
            int entry = hitEntries[i];
            if (!prefixes.isEntryOf(entry, kind(key), nameAddress, length)) {
                entry = prefixes.findFrom(probeSlots[probe], probeTags[probe], kind(key), nameAddress, length);
            }
            hitKeys[confirmed] = key;
            hitEntries[confirmed] = entry;
            confirmed += entry == 0 ? 0 : 1;
        }
        hits = confirmed;
        return confirmed;
    }

    private static int kind(final long key) {
        return (int) (key >>> KIND_SHIFT) & KIND_MASK;
    }
}
