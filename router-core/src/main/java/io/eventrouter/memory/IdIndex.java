package io.eventrouter.memory;

import java.util.Arrays;

/**
 * Finds the record of a 96-bit id: an off-heap hash index of 4 bytes per slot over records that hold the ids.
 *
 * <p><b>Threading:</b> one thread, but for {@link #peek}, {@link #peekFar} and {@link #warmPeek}. <b>Cost:</b> a look-up reads one line
 * of slots and the line of the record. The index grows by splitting one part of 4,096 slots in two, so no insertion
 * costs more than rebuilding one part, however many ids there are.
 */
public final class IdIndex implements AutoCloseable {
    /*
     * Extendible hashing. Bits of the upper half of the hash select a part through the directory, the low bits the
     * first slot in it. A part of less depth than the directory is in all entries whose numbers agree in as many low
     * bits: so a directory of twice the length is the old one twice, which takes no loop that nobody has run before.
     *
     * A slot is 0 when empty, or more bits of the hash, the tag, above the record's handle, which takes as few bits as
     * its table allows; the tag spares most looks at a record of another id. Ids are never removed.
     */
    private static final int PART_SLOTS = 4_096;
    private static final int MAX_USED_SLOTS = PART_SLOTS * 8 / 10;
    private static final int SLOT_SHIFT = 2;
    private static final int PART_SIZE_CLASS = BlockMemory.sizeClass(PART_SLOTS << SLOT_SHIFT);
    /** With its parts nearly half empty, as they are after a wave of splits, an id takes no more than this. */
    private static final int MAX_BYTES_PER_ID = 16;

    private static final int FIRST_DEPTH = 1;
    private static final int TAG_SHIFT_IN_HASH = 12;
    private static final int ENTRY_SHIFT_IN_HASH = 40;

    /** Nearly all ids are closer to where they belong. */
    private static final int MAX_STEPS_OF_PEEK = 16;

    /** The greatest handle that fits into a slot. */
    public static final int MAX_HANDLE = (1 << 27) - 1;

    private final OffHeapMemory slots;
    private final BlockMemory parts;
    private final SeededHash hash;
    private final OffHeapMemory records;
    private final int recordShift;
    private final int handleBits;
    private final int handleMask;

    private int[] directory = new int[1 << FIRST_DEPTH];
    private int[] usedSlots = new int[1 << FIRST_DEPTH];
    private byte[] partDepths = new byte[1 << FIRST_DEPTH];

    /** Where the records are of the ids that a split moves: made once, so that a split does not wait for memory. */
    private final long[] moving = new long[MAX_USED_SLOTS];

    /** Keeps the reads ahead alive: a read whose value goes nowhere is no read. */
    private int sink;

    /**
     * An empty index.
     *
     * @param hash that spreads the ids.
     * @param records each of which starts with 8 bytes of first and 4 bytes of last bits of its id.
     * @param recordLength in bytes, a power of two; the record of handle n starts at n times this.
     * @param maxIds that will be added at most.
     */
    public IdIndex(final SeededHash hash, final OffHeapMemory records, final int recordLength, final int maxIds) {
        slots = OffHeapMemory.reserveForPeeking((long) maxIds * MAX_BYTES_PER_ID + (PART_SLOTS << SLOT_SHIFT + 4));
        parts = new BlockMemory(slots);
        this.hash = hash;
        this.records = records;
        handleBits = Integer.SIZE - Integer.numberOfLeadingZeros(maxIds + 1);
        handleMask = (1 << handleBits) - 1;
        this.recordShift = Integer.numberOfTrailingZeros(recordLength);
        for (int i = 0; i < directory.length; i++) {
            directory[i] = newPart();
            partDepths[i] = FIRST_DEPTH;
        }
    }

    /**
     * Find the record of an id.
     *
     * @param high first 64 bits.
     * @param low last 32 bits.
     * @return its handle, or 0 if there is none.
     */
    public int find(final long high, final int low) {
        return find(hash.ofId(high, low), high, low);
    }

    /**
     * The hash that an id is found by. Any thread.
     *
     * @param high first 64 bits.
     * @param low last 32 bits.
     * @return its bits.
     */
    public long hash(final long high, final int low) {
        return hash.ofId(high, low);
    }

