package io.eventrouter.matching;

import static io.eventrouter.memory.BlockMemory.position;

import io.eventrouter.memory.BlockMemory;
import io.eventrouter.memory.SegmentedMemory;
import io.eventrouter.ownership.ScopeTable;
import org.agrona.collections.IntArrayList;

/**
 * Finds the entries of one scope by hash: every scope has slots of its own, which lie together.
 *
 * <p><b>Threading:</b> the routing thread only; a probe is a state of this object. <b>Cost:</b> adding rebuilds at
 * most one part of 2,048 slots, however many entries the scope has.
 */
final class ScopeSlots {
    /*
     * A slot is 8 bytes: 32 bits of the hash above the reference of an entry, 0 when empty. Probing is linear from
     * the slot that the stored bits name, so slots can be moved and taken out without looking at the entries.
     * A scope starts with one part of two slots, which doubles up to 2,048. Beyond that the other 32 bits of the
     * hash select one of several parts through a directory, and a full part is split in two.
     */
    private static final int SLOT_SHIFT = 3;
    private static final int MIN_LOG2 = 1;
    private static final int MAX_LOG2 = 11;
    private static final int DIRECTORY_ENTRY_SHIFT = 3;
    private static final int PART_USED = 4;
    private static final int PART_DEPTH = 6;

    // Bits of the scope's flags: log2 of the slots of the only part, or the depth of the directory above 0.
    private static final int LOG2_SHIFT = 8;
    private static final int DEPTH_SHIFT = 13;
    private static final int FIVE_BITS = 0x1F;
    private static final int SHAPE_MASK = FIVE_BITS << LOG2_SHIFT | FIVE_BITS << DEPTH_SHIFT;

    /** Recomputes the hash of an entry. */
    @FunctionalInterface
    interface EntryHash {
        long of(int entry);
    }

    private final BlockMemory blocks;
    private final SegmentedMemory memory;
    private final SegmentedMemory scopeRecords;
    private final EntryHash entryHash;
    private final IntArrayList moving = new IntArrayList();

    private int enteredSlots;
    private int enteredFlags;
    private long probePart;
    private int probeMask;
    private int probeSlot;

    ScopeSlots(final BlockMemory blocks, final ScopeTable scopes, final EntryHash entryHash) {
        this.blocks = blocks;
        this.memory = blocks.memory();
        this.scopeRecords = scopes.records();
        this.entryHash = entryHash;
    }

    /** Begin a probe; returns the first slot, or -1 if the scope has none. */
    int first(final int scope, final long hash) {
        final long record = ScopeTable.position(scope);
        final int part = scopeRecords.getInt(record + ScopeTable.SLOTS);
        if (part == 0) {
            return -1;
        }
        selectPart(part, scopeRecords.getInt(record + ScopeTable.FLAGS), hash);
        probeSlot = tag(hash) & probeMask;
        return probeSlot;
    }

    /** Go to the slots of a scope that has some, for {@link #home}. */
    void enter(final int scope) {
        final long record = ScopeTable.position(scope);
        enteredSlots = scopeRecords.getInt(record + ScopeTable.SLOTS);
        enteredFlags = scopeRecords.getInt(record + ScopeTable.FLAGS);
    }

    /** Where in memory the slot is that a probe of the scope that was entered begins with. */
    long home(final long hash) {
        selectPart(enteredSlots, enteredFlags, hash);
        return probePart + ((long) (tag(hash) & probeMask) << SLOT_SHIFT);
    }

    /** The entry in a slot, 0 if it is empty, -1 if it is taken by another hash. */
    int candidateAt(final long home, final long hash) {
        final long value = memory.getLong(home);
        return value == 0 || (int) (value >>> Integer.SIZE) == tag(hash) ? (int) value : -1;
    }

    /** The next entry from a slot on whose tag fits the hash, 0 if there is none. */
    int candidate(final int slot, final long hash) {
        if (slot < 0) {
            return 0;
        }
        int current = slot;
        while (true) {
            final long value = memory.getLong(probePart + ((long) current << SLOT_SHIFT));
            if (value == 0) {
                return 0;
            }
            if ((int) (value >>> Integer.SIZE) == tag(hash)) {
                probeSlot = current;
                return (int) value;
            }
            current = current + 1 & probeMask;
        }
    }

    /** The slot behind the one that {@link #candidate} stopped at. */
    int next() {
        probeSlot = probeSlot + 1 & probeMask;
        return probeSlot;
    }

    void add(final int scope, final long hash, final int entry) {
        final long record = ScopeTable.position(scope);
        makeRoom(scope, hash);
        first(scope, hash);
        insert(hash, entry);
        scopeRecords.putInt(record + ScopeTable.USED_SLOTS, used(scope) + 1);
        if (depth(scope) > 0) {
            addUsedInPart(scope, hash, 1);
        }
    }

