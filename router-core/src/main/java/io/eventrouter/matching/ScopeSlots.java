package io.eventrouter.matching;

import static io.eventrouter.memory.BlockMemory.position;

import io.eventrouter.memory.BlockMemory;
import io.eventrouter.memory.OffHeapMemory;
import io.eventrouter.ownership.ScopeTable;
import org.agrona.collections.IntArrayList;
import org.agrona.collections.LongArrayList;

/**
 * Finds the entries of one scope by hash: every scope has slots of its own, which lie together.
 *
 * <p><b>Threading:</b> the routing thread only. <b>Cost:</b> adding writes the slots
 * of one part or one group of parts again, 8,192 at most, however many entries the scope has.
 */
final class ScopeSlots {
    /** Bytes from where a probe begins to the end of the slots that it nearly always looks at. */
    static final int LIKELY_LENGTH_OF_SEEK = 4 * OrderedSlots.SLOT_LENGTH;

    /*
     * Slots lie in the order of their tags, see OrderedSlots, so a probe ends at the first tag that is not less than
     * its own: what is not there costs no more than what is. An empty slot ends a probe too.
     *
     * A scope starts with one part of two slots, which grows to 4, 6, 8, 12 … 3,072 slots. Beyond that there are
     * several parts of a fixed size, see SlotGroups.
     */
    private static final int SLOT_SHIFT = OrderedSlots.SLOT_SHIFT;

    private static final long EMPTY = OrderedSlots.EMPTY;

    // Sizes of parts are 2, 3, 4, 6, 8, 12 … slots, by number from 0; three slots would not fill their block.
    private static final int FIRST_SIZE = 0;
    private static final int SECOND_SIZE = 2;
    private static final int LAST_SIZE = 21;

    // Bits of the scope's flags: size of the only part and how many of its slots tags name, or one more than the
    // depth of the directory above 0.
    private static final int SIZE_SHIFT = 8;
    private static final int LEVELS_SHIFT = 13;
    private static final int HOMES_SHIFT = 18;
    private static final int FIVE_BITS = 0x1F;
    private static final int SHAPE_MASK = -1 << SIZE_SHIFT;

    private final BlockMemory blocks;
    private final OffHeapMemory memory;
    private final ScopeTable scopes;
    private final OffHeapMemory scopeRecords;
    private final OrderedSlots slots;
    private final SlotGroups groups;
    private final LongArrayList moving = new LongArrayList();
    private final IntArrayList entries = new IntArrayList();
    private final int[] onlyPart = new int[1];

    private int enteredFlags;

    /** Of the only part of the scope that was entered, or of its directory. */
    private long enteredSlots;

    ScopeSlots(final BlockMemory blocks, final ScopeTable scopes) {
        this.blocks = blocks;
        this.memory = blocks.memory();
        this.scopes = scopes;
        this.scopeRecords = scopes.records();
        slots = new OrderedSlots(memory);
        groups = new SlotGroups(blocks, slots);
    }

    /** The part of a hash that is compared; never that of an empty slot. */
    static long tag(final long hash) {
        return (hash >>> Integer.SIZE) - (hash >>> Long.SIZE - 1);
    }

    /** Whether a scope has no slots, and so no entries. */
    boolean isEmpty(final int scope) {
        return reference(scope) == 0;
    }

    /** Where in memory the slot is that a probe of a scope begins with; the scope must not be empty. */
    long home(final int scope, final long tag) {
        final long record = ScopeTable.position(scope);
        return home(
                position(scopeRecords.getInt(record + ScopeTable.SLOTS)),
                scopeRecords.getInt(record + ScopeTable.FLAGS),
                tag);
    }

    private long home(final long slotsOrDirectory, final int flags, final long tag) {
        return levels(flags) == 0
                ? slotsOrDirectory + OrderedSlots.offset(tag, flags >>> HOMES_SHIFT)
                : groups.home(slotsOrDirectory, levels(flags) - 1, tag);
    }

