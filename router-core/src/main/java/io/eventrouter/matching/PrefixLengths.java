package io.eventrouter.matching;

import io.eventrouter.memory.BlockMemory;
import io.eventrouter.memory.OffHeapMemory;
import io.eventrouter.memory.SeededHash;
import io.eventrouter.ownership.ScopeTable;
import org.agrona.collections.Int2IntHashMap;
import org.agrona.collections.IntArrayList;

/**
 * Keeps, for every scope, which prefix lengths are in use: an event probes for these only.
 *
 * <p><b>Threading:</b> the routing thread only.
 */
final class PrefixLengths {
    /*
     * A length is out of use when its last entry goes. Scopes with many entries count them by kind and length in a
     * block of their own; the others, which are most, look through their few entries when one goes.
     */
    private static final int MAX_UNCOUNTED = 24;
    private static final int COUNTERS_PER_KIND = Long.SIZE;
    private static final int EXACT_COUNTER = EntryKind.EXACT * COUNTERS_PER_KIND;
    private static final int COUNTERS_LENGTH = (EXACT_COUNTER + 1) * Integer.BYTES;
    private static final int COUNTERS_SIZE_CLASS = BlockMemory.sizeClass(COUNTERS_LENGTH);

    private static final int[] LENGTHS_OF_KIND = {
        ScopeTable.DEVICE_LENGTHS, ScopeTable.DEVICE_LEVEL_LENGTHS, ScopeTable.SERVICE_LENGTHS
    };

    private final BlockMemory blocks;
    private final OffHeapMemory memory;
    private final OffHeapMemory scopeRecords;
    private final ScopeSlots slots;
    private final SeededHash hash;
    private final Int2IntHashMap countersOfScope = new Int2IntHashMap(0);

    PrefixLengths(final BlockMemory blocks, final ScopeTable scopes, final ScopeSlots slots, final SeededHash hash) {
        this.hash = hash;
        this.blocks = blocks;
        this.memory = blocks.memory();
        this.scopeRecords = scopes.records();
        this.slots = slots;
    }

    /** An entry is about to be added to the slots of a scope: take all memory that this will need. */
    void makeRoom(final int scope) {
        if (slots.used(scope) == MAX_UNCOUNTED && countersOfScope.get(key(scope)) == 0) {
            startCounting(scope);
        }
    }

    /** All lengths, as bits from the lowest for 1, that prefixes of a name can have. */
    static long upTo(final int nameLength) {
        return nameLength >= Long.SIZE ? -1 : (1L << nameLength) - 1;
    }

    /** An entry was added to the slots of a scope. */
    void added(final int scope, final int kind, final int length) {
        setInUse(scope, kind, length, true);
        final int counters = countersOfScope.get(key(scope));
        if (counters != 0) {
            count(counters, kind, length, 1);
        }
    }

    /** An entry was taken out of the slots of a scope. */
    void removed(final int scope, final int kind, final int length) {
        final int counters = countersOfScope.get(key(scope));
        if (counters != 0) {
            if (count(counters, kind, length, -1) == 0) {
                setInUse(scope, kind, length, false);
            }
            if (slots.used(scope) == 0) {
                countersOfScope.remove(key(scope));
                blocks.free(counters, COUNTERS_SIZE_CLASS);
            }
        } else if (!isInUse(scope, kind, length)) {
            setInUse(scope, kind, length, false);
        }
    }

    private void startCounting(final int scope) {
        final int counters = blocks.allocate(COUNTERS_SIZE_CLASS);
        memory.fill(BlockMemory.position(counters), COUNTERS_LENGTH, (byte) 0);
        countersOfScope.put(key(scope), counters);
        final IntArrayList entries = slots.entriesOfSmallScope(scope);
        for (int i = 0; i < entries.size(); i++) {
            final int header = header(entries.getInt(i));
            count(counters, EntryDescriptor.kind(header), EntryDescriptor.length(header), 1);
        }
    }

    // Which scopes have many entries is up to tenants, and the map's own hash is known to everybody.
    private int key(final int scope) {
        return hash.ofHandle(scope);
    }

    private int count(final int counters, final int kind, final int length, final int change) {
        final int counter = kind == EntryKind.EXACT ? EXACT_COUNTER : kind * COUNTERS_PER_KIND + length - 1;
        final long position = BlockMemory.position(counters) + ((long) counter << 2);
        final int count = memory.getInt(position) + change;
        memory.putInt(position, count);
        return count;
    }

    private boolean isInUse(final int scope, final int kind, final int length) {
        final IntArrayList entries = slots.entriesOfSmallScope(scope);
        for (int i = 0; i < entries.size(); i++) {
            final int header = header(entries.getInt(i));
            if (EntryDescriptor.kind(header) == kind
                    && (kind == EntryKind.EXACT || EntryDescriptor.length(header) == length)) {
                return true;
            }
        }
        return false;
    }

    private int header(final int entry) {
        return memory.getInt(BlockMemory.position(entry) + EntryDescriptor.HEADER);
    }

    private void setInUse(final int scope, final int kind, final int length, final boolean inUse) {
        final long record = ScopeTable.position(scope);
        if (kind == EntryKind.EXACT) {
            final int others = scopeRecords.getInt(record + ScopeTable.FLAGS) & ~ScopeTable.HAS_EXACT_NAMES;
            scopeRecords.putInt(record + ScopeTable.FLAGS, inUse ? others | ScopeTable.HAS_EXACT_NAMES : others);
            return;
        }
        final long position = record + LENGTHS_OF_KIND[kind];
        final long bit = 1L << length - 1;
        final long others = scopeRecords.getLong(position) & ~bit;
        scopeRecords.putLong(position, inUse ? others | bit : others);
    }
}
