package io.eventrouter.matching;

import static io.eventrouter.matching.EntryDescriptor.BYTES;
import static io.eventrouter.matching.EntryDescriptor.HEADER;
import static io.eventrouter.matching.EntryDescriptor.SCOPE;

import io.eventrouter.memory.BlockMemory;
import io.eventrouter.memory.MemoryExhaustedException;
import io.eventrouter.memory.OffHeapMemory;
import io.eventrouter.memory.Words;
import io.eventrouter.ownership.ScopeTable;
import org.agrona.UnsafeApi;

/**
 * The entries of all scopes: one for every prefix that somebody in a scope has subscribed to, and for every whole name
 * that a Logic trigger waits for.
 *
 * <p><b>Threading:</b> the routing thread only. <b>Cost:</b> an event probes a scope once for every length that
 * prefixes in it have and that the name is long enough for, however many prefixes there are.
 */
public final class PrefixTable {
    /** So that eight bytes can be read of the shortest prefix. */
    private static final int MIN_ENTRY_LENGTH = BYTES + Long.BYTES;

    private final BlockMemory blocks;
    private final OffHeapMemory memory;
    private final ScopeTable scopes;
    private final OffHeapMemory scopeRecords;
    private final ScopeSlots slots;
    private final PrefixLengths lengths;
    private final HashedName entryName;

    /** In all scopes. */
    private int entriesOfEverything;

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
        this.slots = new ScopeSlots(blocks, scopes);
        this.lengths = new PrefixLengths(blocks, scopes, slots);
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
     * Whether there are streams without a prefix in any scope.
     *
     * @return false if {@link #findEverything} finds nothing, wherever it looks.
     */
    public boolean hasEverything() {
        return entriesOfEverything != 0;
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

    /** The entry of a prefix, 0 if there is none; for whoever has no others to look up meanwhile. */
    private int find(final int scope, final int kind, final HashedName name, final int length) {
        if (slots.isEmpty(scope)) {
            return 0;
        }
        final long tag = ScopeSlots.tag(name.hash(length, kind));
        return findFrom(slots.home(scope, tag), tag, kind, name.address(), length);
    }

    /**
     * The device of an entry that one device has subscribed to.
     *
     * @param entry of device subscriptions.
     * @return handle of the device, 0 if there is more than one.
     */
    public int onlySubscriber(final int entry) {
        return EntryDescriptor.state(header(entry)) == EntryDescriptor.ONE_SUBSCRIBER
                ? memory.getInt(BlockMemory.position(entry) + EntryDescriptor.ELEMENT_SUBSCRIBER)
                : 0;
    }

    /**
     * How many subscribers an entry has.
     *
     * @param entry of any kind.
     * @return the number.
     */
    public int subscribers(final int entry) {
        return EntryDescriptor.state(header(entry)) == EntryDescriptor.RUNS
                ? memory.getInt(BlockMemory.position(entry) + EntryDescriptor.SUBSCRIBERS)
                : 1;
    }

    /** The slots of all scopes, for look-ups that are done step by step. */
    ScopeSlots slots() {
        return slots;
    }

    /** The entry of a prefix from a slot on, 0 if there is none. */
    int findFrom(final long firstSlot, final long tag, final int kind, final long nameAddress, final int length) {
        long slot = slots.seek(firstSlot, tag);
        long value = memory.getLong(slot);
        while (ScopeSlots.hasTag(value, tag)) {
            if (isEntryOf(ScopeSlots.entry(value), kind, nameAddress, length)) {
                return ScopeSlots.entry(value);
            }
            slot = ScopeSlots.next(slot);
            value = memory.getLong(slot);
        }
        return 0;
    }

    /** Whether an entry is that of a prefix; whoever found it in a scope's slots knows that it is in the scope. */
    boolean isEntryOf(final int entry, final int kind, final long nameAddress, final int length) {
        final long address = memory.address(BlockMemory.position(entry));
        final int header = UnsafeApi.getInt(address + HEADER);
        return EntryDescriptor.isOf(header, length, kind) && Words.equal(address + BYTES, nameAddress, length);
    }

    /**
     * The entry of a prefix, which is added if there is none.
     *
     * @throws io.eventrouter.memory.MemoryExhaustedException if there is no memory for it; nothing has changed then.
     */
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
            entriesOfEverything++;
        } else {
            try {
                lengths.makeRoom(scope);
                slots.add(scope, name.hash(length, kind), entry);
            } catch (final MemoryExhaustedException problem) {
                blocks.free(entry, EntryDescriptor.sizeClass(header(entry)));
                throw problem;
            }
            lengths.added(scope, entry);
        }
        return entry;
    }

    void remove(final int entry) {
        final int scope = scope(entry);
        final int length = length(entry);
        if (length == 0) {
            scopeRecords.putInt(ScopeTable.position(scope) + ScopeTable.EVERYTHING, 0);
            entriesOfEverything--;
        } else {
            slots.remove(scope, hashOf(entry), entry);
            lengths.removed(scope, entry);
        }
        blocks.free(entry, EntryDescriptor.sizeClass(header(entry)));
    }

    int scope(final int entry) {
        return memory.getInt(BlockMemory.position(entry) + SCOPE);
    }

    int length(final int entry) {
        return EntryDescriptor.length(header(entry));
    }

    int kind(final int entry) {
        return EntryDescriptor.kind(header(entry));
    }

    /** The entry's bytes as a name; valid until the next call. */
    HashedName nameOf(final int entry) {
        return entryName.copyOf(bytesAddress(entry), length(entry));
    }

    /** Whether the prefix of an entry, or all of it, starts a name. */
    boolean isPrefixOf(final int entry, final HashedName name) {
        final int length = length(entry);
        return length <= name.length() && Words.equal(bytesAddress(entry), name.address(), length);
    }

    /** Whether the bytes of an entry start with a prefix. */
    boolean startsWith(final int entry, final HashedName prefix) {
        final int length = prefix.length();
        return length <= length(entry) && Words.equal(bytesAddress(entry), prefix.address(), length);
    }

    /** Whether the bytes of one entry start those of another. */
    boolean isPrefixOf(final int entry, final int other) {
        final int length = length(entry);
        return length <= length(other) && Words.equal(bytesAddress(entry), bytesAddress(other), length);
    }

    private int newEntry(final int scope, final int kind, final HashedName name) {
        final int length = name.length();
        final int sizeClass = BlockMemory.sizeClass(Math.max(MIN_ENTRY_LENGTH, BYTES + length));
        final int entry = blocks.allocate(sizeClass);
        final long position = BlockMemory.position(entry);
        memory.putInt(position + HEADER, EntryDescriptor.header(length, kind, sizeClass));
        memory.putInt(position + SCOPE, scope);
        UnsafeApi.copyMemory(name.address(), bytesAddress(entry), length);
        return entry;
    }

    private long hashOf(final int entry) {
        return nameOf(entry).hash(length(entry), kind(entry));
    }

    private int header(final int entry) {
        return memory.getInt(BlockMemory.position(entry) + HEADER);
    }

    private long bytesAddress(final int entry) {
        return memory.address(BlockMemory.position(entry)) + BYTES;
    }
}
