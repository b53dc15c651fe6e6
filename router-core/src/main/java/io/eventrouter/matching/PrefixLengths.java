package io.eventrouter.matching;

import io.eventrouter.memory.BlockMemory;
import io.eventrouter.memory.MemoryExhaustedException;
import io.eventrouter.memory.OffHeapMemory;
import io.eventrouter.ownership.ScopeTable;
import org.agrona.collections.IntArrayList;

/**
 * Keeps, for every scope, which prefix lengths are in use: an event probes for these only. And whether Logic triggers
 * wait for whole names, and whether there are integrations or streams whose prefixes do not end a level.
 *
 * <p><b>Threading:</b> the routing thread only.
 */
final class PrefixLengths {
    /*
     * A length is out of use when its last entry goes. Scopes with many entries count them by kind and length in a
     * block of their own; the others, which are most, look through their few entries when one goes.
     */
    private static final int MAX_UNCOUNTED = 24;
    private static final int DEVICE = 0;
    private static final int DEVICE_LEVEL = 1;
    private static final int SERVICE = 2;
    private static final int[] POSITIONS = {
        ScopeTable.DEVICE_LENGTHS, ScopeTable.DEVICE_LEVEL_LENGTHS, ScopeTable.SERVICE_LENGTHS
    };

    private static final int EXACT_COUNTER = POSITIONS.length * Long.SIZE;
    private static final int WITHIN_LEVEL_COUNTER = EXACT_COUNTER + 1;

    /** An entry counts for its kind and length, and may for the prefixes within levels. */
    private static final int COUNTERS_OF_ENTRY = 2;

    private final SparseCounters counted;
    private final OffHeapMemory memory;
    private final ScopeTable scopes;
    private final OffHeapMemory scopeRecords;
    private final ScopeSlots slots;

    PrefixLengths(final BlockMemory blocks, final ScopeTable scopes, final ScopeSlots slots) {
        this.scopes = scopes;
        this.counted = new SparseCounters(blocks);
        this.memory = blocks.memory();
        this.scopeRecords = scopes.records();
        this.slots = slots;
    }

    /** An entry is about to be added to the slots of a scope: take all memory that this will need. */
    void makeRoom(final int scope) {
        final int counters = scopes.lengthCounters(scope);
        if (counters != 0) {
            scopes.lengthCounters(scope, counted.withRoom(counters, COUNTERS_OF_ENTRY));
        } else if (slots.used(scope) == MAX_UNCOUNTED) {
            startCounting(scope);
        }
    }

    /** All lengths, as bits from the lowest for 1, that prefixes of a name can have. */
    static long upTo(final int nameLength) {
        return nameLength >= Long.SIZE ? -1 : (1L << nameLength) - 1;
    }

    /** An entry was added to the slots of a scope. */
    void added(final int scope, final int entry) {
        final int header = header(entry);
        setInUse(scope, counterOf(entry, header), true);
        if (isServiceWithinLevel(entry, header)) {
            setFlag(scope, ScopeTable.HAS_SERVICES_WITHIN_LEVELS, true);
        }
        final int counters = scopes.lengthCounters(scope);
        if (counters != 0) {
            count(counters, entry, header, 1);
        }
    }

    /** An entry, which can still be read, was taken out of the slots of a scope. */
    void removed(final int scope, final int entry) {
        final int header = header(entry);
        final int counters = scopes.lengthCounters(scope);
        if (counters != 0) {
            count(counters, entry, header, -1);
        }
        final int counter = counterOf(entry, header);
        if (!isInUse(scope, counters, counter)) {
            setInUse(scope, counter, false);
        }
        if (isServiceWithinLevel(entry, header) && !hasServicesWithinLevels(scope, counters)) {
            setFlag(scope, ScopeTable.HAS_SERVICES_WITHIN_LEVELS, false);
        }
        if (counters != 0 && slots.used(scope) == 0) {
            scopes.lengthCounters(scope, 0);
            counted.free(counters);
        }
    }

    private void startCounting(final int scope) {
        int counters = counted.allocate(COUNTERS_OF_ENTRY);
        try {
            final IntArrayList entries = slots.entriesOfSmallScope(scope);
            for (int i = 0; i < entries.size(); i++) {
                final int entry = entries.getInt(i);
                counters = counted.withRoom(counters, COUNTERS_OF_ENTRY);
                count(counters, entry, header(entry), 1);
            }
            counters = counted.withRoom(counters, COUNTERS_OF_ENTRY);
        } catch (final MemoryExhaustedException problem) {
            counted.free(counters);
            throw problem;
        }
        scopes.lengthCounters(scope, counters);
    }

    private void count(final int counters, final int entry, final int header, final int change) {
        counted.add(counters, counterOf(entry, header), change);
        if (isServiceWithinLevel(entry, header)) {
            counted.add(counters, WITHIN_LEVEL_COUNTER, change);
        }
    }

    // What is in use or not: a length of one of three kinds, or whole names, which have no lengths.
    private int counterOf(final int entry, final int header) {
        final int lengthBit = EntryDescriptor.length(header) - 1;
        return switch (EntryDescriptor.kind(header)) {
            case EntryKind.DEVICE -> (endsLevel(entry, header) ? DEVICE_LEVEL : DEVICE) * Long.SIZE + lengthBit;
            case EntryKind.SERVICE -> SERVICE * Long.SIZE + lengthBit;
            default -> EXACT_COUNTER;
        };
    }

    private boolean isInUse(final int scope, final int counters, final int counter) {
        if (counters != 0) {
            return !counted.isZero(counters, counter);
        }
        final IntArrayList entries = slots.entriesOfSmallScope(scope);
        for (int i = 0; i < entries.size(); i++) {
            final int entry = entries.getInt(i);
            if (counterOf(entry, header(entry)) == counter) {
                return true;
            }
        }
        return false;
    }

    private boolean hasServicesWithinLevels(final int scope, final int counters) {
        if (counters != 0) {
            return !counted.isZero(counters, WITHIN_LEVEL_COUNTER);
        }
        final IntArrayList entries = slots.entriesOfSmallScope(scope);
        for (int i = 0; i < entries.size(); i++) {
            final int entry = entries.getInt(i);
            if (isServiceWithinLevel(entry, header(entry))) {
                return true;
            }
        }
        return false;
    }

    private boolean isServiceWithinLevel(final int entry, final int header) {
        return EntryDescriptor.kind(header) == EntryKind.SERVICE && !endsLevel(entry, header);
    }

    private boolean endsLevel(final int entry, final int header) {
        final long bytes = BlockMemory.position(entry) + EntryDescriptor.BYTES;
        return memory.getByte(bytes + EntryDescriptor.length(header) - 1) == HashedName.LEVEL_END;
    }

    private int header(final int entry) {
        return memory.getInt(BlockMemory.position(entry) + EntryDescriptor.HEADER);
    }

    private void setInUse(final int scope, final int counter, final boolean inUse) {
        if (counter == EXACT_COUNTER) {
            setFlag(scope, ScopeTable.HAS_EXACT_NAMES, inUse);
            return;
        }
        final long position = ScopeTable.position(scope) + POSITIONS[counter / Long.SIZE];
        final long bit = 1L << counter;
        final long others = scopeRecords.getLong(position) & ~bit;
        scopeRecords.putLong(position, inUse ? others | bit : others);
    }

    private void setFlag(final int scope, final int flag, final boolean value) {
        final long position = ScopeTable.position(scope) + ScopeTable.FLAGS;
        final int others = scopeRecords.getInt(position) & ~flag;
        scopeRecords.putInt(position, value ? others | flag : others);
    }
}
