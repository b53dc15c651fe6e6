package io.eventrouter.matching;

import io.eventrouter.memory.BlockMemory;
import io.eventrouter.memory.OffHeapMemory;
import io.eventrouter.memory.Records;
import io.eventrouter.memory.SeededHash;
import io.eventrouter.ownership.ScopeTable;
import org.agrona.BitUtil;
import org.agrona.UnsafeApi;

/**
 * Finds the entries that match the names of several events, each in scopes of its own, in one go.
 *
 * <p>Say which event comes next and which scopes it is to be looked up in, for all events; then match; then read the
 * hits, which are in the order of what was asked.
 *
 * <p><b>Threading:</b> the routing thread only. Reused from batch to batch, without allocating. <b>Cost:</b> one probe
 * for every length that prefixes of a scope have and that the name is long enough for. The probes of a batch do not
 * wait for each other's memory.
 */
public final class BatchMatcher {
    /** Probes of one event at most: 64 lengths for devices in two scopes, for services in three, and one whole name. */
    private static final int MAX_PROBES_OF_EVENT = 5 * Long.SIZE + 1;

    /** Events in a batch at most. */
    public static final int MAX_EVENTS = 96;

    private static final int MAX_PROBES = 512 + MAX_PROBES_OF_EVENT;

    /** A question is about one kind of entry in one scope: of an event, for devices in two scopes, and four more. */
    private static final int MAX_QUESTIONS = 6 * MAX_EVENTS;

    // Record of an event: the address of its name, the length, the sums of its words. The sums of most names are in its
    // first cache line.
    private static final int NAME_LENGTH = 8;
    private static final int NAME_SUMS = 16;
    private static final int NAME_RECORD_LENGTH =
            BitUtil.align(NAME_SUMS + SeededHash.SUMS_LENGTH, BitUtil.CACHE_LINE_LENGTH);

    // Record of a question: its key, and the lengths that are asked for.
    private static final int LENGTHS = 8;
    private static final int QUESTION_SHIFT = 4;

    // Record of a probe, later of a hit: its key, slot, tag and entry.
    private static final int SLOT = 8;
    private static final int TAG = 16;
    private static final int ENTRY = 24;

    /** Offset, in the record of a hit, of what {@link #hitDevice(int, int)} keeps. */
    public static final int HIT_DEVICE = 28;

    private static final int PROBE_RECORD_LENGTH = 32;

    // A key is a scope, an event, a kind and a length, from the top. That of a question has the length that its
    // lowest bit stands for.
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

    private final Records nameRecords = new Records(MAX_EVENTS, NAME_RECORD_LENGTH);
    private final Records questionRecords = new Records(MAX_QUESTIONS + 1, 1 << QUESTION_SHIFT);
    private final Records probeRecords = new Records(MAX_PROBES, PROBE_RECORD_LENGTH);

    private int event;
    private long lengthsOfName;
    private long lengthsThatEndLevels;

