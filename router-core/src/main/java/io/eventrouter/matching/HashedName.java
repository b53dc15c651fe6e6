package io.eventrouter.matching;

import io.eventrouter.memory.Records;
import io.eventrouter.memory.SeededHash;
import io.eventrouter.memory.Words;
import java.nio.ByteBuffer;
import org.agrona.UnsafeApi;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A name with the hashes of its prefixes: what the matching tables are asked with.
 *
 * <p><b>Threading:</b> one thread. Reused from name to name, without allocating.
 */
public final class HashedName {
    static final byte LEVEL_END = '/';

    private final SeededHash hash;
    private final Records sums = new Records(1, SeededHash.SUMS_LENGTH);
    private final UnsafeBuffer copy =
            new UnsafeBuffer(ByteBuffer.allocateDirect(SeededHash.MAX_NAME_LENGTH + 1 + Long.BYTES));
    private long address = copy.addressOffset();
    private int length;

    /**
     * An empty name.
     *
     * @param hash that the tables use.
     */
    public HashedName(final SeededHash hash) {
        this.hash = hash;
    }

    /**
     * Look at a name in place.
     *
     * @param address of the name, off-heap, readable as for {@link SeededHash#sumWords}.
     * @param length in bytes, 0 to 255.
     */
    public void wrap(final long address, final int length) {
        wrapBytes(address, length);
        hash.sumWords(address, length, sums.address(0));
    }

    /**
     * Look at a name in place, to compare it only: its hashes are those of the name before.
     *
     * @param address of the name, off-heap, readable as for {@link SeededHash#sumWords}.
     * @param length in bytes, 0 to 255.
     */
    public void wrapBytes(final long address, final int length) {
        this.address = address;
        this.length = length;
    }

    /**
     * Take a copy of printable ASCII text.
     *
     * @param text of at most 255 characters.
     * @return this.
     */
    public HashedName copyOf(final String text) {
        for (int i = 0; i < text.length(); i++) {
            copy.putByte(i, (byte) text.charAt(i));
        }
        wrap(copy.addressOffset(), text.length());
        return this;
    }

    HashedName copyOf(final HashedName other) {
        return copyOf(other.address, other.length);
    }

    HashedName copyOf(final long sourceAddress, final int sourceLength) {
        UnsafeApi.copyMemory(sourceAddress, copy.addressOffset(), sourceLength);
        wrap(copy.addressOffset(), sourceLength);
        return this;
    }

    /**
     * The lengths, as bits from the lowest for 1, of those prefixes of at most 64 bytes that end a level.
     *
     * @param address of the name, readable as for {@link SeededHash#sumWords}.
     * @param length in bytes.
     */
    static long lengthsThatEndLevels(final long address, final int length) {
        long lengths = levelEnds(address, 0) | levelEnds(address, 8) | levelEnds(address, 16) | levelEnds(address, 24);
        for (int i = SeededHash.READABLE_LENGTH, end = Math.min(length, Long.SIZE); i < end; i += Long.BYTES) {
            lengths |= levelEnds(address, i);
        }
        return lengths & PrefixLengths.upTo(length);
    }

    private static long levelEnds(final long address, final int offset) {
        return (long) Words.indexesOf(LEVEL_END, Words.get(address + offset)) << offset;
    }

    long address() {
        return address;
    }

    /**
     * Length of the name.
     *
     * @return bytes.
     */
    public int length() {
        return length;
    }

    /**
     * The hash of a prefix.
     *
     * @param prefixLength in bytes, at most the length of the name.
     * @param kind of entry that is looked for.
     * @return the hash.
     */
    public long hash(final int prefixLength, final int kind) {
        return hash.ofPrefix(address, prefixLength, kind, sums.address(0));
    }
}
