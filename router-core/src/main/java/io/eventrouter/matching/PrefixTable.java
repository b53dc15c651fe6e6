package io.eventrouter.matching;

import static io.eventrouter.matching.EntryDescriptor.BYTES;
import static io.eventrouter.matching.EntryDescriptor.KIND;
import static io.eventrouter.matching.EntryDescriptor.LENGTH;
import static io.eventrouter.matching.EntryDescriptor.NO_SUBSCRIBER;
import static io.eventrouter.matching.EntryDescriptor.SCOPE;
import static io.eventrouter.matching.EntryDescriptor.SIZE_CLASS;
import static io.eventrouter.matching.EntryDescriptor.STATE;

import io.eventrouter.memory.BlockMemory;
import io.eventrouter.memory.SegmentedMemory;
import io.eventrouter.ownership.ScopeTable;
import java.nio.ByteOrder;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The entries of all scopes: one for every prefix that somebody in a scope has subscribed to, and for every whole name
 * that a Logic trigger waits for.
 *
 * <p><b>Threading:</b> the routing thread only. <b>Cost:</b> an event probes a scope once for every length that
 * prefixes in it have and that the name is long enough for, however many prefixes there are.
 */
public final class PrefixTable {
    private final BlockMemory blocks;
    private final SegmentedMemory memory;
    private final ScopeTable scopes;
    private final SegmentedMemory scopeRecords;
    private final ScopeSlots slots;
    private final PrefixLengths lengths;
    private final HashedName entryName;

    /**
     * A table without entries.
     *
     * @param blocks that the entries live in.
     * @param scopes whose records point to the entries.
     * @param entryName for the table's own use.
     */
    public PrefixTable(final BlockMemory blocks, final ScopeTable scopes, final HashedName entryName) {
        this.blocks = blocks;
        this.memory = blocks.memory();
        this.scopes = scopes;
        this.scopeRecords = scopes.records();
        this.entryName = entryName;
        this.slots = new ScopeSlots(blocks, scopes, this::hashOf);
        this.lengths = new PrefixLengths(blocks, scopes, slots);
    }

    /**
     * The lengths of a scope's prefixes that a name of some length can match.
     *
     * @param scope handle.
     * @param lengthsOffset {@link ScopeTable#DEVICE_LENGTHS} or {@link ScopeTable#SERVICE_LENGTHS}.
     * @param nameLength in bytes, 1 or more.
     * @return bit n-1 is set for length n.
     */
    public long lengths(final int scope, final int lengthsOffset, final int nameLength) {
        final long all = scopeRecords.getLong(ScopeTable.position(scope) + lengthsOffset);
        return nameLength >= Long.SIZE ? all : all & (1L << nameLength) - 1;
    }

    /**
     * Whether Logic triggers wait for whole names in a scope.
     *
     * @param scope handle.
     * @return true if any do.
     */
    public boolean hasExactNames(final int scope) {
        return (scopes.flags(scope) & ScopeTable.HAS_EXACT_NAMES) != 0;
    }

    /**
     * Find the entry of streams without a prefix.
     *
     * @param scope handle.
     * @return the entry, 0 if there is none.
     */
    public int findEverything(final int scope) {
        return scopeRecords.getInt(ScopeTable.position(scope) + ScopeTable.EVERYTHING);
    }

    /**
     * Go to the slots of a scope, for {@link #home}.
     *
     * @param scope handle, with at least one prefix or name in it.
     */
    public void enter(final int scope) {
        slots.enter(scope);
    }

    /**
     * Where the look-up of a hash begins in the scope that was entered.
     *
     * @param hash of a prefix.
     * @return the position in the memory of the blocks.
     */
    public long home(final long hash) {
        return slots.home(hash);
    }

    /**
     * The entry that a look-up finds first.
     *
     * @param home where the look-up begins.
     * @param scope handle.
     * @param hash of the prefix.
     * @return the entry, which may be that of another prefix, or 0 if there is none.
     */
    public int candidate(final long home, final int scope, final long hash) {
        final int entry = slots.candidateAt(home, hash);
        return entry >= 0 ? entry : slots.candidate(slots.first(scope, hash), hash);
    }

    /**
     * The entry of a prefix, once the first candidate is in the cache.
     *
     * @param candidate of the look-up, not 0.
     * @param scope handle.
     * @param kind of entry.
     * @param name whose prefix it is.
     * @param length of the prefix.
     * @param hash of the prefix.
     * @return the entry, 0 if there is none.
     */
    public int confirm(
            final int candidate,
            final int scope,
            final int kind,
            final HashedName name,
            final int length,
            final long hash) {
        return isEntryOf(candidate, scope, kind, name, length) ? candidate : find(scope, kind, name, length, hash);
    }

    /**
     * The device of an entry that one device has subscribed to.
     *
     * @param entry of device subscriptions.
     * @return handle of the device, 0 if there is more than one.
     */
    public int onlySubscriber(final int entry) {
        final long position = BlockMemory.position(entry);
        return memory.getByte(position + STATE) == EntryDescriptor.ONE_SUBSCRIBER
                ? memory.getInt(position + EntryDescriptor.ELEMENT_SUBSCRIBER)
                : 0;
    }