    /**
     * The handle that an id most likely has, for whoever brings its record in before {@link #confirm} is called. May be
     * called on any thread, also when this object is closed: what the owner of the index changes meanwhile can hide an
     * id, no more.
     *
     * @param bits of its {@link #hash}.
     * @return a handle that was added, or 0. Of an id that is not there, it is that of another in so many cases of a
     *     hundred: 0.1 in an index for a million ids, 1.3 for ten million, 5 for fifty million, 9 for as many as there
     *     may be.
     */
    public int peek(final long bits) {
        return peek(bits, MAX_STEPS_OF_PEEK);
    }

    /**
     * The same, but how far an id is from where it belongs hides it no more: for whoever asks once and keeps the
     * answer.
     *
     * @param bits of its {@link #hash}.
     * @return as {@link #peek(long)}.
     */
    public int peekFar(final long bits) {
        return peek(bits, PART_SLOTS);
    }

    private int peek(final long bits, final int maxSteps) {
        final long part = peekPart(bits);
        final int tag = tag(bits);
        int slot = (int) bits & PART_SLOTS - 1;
        // Two steps without a branch, which the processor could not predict, and the rest, which is rare, with one.
        slot = slot + stepUnlessCandidate(part, slot, tag) & PART_SLOTS - 1;
        slot = slot + stepUnlessCandidate(part, slot, tag) & PART_SLOTS - 1;
        for (int steps = 2; stepUnlessCandidate(part, slot, tag) != 0; steps++) {
            if (steps == maxSteps) {
                return 0;
            }
            slot = slot + 1 & PART_SLOTS - 1;
        }
        return slots.peekInt(part + (slot << SLOT_SHIFT)) & handleMask;
    }

    /**
     * Read where {@link #peek} begins, so that the reads of many ids are on their way at once. Any thread, like that.
     *
     * @param bits of the {@link #hash} of an id.
     * @return what was read, for the caller to keep: a read whose value goes nowhere is no read.
     */
    public int warmPeek(final long bits) {
        return slots.peekInt(peekPart(bits) + (((int) bits & PART_SLOTS - 1) << SLOT_SHIFT));
    }

    // The directory may just be replaced by one of twice the length: its length tells how deep it is.
    private long peekPart(final long bits) {
        final int[] references = directory;
        return BlockMemory.position(references[entry(bits, references.length)]);
    }

    // 1 if a slot is taken and has another tag, else 0.
    private int stepUnlessCandidate(final long part, final int slot, final int tag) {
        final int value = slots.peekInt(part + (slot << SLOT_SHIFT));
        final int difference = value >>> handleBits ^ tag;
        return ((value | -value) & -difference) >>> Integer.SIZE - 1;
    }

    /**
     * The record of an id, once what {@link #peek} has found is at hand.
     *
     * @param peeked handle, or 0.
     * @param high first 64 bits.
     * @param low last 32 bits.
     * @return its handle, or 0 if there is none.
     */
    public int confirm(final int peeked, final long high, final int low) {
        return peeked != 0 && isRecordOf(peeked, high, low) ? peeked : find(high, low);
    }

    /** How many slots are between the one that an id belongs into and the one that it has; the id must be there. */
    int steps(final long high, final int low) {
        final long bits = hash.ofId(high, low);
        final long part = part(bits);
        final int handle = find(bits, high, low);
        int steps = 0;
        while ((slots.getInt(part + (((int) bits + steps & PART_SLOTS - 1) << SLOT_SHIFT)) & handleMask) != handle) {
            steps++;
        }
        return steps;
    }

    private int find(final long bits, final long high, final int low) {
        final long part = part(bits);
        final int tag = tag(bits);
        int slot = (int) bits & PART_SLOTS - 1;
        while (true) {
            final int value = slots.getInt(part + (slot << SLOT_SHIFT));
            if (value == 0) {
                return 0;
            }
            if (value >>> handleBits == tag && isRecordOf(value & handleMask, high, low)) {
                return value & handleMask;
            }
            slot = slot + 1 & PART_SLOTS - 1;
        }
    }

    private long part(final long bits) {
        return BlockMemory.position(directory[entry(bits, directory.length)]);
    }

    /**
     * Add an id that is not in the index yet.
     *
     * @param high first 64 bits.
     * @param low last 32 bits.
     * @param handle of its record, 1 to {@code maxIds} + 1; the record must hold the id already.
     */
    public void add(final long high, final int low, final int handle) {
        final long bits = hash.ofId(high, low);
        int entry = entry(bits, directory.length);
        while (usedSlots[entry] == MAX_USED_SLOTS) {
            split(entry);
            entry = entry(bits, directory.length);
        }
        insert(directory[entry], bits, handle);
        addUsed(entry, 1);
    }