    /** Go to the slots of a scope, to change them; returns false if it has none. */
    private boolean enter(final int scope) {
        final long record = ScopeTable.position(scope);
        final int reference = scopeRecords.getInt(record + ScopeTable.SLOTS);
        enteredFlags = scopeRecords.getInt(record + ScopeTable.FLAGS);
        enteredSlots = position(reference);
        return reference != 0;
    }

    private long homeOf(final long tag) {
        return home(enteredSlots, enteredFlags, tag);
    }

    /**
     * The first slot from one on whose tag is not less than a tag. Nearly all are at most four slots away: so far it
     * goes without a branch, which the processor could not predict, and without one read waiting for another.
     */
    long seek(final long from, final long tag) {
        final long first = less(from, 0, tag);
        final long second = first & less(from, 1, tag);
        final long third = second & less(from, 2, tag);
        final long fourth = third & less(from, 3, tag);
        long slot = from - (first + second + third + fourth << SLOT_SHIFT);
        while (memory.getLong(slot) >>> Integer.SIZE < tag) {
            slot = next(slot);
        }
        return slot;
    }

    // All bits set if the tag of a slot behind one is less than a tag, else 0: the sign of their difference.
    private long less(final long slot, final int behind, final long tag) {
        return (memory.getLong(slot + (behind << SLOT_SHIFT)) >>> Integer.SIZE) - tag >> Long.SIZE - 1;
    }

    /** Whether a slot's value is that of a tag. */
    static boolean hasTag(final long value, final long tag) {
        return tagDifference(value, tag) == 0;
    }

    /** Not 0 if a slot's value is not that of a tag. */
    static long tagDifference(final long value, final long tag) {
        return value >>> Integer.SIZE ^ tag;
    }

    /** The entry that a slot's value refers to. */
    static int entry(final long value) {
        return (int) value;
    }

    /** The slot behind a slot. */
    static long next(final long slot) {
        return slot + OrderedSlots.SLOT_LENGTH;
    }

    /**
     * Add an entry.
     *
     * @throws io.eventrouter.memory.MemoryExhaustedException if there is no memory for it; nothing has changed then.
     */
    void add(final int scope, final long hash, final int entry) {
        final long tag = tag(hash);
        while (!enter(scope) || isFull(scope, tag) || !insert(tag, entry)) {
            grow(scope, tag);
        }
        scopes.entries(scope, used(scope) + 1);
        addUsedInGroup(tag, 1);
    }

    void remove(final int scope, final long hash, final int entry) {
        final long tag = tag(hash);
        enter(scope);
        long slot = seek(homeOf(tag), tag);
        while ((int) memory.getLong(slot) != entry) {
            slot = next(slot);
        }
        closeGap(slot);
        addUsedInGroup(tag, -1);
        final int left = used(scope) - 1;
        scopes.entries(scope, left);
        if (left == 0) {
            freeAll(scope);
        }
    }

    int used(final int scope) {
        return scopes.entries(scope);
    }

    /** The entries of a scope that has one part only. */
    IntArrayList entriesOfSmallScope(final int scope) {
        entries.clear();
        final int part = reference(scope);
        final int count = part == 0 ? 0 : slotCount(size(scopes.flags(scope)));
        for (int i = 0; i < count; i++) {
            final long value = memory.getLong(position(part) + ((long) i << SLOT_SHIFT));
            if (value != EMPTY) {
                entries.addInt(entry(value));
            }
        }
        return entries;
    }

    private void freeAll(final int scope) {
        if (levels(enteredFlags) == 0) {
            blocks.free(reference(scope), sizeClass(size(enteredFlags)));
        } else {
            groups.free(reference(scope), levels(enteredFlags) - 1);
        }
        shape(scope, 0, 0, 0);
    }

    private boolean isFull(final int scope, final long tag) {
        return levels(enteredFlags) == 0
                ? used(scope) >= maxUsed(size(enteredFlags))
                : groups.isFull(enteredSlots, levels(enteredFlags) - 1, tag);
    }