    /** Where the next question goes. */
    private long nextQuestion;

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
        clear();
    }

    /** Forget what was asked and found. */
    public void clear() {
        nextQuestion = questionRecords.address(0);
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
     * @param number of the event, 0 to {@link #MAX_EVENTS} - 1.
     * @param address of its name, off-heap, readable as for {@link SeededHash#sumWords}; must stay until the hits are
     *     read.
     * @param length of its name in bytes, 1 to 255.
     */
    public void event(final int number, final long address, final int length) {
        event = number;
        final long record = nameRecords.address(number);
        UnsafeApi.putLong(record, address);
        UnsafeApi.putInt(record + NAME_LENGTH, length);
        hash.sumWords(address, length, record + NAME_SUMS);
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
        ask(scope, EntryKind.DEVICE, 1, ofLevels | withinLevels);
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
        ask(scope, EntryKind.SERVICE, 1, scopeRecords.getLong(record + ScopeTable.SERVICE_LENGTHS) & lengths);
    }

    /**
     * Ask for the whole name, among those that Logic triggers wait for in a scope.
     *
     * @param scope handle.
     */
    public void probeWholeName(final int scope) {
        if (prefixes.hasExactNames(scope)) {
            ask(scope, EntryKind.EXACT, UnsafeApi.getInt(nameRecords.address(event) + NAME_LENGTH), 1);
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
        findHomes();
        sink += memory.warm(probeRecords, SLOT, probes, ScopeSlots.LIKELY_LENGTH_OF_SEEK);
    }

    /** Second step: find the entries whose hashes fit, and bring them in. */
    public void bringEntries() {
        hits = findCandidates();
        sink += blocks.warm(probeRecords, ENTRY, hits, EntryDescriptor.LIKELY_LENGTH);
    }

    /**
     * The event of a hit.
     *
     * @param hit number of the hit, from 0.
     * @return the event's number.
     */
    public int hitEvent(final int hit) {
        return eventOf(key(hit));
    }

    /**
     * The scope of a hit.
     *
     * @param hit number of the hit, from 0.
     * @return handle of the scope.
     */
    public int hitScope(final int hit) {
        return (int) (key(hit) >>> Integer.SIZE);
    }

    /**
     * Whether the subscribers of a hit are devices.
     *
     * @param hit number of the hit, from 0.
     * @return false if they are integrations, streams or Logic functions.
     */
    public boolean isForDevices(final int hit) {
        return kind(key(hit)) == EntryKind.DEVICE;
    }

    /**
     * The entry of a hit, for a {@link SubscriberCursor}.
     *
     * @param hit number of the hit, from 0.
     * @return the entry.
     */
    public int hitEntry(final int hit) {
        return UnsafeApi.getInt(probeRecords.address(hit) + ENTRY);
    }

    /**
     * The records of the hits.
     *
     * @return them, from the first; behind them is nothing of use.
     */
    public Records hits() {
        return probeRecords;
    }

    /**
     * Keep which device the subscriber of a hit is.
     *
     * @param hit number of the hit, from 0.
     * @param device handle, or 0.
     */
    public void hitDevice(final int hit, final int device) {
        UnsafeApi.putInt(probeRecords.address(hit) + HIT_DEVICE, device);
    }

    /**
     * What was kept of a hit.
     *
     * @param hit number of the hit, from 0.
     * @return handle of a device, or 0.
     */
    public int hitDevice(final int hit) {
        return UnsafeApi.getInt(probeRecords.address(hit) + HIT_DEVICE);
    }

    // What has no length in common with the name is written too, and then written over: whether it has any, nobody
    // can predict.
    private void ask(final int scope, final int kind, final int firstLength, final long lengths) {
        UnsafeApi.putLong(
                nextQuestion, (long) scope << Integer.SIZE | event << EVENT_SHIFT | kind << KIND_SHIFT | firstLength);
        UnsafeApi.putLong(nextQuestion + LENGTHS, lengths);
        nextQuestion += maskOfAny(lengths) & 1 << QUESTION_SHIFT;
        probes += Long.bitCount(lengths);
    }

    // One probe after the other, whatever question it is of: how many a question has cannot be predicted.
    private void findHomes() {
        long question = questionRecords.address(0);
        long lengths = UnsafeApi.getLong(question + LENGTHS);
        for (int i = 0, count = probes; i < count; i++) {
            final long key = UnsafeApi.getLong(question) + Long.numberOfTrailingZeros(lengths);
            final long name = nameRecords.address(eventOf(key));
            final long tag =
                    ScopeSlots.tag(hash.ofPrefix(UnsafeApi.getLong(name), length(key), kind(key), name + NAME_SUMS));
            final long probe = probeRecords.address(i);
            UnsafeApi.putLong(probe, key);
            UnsafeApi.putLong(probe + TAG, tag);
            UnsafeApi.putLong(probe + SLOT, slots.home((int) (key >>> Integer.SIZE), tag));
            final long others = lengths & lengths - 1;
            final long isLast = ~maskOfAny(others);
            question += isLast & 1 << QUESTION_SHIFT;
            lengths = others | isLast & UnsafeApi.getLong(question + LENGTHS);
        }
    }

    // Candidates move up to where probes were that are none. Each keeps its slot, because the one behind it may
    // be what was meant.
    private int findCandidates() {
        int candidates = 0;
        for (int i = 0, count = probes; i < count; i++) {
            final long probe = probeRecords.address(i);
            final long tag = UnsafeApi.getLong(probe + TAG);
            final long slot = slots.seek(UnsafeApi.getLong(probe + SLOT), tag);
            final long value = memory.getLong(slot);
            final long candidate = probeRecords.address(candidates);
            UnsafeApi.putLong(candidate, UnsafeApi.getLong(probe));
            UnsafeApi.putLong(candidate + TAG, tag);
            UnsafeApi.putLong(candidate + SLOT, slot);
            UnsafeApi.putInt(candidate + ENTRY, ScopeSlots.entry(value));
            candidates += 1 + (int) maskOfAny(ScopeSlots.tagDifference(value, tag));
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
            final long candidate = probeRecords.address(i);
            final long key = UnsafeApi.getLong(candidate);
            final long nameAddress = UnsafeApi.getLong(nameRecords.address(eventOf(key)));
            final int length = length(key);
            int entry = UnsafeApi.getInt(candidate + ENTRY);
            if (!prefixes.isEntryOf(entry, kind(key), nameAddress, length)) {
                entry = prefixes.findFrom(
                        UnsafeApi.getLong(candidate + SLOT),
                        UnsafeApi.getLong(candidate + TAG),
                        kind(key),
                        nameAddress,
                        length);
            }
            final long hit = probeRecords.address(confirmed);
            UnsafeApi.putLong(hit, key);
            UnsafeApi.putInt(hit + ENTRY, entry);
            confirmed += entry == 0 ? 0 : 1;
        }
        hits = confirmed;
        return confirmed;
    }

    private long key(final int hit) {
        return UnsafeApi.getLong(probeRecords.address(hit));
    }

    private static int eventOf(final long key) {
        return (int) (key >>> EVENT_SHIFT) & EVENT_MASK;
    }

    private static int kind(final long key) {
        return (int) (key >>> KIND_SHIFT) & KIND_MASK;
    }

    private static int length(final long key) {
        return (int) key & LENGTH_MASK;
    }

    // All bits set if any is, else none: without a branch, which could not be predicted.
    private static long maskOfAny(final long bits) {
        return (bits | -bits) >> Long.SIZE - 1;
    }
}