    /**
     * Bytes that the index holds of off-heap memory.
     *
     * @return bytes.
     */
    public long capacity() {
        return slots.capacity();
    }

    /**
     * Have the memory that comes next handed out; may be called on one other thread, until this object is closed.
     *
     * @return whether there was something to do.
     */
    public boolean populateAhead() {
        return slots.populateAhead();
    }

    @Override
    public void close() {
        parts.close();
    }

    private void split(final int entry) {
        final int partDepth = partDepths[entry];
        final int span = 1 << partDepth;
        if (span == directory.length) {
            doubleDirectory();
        }
        final int low = entry & span - 1;
        final int high = low + span;
        // Before anything is taken out of the old one: there may be no memory for it.
        final int newPart = newPart();
        final int moved = takeRecords(directory[low]);
        // The ids of one part are all over the records: hundreds of microseconds, if each were waited for before
        // the next is read.
        sink += records.warm(moving, moved);
        for (int i = low; i < directory.length; i += span) {
            directory[i] = (i & span) == 0 ? directory[low] : newPart;
            partDepths[i] = (byte) (partDepth + 1);
            usedSlots[i] = 0;
        }
        int usedOfLow = 0;
        for (int i = 0; i < moved; i++) {
            final long record = moving[i];
            final long bits = hash.ofId(records.getLong(record), records.getInt(record + Long.BYTES));
            final int target = entry(bits, directory.length);
            insert(directory[target], bits, (int) (record >>> recordShift));
            usedOfLow += (target & span) == 0 ? 1 : 0;
        }
        addUsed(low, usedOfLow);
        addUsed(high, moved - usedOfLow);
    }

    // Notes where the records are that a part refers to, which is empty afterwards; returns how many.
    private int takeRecords(final int part) {
        final long position = BlockMemory.position(part);
        int count = 0;
        for (int slot = 0; slot < PART_SLOTS; slot++) {
            final int value = slots.getInt(position + (slot << SLOT_SHIFT));
            if (value != 0) {
                moving[count++] = (long) (value & handleMask) << recordShift;
            }
        }
        slots.fill(position, PART_SLOTS << SLOT_SHIFT, (byte) 0);
        return count;
    }

    private void doubleDirectory() {
        final int length = directory.length;
        final int[] twice = Arrays.copyOf(directory, 2 * length);
        System.arraycopy(directory, 0, twice, length, length);
        directory = twice;
        usedSlots = Arrays.copyOf(usedSlots, 2 * length);
        System.arraycopy(usedSlots, 0, usedSlots, length, length);
        partDepths = Arrays.copyOf(partDepths, 2 * length);
        System.arraycopy(partDepths, 0, partDepths, length, length);
    }

    // Every directory entry of a part keeps the count, so that no look-up goes through another object.
    private void addUsed(final int entry, final int count) {
        final int span = 1 << partDepths[entry];
        final int used = usedSlots[entry] + count;
        for (int i = entry & span - 1; i < usedSlots.length; i += span) {
            usedSlots[i] = used;
        }
    }

    private static int entry(final long bits, final int directoryLength) {
        return (int) (bits >>> ENTRY_SHIFT_IN_HASH) & directoryLength - 1;
    }

    private void insert(final int part, final long bits, final int handle) {
        final long position = BlockMemory.position(part);
        int slot = (int) bits & PART_SLOTS - 1;
        while (slots.getInt(position + (slot << SLOT_SHIFT)) != 0) {
            slot = slot + 1 & PART_SLOTS - 1;
        }
        slots.putInt(position + (slot << SLOT_SHIFT), tag(bits) << handleBits | handle);
    }

    private int newPart() {
        final int part = parts.allocate(PART_SIZE_CLASS);
        slots.fill(BlockMemory.position(part), PART_SLOTS << SLOT_SHIFT, (byte) 0);
        return part;
    }

    private boolean isRecordOf(final int handle, final long high, final int low) {
        final long record = (long) handle << recordShift;
        return records.getLong(record) == high && records.getInt(record + Long.BYTES) == low;
    }

    private int tag(final long bits) {
        return (int) (bits >>> TAG_SHIFT_IN_HASH) & -1 >>> handleBits;
    }
}