    void remove(final int scope, final long hash, final int entry) {
        int slot = first(scope, hash);
        while ((int) memory.getLong(probePart + ((long) slot << SLOT_SHIFT)) != entry) {
            slot = slot + 1 & probeMask;
        }
        closeGap(slot);
        final int left = used(scope) - 1;
        scopeRecords.putInt(ScopeTable.position(scope) + ScopeTable.USED_SLOTS, left);
        if (left == 0) {
            freeAll(scope);
        } else if (depth(scope) > 0) {
            addUsedInPart(scope, hash, -1);
        }
    }

    private void freeAll(final int scope) {
        final int depth = depth(scope);
        if (depth == 0) {
            blocks.free(slots(scope), sizeClass(log2(scope)));
        } else {
            int lastPart = 0;
            for (int i = 0; i < 1 << depth; i++) {
                final int part = memory.getInt(directoryEntry(slots(scope), i));
                if (part != lastPart) {
                    blocks.free(part, sizeClass(MAX_LOG2));
                    lastPart = part;
                }
            }
            blocks.free(slots(scope), directorySizeClass(depth));
        }
        shape(scope, 0, 0, 0);
    }

    int used(final int scope) {
        return scopeRecords.getInt(ScopeTable.position(scope) + ScopeTable.USED_SLOTS);
    }

    /** The entries of a scope that has one part only. */
    IntArrayList entriesOfSmallScope(final int scope) {
        moving.clear();
        if (slots(scope) != 0) {
            collect(position(slots(scope)), 1 << log2(scope), moving);
        }
        return moving;
    }

    private void makeRoom(final int scope, final long hash) {
        if (slots(scope) == 0) {
            shape(scope, newPart(MIN_LOG2), MIN_LOG2, 0);
        } else if (depth(scope) > 0) {
            while (usedInPart(scope, hash) >= maxUsed(MAX_LOG2)) {
                split(scope, hash);
            }
        } else if (used(scope) >= maxUsed(log2(scope))) {
            if (log2(scope) < MAX_LOG2) {
                doublePart(scope);
            } else {
                startDirectory(scope);
                makeRoom(scope, hash);
            }
        }
    }

    private void doublePart(final int scope) {
        final int oldLog2 = log2(scope);
        final int oldPart = slots(scope);
        final int newPart = newPart(oldLog2 + 1);
        selectPart(newPart, (oldLog2 + 1) << LOG2_SHIFT, 0);
        final long old = position(oldPart);
        for (int slot = 0; slot < 1 << oldLog2; slot++) {
            final long value = memory.getLong(old + ((long) slot << SLOT_SHIFT));
            if (value != 0) {
                insert(value & 0xFFFFFFFF00000000L, (int) value);
            }
        }
        blocks.free(oldPart, sizeClass(oldLog2));
        shape(scope, newPart, oldLog2 + 1, 0);
    }

    private void startDirectory(final int scope) {
        final int part = slots(scope);
        final int directory = newDirectory(1);
        for (int i = 0; i < 2; i++) {
            writePart(directory, i, part, used(scope), 0);
        }
        shape(scope, directory, 0, 1);
    }

    private void split(final int scope, final long hash) {
        if (partDepth(scope, hash) == depth(scope)) {
            doubleDirectory(scope);
        }
        final int directory = slots(scope);
        final int depth = depth(scope);
        final int partDepth = partDepth(scope, hash);
        final int span = 1 << depth - partDepth;
        final int firstIndex = directoryIndex(hash, depth) & -span;
        final int middle = firstIndex + span / 2;
        final int oldPart = memory.getInt(directoryEntry(directory, firstIndex));
        moving.clear();
        collect(position(oldPart), 1 << MAX_LOG2, moving);
        memory.clear(position(oldPart), 1 << MAX_LOG2 + SLOT_SHIFT);
        final int newPart = newPart(MAX_LOG2);
        for (int i = firstIndex; i < firstIndex + span; i++) {
            writePart(directory, i, i < middle ? oldPart : newPart, 0, partDepth + 1);
        }
        for (int i = 0; i < moving.size(); i++) {
            final long moved = entryHash.of(moving.getInt(i));
            first(scope, moved);
            insert(moved, moving.getInt(i));
            addUsedInPart(scope, moved, 1);
        }
    }

    private void doubleDirectory(final int scope) {
        final int depth = depth(scope);
        final int oldDirectory = slots(scope);
        final int directory = newDirectory(depth + 1);
        for (int i = 0; i < 2 << depth; i++) {
            final long old = memory.getLong(directoryEntry(oldDirectory, i >> 1));
            memory.putLong(directoryEntry(directory, i), old);
        }
        blocks.free(oldDirectory, directorySizeClass(depth));
        shape(scope, directory, 0, depth + 1);
    }

    private void selectPart(final int slotsOrDirectory, final int flags, final long hash) {
        final int depth = flags >>> DEPTH_SHIFT & FIVE_BITS;
        if (depth == 0) {
            probePart = position(slotsOrDirectory);
            probeMask = (1 << (flags >>> LOG2_SHIFT & FIVE_BITS)) - 1;
        } else {
            probePart = position(memory.getInt(directoryEntry(slotsOrDirectory, directoryIndex(hash, depth))));
            probeMask = (1 << MAX_LOG2) - 1;
        }
    }

