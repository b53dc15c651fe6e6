package io.eventrouter.matching;

import static io.eventrouter.memory.BlockMemory.position;

import io.eventrouter.memory.BlockMemory;
import io.eventrouter.memory.OffHeapMemory;
import io.eventrouter.ownership.ScopeTable;
import org.agrona.collections.IntArrayList;

/**
 * Finds the entries of one scope by hash: every scope has slots of its own, which lie together.
 *
 * <p><b>Threading:</b> the routing thread only; a probe is a state of this object. <b>Cost:</b> adding rebuilds at
 * most one part of 3,072 slots, however many entries the scope has.
 */
final class ScopeSlots {
    /*
     * A slot is 8 bytes: 32 bits of the hash, the tag, above the reference of an entry. The slots of a part lie in
     * the order of their tags, each at the place that its tag names or behind it, so a probe ends at the first tag
     * that is not less than its own: what is not there costs no more than what is. An empty slot has all bits set,
     * which ends a probe too; the last slot always is one.
     *
     * A scope starts with one part of two slots, which grows to 4, 6, 8, 12 … 3,072 slots. Beyond that the other 32
     * bits of the hash select one of several parts through a directory, and a full part is split in two.
     */
    private static final int SLOT_SHIFT = 3;
    private static final long EMPTY = -1;
    private static final byte EMPTY_BYTE = -1;

    // Sizes of parts are 2, 3, 4, 6, 8, 12 … slots, by number from 0; three slots would not fill their block.
    private static final int FIRST_SIZE = 0;
    private static final int SECOND_SIZE = 2;
    private static final int LAST_SIZE = 21;

    private static final int DIRECTORY_ENTRY_SHIFT = 3;
    private static final int PART_USED = 4;
    private static final int PART_DEPTH = 6;

    // Bits of the scope's flags: size of the only part, or the depth of the directory above 0.
    private static final int SIZE_SHIFT = 8;
    private static final int DEPTH_SHIFT = 13;
    private static final int FIVE_BITS = 0x1F;
    private static final int SHAPE_MASK = FIVE_BITS << SIZE_SHIFT | FIVE_BITS << DEPTH_SHIFT;

    /** Recomputes the hash of an entry. */
    @FunctionalInterface
    interface EntryHash {
        long of(int entry);
    }

    private final BlockMemory blocks;
    private final OffHeapMemory memory;
    private final ScopeTable scopes;
    private final OffHeapMemory scopeRecords;
    private final EntryHash entryHash;
    private final IntArrayList moving = new IntArrayList();

    private int enteredSlots;
    private int enteredDepth;
    private long part;
    private int partSlots;
    private int partHomes;

    ScopeSlots(final BlockMemory blocks, final ScopeTable scopes, final EntryHash entryHash) {
        this.blocks = blocks;
        this.memory = blocks.memory();
        this.scopes = scopes;
        this.scopeRecords = scopes.records();
        this.entryHash = entryHash;
    }

    /** The part of a hash that is compared; never that of an empty slot. */
    static long tag(final long hash) {
        return (hash >>> Integer.SIZE) - (hash >>> Long.SIZE - 1);
    }

    /** Go to the slots of a scope; returns false if it has none. */
    boolean enter(final int scope) {
        final long record = ScopeTable.position(scope);
        final int flags = scopeRecords.getInt(record + ScopeTable.FLAGS);
        enteredSlots = scopeRecords.getInt(record + ScopeTable.SLOTS);
        enteredDepth = flags >>> DEPTH_SHIFT & FIVE_BITS;
        if (enteredDepth == 0) {
            select(enteredSlots, flags >>> SIZE_SHIFT & FIVE_BITS);
        }
        return enteredSlots != 0;
    }

    /** Where in memory the slot is that a probe of the scope that was entered begins with. */
    long home(final long hash) {
        if (enteredDepth != 0) {
            selectPart(hash);
        }
        return homeOf(tag(hash));
    }

    /**
     * The first slot from one on whose tag is not less than a tag. Nearly all are at most three slots away: so far it goes
     * without a branch, which the processor could not predict, and without one read waiting for another.
     */
    long seek(final long from, final long tag) {
        final long first = less(from, tag);
        final long second = first & less(next(from), tag);
        final long third = second & less(next(next(from)), tag);
        long slot = from - (first + second + third << SLOT_SHIFT);
        while (memory.getLong(slot) >>> Integer.SIZE < tag) {
            slot = next(slot);
        }
        return slot;
    }

    // All bits set if the tag of a slot is less than a tag, else 0: the sign of their difference.
    private long less(final long slot, final long tag) {
        return (memory.getLong(slot) >>> Integer.SIZE) - tag >> Long.SIZE - 1;
    }

    /** Whether a slot's value is that of a tag. */
    static boolean hasTag(final long value, final long tag) {
        return value >>> Integer.SIZE == tag;
    }