    private boolean insert(final long tag, final int entry) {
        final long last = levels(enteredFlags) == 0
                ? enteredSlots + ((long) (slotCount(size(enteredFlags)) - 1) << SLOT_SHIFT)
                : groups.lastSlot(enteredSlots, levels(enteredFlags) - 1, tag);
        return slots.insert(homeOf(tag), last, tag << Integer.SIZE | entry & OrderedSlots.TAG_MASK);
    }

    private void addUsedInGroup(final long tag, final int change) {
        if (levels(enteredFlags) != 0) {
            groups.addUsed(enteredSlots, levels(enteredFlags) - 1, tag, change);
        }
    }

    // The scope was entered.
    private void grow(final int scope, final long tag) {
        final int levels = levels(enteredFlags);
        if (levels != 0) {
            growGroup(scope, levels - 1, tag);
        } else if (reference(scope) == 0) {
            enlarge(scope, FIRST_SIZE);
        } else if (size(enteredFlags) < LAST_SIZE) {
            enlarge(scope, size(enteredFlags) == FIRST_SIZE ? SECOND_SIZE : size(enteredFlags) + 1);
        } else {
            collectOnlyPart(scope);
            replaceOnlyPart(scope, groups.start(moving), 0, 1);
        }
    }

    private void growGroup(final int scope, final int depth, final long tag) {
        if (groups.mustDouble(enteredSlots, depth, tag)) {
            shape(scope, groups.twice(reference(scope), depth), 0, depth + 2);
            enter(scope);
        }
        groups.grow(enteredSlots, levels(enteredFlags) - 1, tag);
    }

    // What fits into a part fits into a larger one: nothing is further from its place there, and there is more
    // room behind.
    private void enlarge(final int scope, final int size) {
        collectOnlyPart(scope);
        onlyPart[0] = blocks.allocate(sizeClass(size));
        if (!slots.fill(moving, 0, moving.size(), 0, onlyPart, 1, slotCount(size), homes(slotCount(size)))) {
            throw new IllegalStateException("no room in a part that has grown: entries=" + moving.size());
        }
        replaceOnlyPart(scope, onlyPart[0], size, 0);
    }

    private void collectOnlyPart(final int scope) {
        moving.clear();
        if (reference(scope) != 0) {
            slots.collect(reference(scope), slotCount(size(enteredFlags)), moving);
        }
    }

    private void replaceOnlyPart(final int scope, final int slotsOrDirectory, final int size, final int levels) {
        if (reference(scope) != 0) {
            blocks.free(reference(scope), sizeClass(size(enteredFlags)));
        }
        shape(scope, slotsOrDirectory, size, levels);
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

    private int reference(final int scope) {
        return scopeRecords.getInt(ScopeTable.position(scope) + ScopeTable.SLOTS);
    }

    private void shape(final int scope, final int slotsOrDirectory, final int size, final int levels) {
        final long record = ScopeTable.position(scope);
        final int others = scopeRecords.getInt(record + ScopeTable.FLAGS) & ~SHAPE_MASK;
        scopeRecords.putInt(record + ScopeTable.SLOTS, slotsOrDirectory);
        final int homes = slotsOrDirectory == 0 || levels != 0 ? 0 : homes(slotCount(size));
        scopeRecords.putInt(
                record + ScopeTable.FLAGS, others | size << SIZE_SHIFT | levels << LEVELS_SHIFT | homes << HOMES_SHIFT);
    }

    private static int size(final int flags) {
        return flags >>> SIZE_SHIFT & FIVE_BITS;
    }

    private static int levels(final int flags) {
        return flags >>> LEVELS_SHIFT & FIVE_BITS;
    }

    private static int slotCount(final int size) {
        return (2 + (size & 1)) << (size >>> 1);
    }

    // Tags name the first 15 in 16 slots: those behind are for what is displaced.
    private static int homes(final int slots) {
        return slots - 1 - (slots >>> 4);
    }

    private static int maxUsed(final int size) {
        return slotCount(size) * 3 / 4;
    }

    private static int sizeClass(final int size) {
        return OrderedSlots.sizeClass(slotCount(size));
    }
}