    /**
     * Find the entry of a prefix in one go, for whoever has no others to look up meanwhile.
     *
     * @param scope handle.
     * @param kind of entry.
     * @param name whose prefix it is.
     * @param length of the prefix.
     * @return the entry, 0 if there is none.
     */
    public int find(final int scope, final int kind, final HashedName name, final int length) {
        return find(scope, kind, name, length, name.hash(length, kind));
    }

    private int find(final int scope, final int kind, final HashedName name, final int length, final long hash) {
        int cursor = slots.first(scope, hash);
        while (true) {
            final int entry = slots.candidate(cursor, hash);
            if (entry == 0 || isEntryOf(entry, scope, kind, name, length)) {
                return entry;
            }
            cursor = slots.next();
        }
    }

    int findOrAdd(final int scope, final int kind, final HashedName name) {
        final int length = name.length();
        final int existing = length == 0 ? findEverything(scope) : find(scope, kind, name, length);
        return existing != 0 ? existing : add(scope, kind, name);
    }

    private int add(final int scope, final int kind, final HashedName name) {
        final int length = name.length();
        final int entry = newEntry(scope, kind, name);
        if (length == 0) {
            scopeRecords.putInt(ScopeTable.position(scope) + ScopeTable.EVERYTHING, entry);
        } else {
            slots.add(scope, name.hash(length, kind), entry);
            lengths.added(scope, kind, length);
        }
        return entry;
    }

    void remove(final int entry) {
        final int scope = scope(entry);
        final int length = length(entry);
        if (length == 0) {
            scopeRecords.putInt(ScopeTable.position(scope) + ScopeTable.EVERYTHING, 0);
        } else {
            slots.remove(scope, hashOf(entry), entry);
            lengths.removed(scope, kind(entry), length);
        }
        blocks.free(entry, memory.getByte(BlockMemory.position(entry) + SIZE_CLASS));
    }

    int scope(final int entry) {
        return memory.getInt(BlockMemory.position(entry) + SCOPE);
    }

    int length(final int entry) {
        return memory.getByte(BlockMemory.position(entry) + LENGTH) & 0xFF;
    }

    int kind(final int entry) {
        return memory.getByte(BlockMemory.position(entry) + KIND);
    }

    /** The entry's bytes as a name; valid until the next call. */
    HashedName nameOf(final int entry) {
        final long bytes = BlockMemory.position(entry) + BYTES;
        return entryName.copyOf(memory.segment(bytes), SegmentedMemory.offset(bytes), length(entry));
    }

    /** Whether the prefix of an entry, or all of it, starts a name. */
    boolean isPrefixOf(final int entry, final HashedName name) {
        final int length = length(entry);
        return length <= name.length() && bytesEqual(entry, name, length);
    }

    /** Whether the bytes of one entry start those of another. */
    boolean isPrefixOf(final int entry, final int other) {
        return isPrefixOf(entry, nameOf(other));
    }

    private int newEntry(final int scope, final int kind, final HashedName name) {
        final int length = name.length();
        final int sizeClass = Math.max(2, BlockMemory.sizeClass(BYTES + length));
        final int entry = blocks.allocate(sizeClass);
        final long position = BlockMemory.position(entry);
        memory.clear(position, BlockMemory.UNIT_LENGTH << sizeClass);
        memory.putInt(position + SCOPE, scope);
        memory.putByte(position + LENGTH, (byte) length);
        memory.putByte(position + KIND, (byte) kind);
        memory.putByte(position + STATE, NO_SUBSCRIBER);
        memory.putByte(position + SIZE_CLASS, (byte) sizeClass);
        memory.segment(position)
                .putBytes(SegmentedMemory.offset(position) + BYTES, name.buffer(), name.offset(), length);
        return entry;
    }

    private long hashOf(final int entry) {
        return nameOf(entry).hash(length(entry), kind(entry));
    }

    private boolean isEntryOf(
            final int entry, final int scope, final int kind, final HashedName name, final int length) {
        return length(entry) == length
                && kind(entry) == kind
                && scope(entry) == scope
                && bytesEqual(entry, name, length);
    }

    // The bytes of an entry are followed by zeros up to a whole word, and never leave their block.
    private boolean bytesEqual(final int entry, final HashedName name, final int length) {
        final long position = BlockMemory.position(entry) + BYTES;
        final UnsafeBuffer segment = memory.segment(position);
        final int bytes = SegmentedMemory.offset(position);
        final int wholeWords = length & ~7;
        for (int i = 0; i < wholeWords; i += Long.BYTES) {
            if (segment.getLong(bytes + i) != name.buffer().getLong(name.offset() + i)) {
                return false;
            }
        }
        final int rest = length & 7;
        if (rest == 0) {
            return true;
        }
        final long difference = segment.getLong(bytes + wholeWords, ByteOrder.LITTLE_ENDIAN)
                ^ name.buffer().getLong(name.offset() + wholeWords, ByteOrder.LITTLE_ENDIAN);
        return (difference & (1L << (rest << 3)) - 1) == 0;
    }
}