    /** The entry that a slot's value refers to. */
    static int entry(final long value) {
        return (int) value;
    }

    /** The slot behind a slot. */
    static long next(final long slot) {
        return slot + (1 << SLOT_SHIFT);
    }

    void add(final int scope, final long hash, final int entry) {
        makeRoom(scope, hash);
        enterPart(scope, hash);
        while (!insert(tag(hash), entry)) {
            grow(scope, hash);
            enterPart(scope, hash);
        }
        scopes.entries(scope, used(scope) + 1);
        if (depth(scope) > 0) {
            addUsedInPart(scope, hash, 1);
        }
    }

    void remove(final int scope, final long hash, final int entry) {
        enter(scope);
        long slot = seek(home(hash), tag(hash));
        while ((int) memory.getLong(slot) != entry) {
            slot = next(slot);
        }
        closeGap(slot);
        final int left = used(scope) - 1;
        scopes.entries(scope, left);
        if (left == 0) {
            freeAll(scope);
        } else if (depth(scope) > 0) {
            addUsedInPart(scope, hash, -1);
        }
    }

    int used(final int scope) {
        return scopes.entries(scope);
    }

    /** The entries of a scope that has one part only. */
    IntArrayList entriesOfSmallScope(final int scope) {
        moving.clear();
        if (slots(scope) != 0) {
            collect(position(slots(scope)), size(scope));
        }
        return moving;
    }

    private void freeAll(final int scope) {
        final int depth = depth(scope);
        if (depth == 0) {
            blocks.free(slots(scope), sizeClass(size(scope)));
        } else {
            int lastPart = 0;
            for (int i = 0; i < 1 << depth; i++) {
                final int ofEntry = memory.getInt(directoryEntry(slots(scope), i));
                if (ofEntry != lastPart) {
                    blocks.free(ofEntry, sizeClass(LAST_SIZE));
                    lastPart = ofEntry;
                }
            }
            blocks.free(slots(scope), directorySizeClass(depth));
        }
        shape(scope, 0, 0, 0);
    }

    private void makeRoom(final int scope, final long hash) {
        if (slots(scope) == 0) {
            shape(scope, newPart(FIRST_SIZE), FIRST_SIZE, 0);
        } else if (depth(scope) == 0) {
            if (used(scope) >= maxUsed(size(scope))) {
                grow(scope, hash);
            }
        } else {
            while (usedInPart(scope, hash) >= maxUsed(LAST_SIZE)) {
                split(scope, hash);
            }
        }
    }

    private void grow(final int scope, final long hash) {
        if (depth(scope) == 0 && size(scope) < LAST_SIZE) {
            enlarge(scope);
            return;
        }
        if (depth(scope) == 0) {
            startDirectory(scope);
        }
        split(scope, hash);
    }

    private void startDirectory(final int scope) {
        final int directory = blocks.allocate(directorySizeClass(1));
        for (int i = 0; i < 2; i++) {
            writePart(directory, i, slots(scope), used(scope), 0);
        }
        shape(scope, directory, 0, 1);
    }

    private void enlarge(final int scope) {
        final int oldSize = size(scope);
        final int oldPart = slots(scope);
        final int size = oldSize == FIRST_SIZE ? SECOND_SIZE : oldSize + 1;
        final int newPart = newPart(size);
        select(newPart, size);
        for (int slot = 0; slot < slotCount(oldSize); slot++) {
            final long value = memory.getLong(position(oldPart) + ((long) slot << SLOT_SHIFT));
            if (value != EMPTY) {
                insertMoved(value >>> Integer.SIZE, entry(value));
            }
        }
        blocks.free(oldPart, sizeClass(oldSize));
        shape(scope, newPart, size, 0);
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
        final int newPart = newPart(LAST_SIZE);
        moving.clear();
        collect(position(oldPart), LAST_SIZE);
        empty(oldPart, LAST_SIZE);
        for (int i = firstIndex; i < firstIndex + span; i++) {
            writePart(directory, i, i < middle ? oldPart : newPart, 0, partDepth + 1);
        }
        for (int i = 0; i < moving.size(); i++) {
            final int moved = moving.getInt(i);
            final long hashOfMoved = entryHash.of(moved);
            enterPart(scope, hashOfMoved);
            insertMoved(tag(hashOfMoved), moved);
            addUsedInPart(scope, hashOfMoved, 1);
        }
    }

    private void doubleDirectory(final int scope) {
        final int depth = depth(scope);
        final int oldDirectory = slots(scope);
        final int directory = blocks.allocate(directorySizeClass(depth + 1));
        for (int i = 0; i < 2 << depth; i++) {
            final long old = memory.getLong(directoryEntry(oldDirectory, i >> 1));
            memory.putLong(directoryEntry(directory, i), old);
        }
        blocks.free(oldDirectory, directorySizeClass(depth));
        shape(scope, directory, 0, depth + 1);
    }