    private void insert(final long hash, final int entry) {
        int slot = tag(hash) & probeMask;
        while (memory.getLong(probePart + ((long) slot << SLOT_SHIFT)) != 0) {
            slot = slot + 1 & probeMask;
        }
        memory.putLong(probePart + ((long) slot << SLOT_SHIFT), (long) tag(hash) << Integer.SIZE | entry & 0xFFFFFFFFL);
    }

    // Linear probing finds nothing behind an empty slot, so what was displaced over the gap moves into it.
    private void closeGap(final int removed) {
        int gap = removed;
        int slot = gap + 1 & probeMask;
        while (true) {
            final long value = memory.getLong(probePart + ((long) slot << SLOT_SHIFT));
            if (value == 0) {
                memory.putLong(probePart + ((long) gap << SLOT_SHIFT), 0);
                return;
            }
            final int home = (int) (value >>> Integer.SIZE) & probeMask;
            if ((slot - home & probeMask) >= (slot - gap & probeMask)) {
                memory.putLong(probePart + ((long) gap << SLOT_SHIFT), value);
                gap = slot;
            }
            slot = slot + 1 & probeMask;
        }
    }

    private void collect(final long part, final int slotCount, final IntArrayList entries) {
        for (int slot = 0; slot < slotCount; slot++) {
            final int entry = (int) memory.getLong(part + ((long) slot << SLOT_SHIFT));
            if (entry != 0) {
                entries.addInt(entry);
            }
        }
    }

    private int newPart(final int log2) {
        final int part = blocks.allocate(sizeClass(log2));
        memory.clear(position(part), 1 << log2 + SLOT_SHIFT);
        return part;
    }

    private int newDirectory(final int depth) {
        return blocks.allocate(directorySizeClass(depth));
    }

    private void writePart(final int directory, final int index, final int part, final int used, final int depth) {
        final long entry = directoryEntry(directory, index);
        memory.putInt(entry, part);
        memory.putShort(entry + PART_USED, (short) used);
        memory.putShort(entry + PART_DEPTH, (short) depth);
    }

    private int usedInPart(final int scope, final long hash) {
        return memory.getShort(directoryEntry(slots(scope), directoryIndex(hash, depth(scope))) + PART_USED);
    }

    private int partDepth(final int scope, final long hash) {
        return memory.getShort(directoryEntry(slots(scope), directoryIndex(hash, depth(scope))) + PART_DEPTH);
    }

    private void addUsedInPart(final int scope, final long hash, final int count) {
        final int depth = depth(scope);
        final int span = 1 << depth - partDepth(scope, hash);
        final int firstIndex = directoryIndex(hash, depth) & -span;
        final short used = (short) (usedInPart(scope, hash) + count);
        for (int i = firstIndex; i < firstIndex + span; i++) {
            memory.putShort(directoryEntry(slots(scope), i) + PART_USED, used);
        }
    }

    private void shape(final int scope, final int slotsOrDirectory, final int log2, final int depth) {
        final long record = ScopeTable.position(scope);
        final int others = scopeRecords.getInt(record + ScopeTable.FLAGS) & ~SHAPE_MASK;
        scopeRecords.putInt(record + ScopeTable.SLOTS, slotsOrDirectory);
        scopeRecords.putInt(record + ScopeTable.FLAGS, others | log2 << LOG2_SHIFT | depth << DEPTH_SHIFT);
    }

    private int slots(final int scope) {
        return scopeRecords.getInt(ScopeTable.position(scope) + ScopeTable.SLOTS);
    }

    private int log2(final int scope) {
        return scopeRecords.getInt(ScopeTable.position(scope) + ScopeTable.FLAGS) >>> LOG2_SHIFT & FIVE_BITS;
    }

    private int depth(final int scope) {
        return scopeRecords.getInt(ScopeTable.position(scope) + ScopeTable.FLAGS) >>> DEPTH_SHIFT & FIVE_BITS;
    }

    // Always leaves a slot empty, which ends every probe.
    private static int maxUsed(final int log2) {
        return (1 << log2) * 3 / 4;
    }

    private static int sizeClass(final int log2) {
        return BlockMemory.sizeClass(1 << log2 + SLOT_SHIFT);
    }

    private static int directorySizeClass(final int depth) {
        return BlockMemory.sizeClass(1 << depth + DIRECTORY_ENTRY_SHIFT);
    }

    private static long directoryEntry(final int directory, final int index) {
        return position(directory) + ((long) index << DIRECTORY_ENTRY_SHIFT);
    }

    private static int directoryIndex(final long hash, final int depth) {
        return (int) hash >>> Integer.SIZE - depth;
    }

    private static int tag(final long hash) {
        return (int) (hash >>> Integer.SIZE);
    }
}