    private void enterPart(final int scope, final long hash) {
        enter(scope);
        if (enteredDepth != 0) {
            selectPart(hash);
        }
    }

    private void selectPart(final long hash) {
        final long entry = directoryEntry(enteredSlots, directoryIndex(hash, enteredDepth));
        select(memory.getInt(entry), LAST_SIZE);
    }

    // Tags name the first 15 in 16 slots: those behind are for what is displaced.
    private void select(final int ofPart, final int size) {
        part = position(ofPart);
        partSlots = slotCount(size);
        partHomes = partSlots - 1 - (partSlots >>> 4);
    }

    private long homeOf(final long tag) {
        return part + (tag * partHomes >>> Integer.SIZE << SLOT_SHIFT);
    }

    private void insertMoved(final long tag, final int entry) {
        if (!insert(tag, entry)) {
            throw new IllegalStateException("no room in a part that has grown: slots=" + partSlots);
        }
    }

    // False if that would take the last slot, which must stay empty; nothing has changed then.
    private boolean insert(final long tag, final int entry) {
        final long last = part + ((long) (partSlots - 1) << SLOT_SHIFT);
        long slot = homeOf(tag);
        while (memory.getLong(slot) >>> Integer.SIZE <= tag && slot < last) {
            slot = next(slot);
        }
        long end = slot;
        while (end < last && memory.getLong(end) != EMPTY) {
            end = next(end);
        }
        if (end == last) {
            return false;
        }
        for (; end > slot; end -= 1 << SLOT_SHIFT) {
            memory.putLong(end, memory.getLong(end - (1 << SLOT_SHIFT)));
        }
        memory.putLong(slot, tag << Integer.SIZE | entry & 0xFFFFFFFFL);
        return true;
    }

    // What stands behind the place that its tag names moves one slot forward.
    private void closeGap(final long removed) {
        long gap = removed;
        while (true) {
            final long following = memory.getLong(next(gap));
            if (following == EMPTY || homeOf(following >>> Integer.SIZE) == next(gap)) {
                memory.putLong(gap, EMPTY);
                return;
            }
            memory.putLong(gap, following);
            gap = next(gap);
        }
    }

    private void collect(final long slots, final int size) {
        for (int slot = 0; slot < slotCount(size); slot++) {
            final long value = memory.getLong(slots + ((long) slot << SLOT_SHIFT));
            if (value != EMPTY) {
                moving.addInt((int) value);
            }
        }
    }

    private int newPart(final int size) {
        final int newPart = blocks.allocate(sizeClass(size));
        empty(newPart, size);
        return newPart;
    }

    private void empty(final int ofPart, final int size) {
        memory.fill(position(ofPart), slotCount(size) << SLOT_SHIFT, EMPTY_BYTE);
    }

    private void writePart(final int directory, final int index, final int ofPart, final int used, final int depth) {
        final long entry = directoryEntry(directory, index);
        memory.putInt(entry, ofPart);
        memory.putShort(entry + PART_USED, (short) used);
        memory.putShort(entry + PART_DEPTH, (short) depth);
    }

    private long directoryEntryOf(final int scope, final long hash) {
        return directoryEntry(slots(scope), directoryIndex(hash, depth(scope)));
    }

    private int usedInPart(final int scope, final long hash) {
        return memory.getShort(directoryEntryOf(scope, hash) + PART_USED);
    }

    private int partDepth(final int scope, final long hash) {
        return memory.getShort(directoryEntryOf(scope, hash) + PART_DEPTH);
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

    private void shape(final int scope, final int slotsOrDirectory, final int size, final int depth) {
        final long record = ScopeTable.position(scope);
        final int others = scopeRecords.getInt(record + ScopeTable.FLAGS) & ~SHAPE_MASK;
        scopeRecords.putInt(record + ScopeTable.SLOTS, slotsOrDirectory);
        scopeRecords.putInt(record + ScopeTable.FLAGS, others | size << SIZE_SHIFT | depth << DEPTH_SHIFT);
    }

    private int slots(final int scope) {
        return scopeRecords.getInt(ScopeTable.position(scope) + ScopeTable.SLOTS);
    }

    private int size(final int scope) {
        return scopeRecords.getInt(ScopeTable.position(scope) + ScopeTable.FLAGS) >>> SIZE_SHIFT & FIVE_BITS;
    }

    private int depth(final int scope) {
        return scopeRecords.getInt(ScopeTable.position(scope) + ScopeTable.FLAGS) >>> DEPTH_SHIFT & FIVE_BITS;
    }

    private static int slotCount(final int size) {
        return (2 + (size & 1)) << (size >>> 1);
    }

    private static int maxUsed(final int size) {
        return slotCount(size) * 4 / 5;
    }

    private static int sizeClass(final int size) {
        return BlockMemory.sizeClass(slotCount(size) << SLOT_SHIFT);
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
}
