package io.eventrouter.matching;

import io.eventrouter.memory.SeededHash;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * A name with the hashes of its prefixes: what the matching tables are asked with.
 *
 * <p><b>Threading:</b> one thread. Reused from name to name, without allocating.
 */
public final class HashedName {
    private static final int READABLE_BEHIND = Long.BYTES;

    private final SeededHash hash;
    private final long[] sums = new long[SeededHash.MAX_SUMS];
    private final UnsafeBuffer copy = new UnsafeBuffer(new byte[SeededHash.MAX_NAME_LENGTH + 1 + READABLE_BEHIND]);
    private DirectBuffer buffer = copy;
    private int offset;
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
     * @param buffer that holds the name, with 7 readable bytes behind it.
     * @param offset of the name.
     * @param length in bytes, 0 to 255.
     */
    public void wrap(final DirectBuffer buffer, final int offset, final int length) {
        wrapBytes(buffer, offset, length);
        hash.sumWords(buffer, offset, length, sums);
    }

    /**
     * Look at a name in place, to compare it only: its hashes are those of the name before.
     *
     * @param buffer that holds the name, with 7 readable bytes behind it.
     * @param offset of the name.
     * @param length in bytes, 0 to 255.
     */
    public void wrapBytes(final DirectBuffer buffer, final int offset, final int length) {
        this.buffer = buffer;
        this.offset = offset;
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
        wrap(copy, 0, text.length());
        return this;
    }

    HashedName copyOf(final HashedName other) {
        return copyOf(other.buffer, other.offset, other.length);
    }

    boolean startsWith(final HashedName prefix) {
        if (prefix.length > length) {
            return false;
        }
        for (int i = 0; i < prefix.length; i++) {
            if (buffer.getByte(offset + i) != prefix.buffer.getByte(prefix.offset + i)) {
                return false;
            }
        }
        return true;
    }

    HashedName copyOf(final DirectBuffer source, final int sourceOffset, final int sourceLength) {
        copy.putBytes(0, source, sourceOffset, sourceLength);
        wrap(copy, 0, sourceLength);
        return this;
    }

    DirectBuffer buffer() {
        return buffer;
    }

    int offset() {
        return offset;
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
        return hash.ofPrefix(buffer, offset, prefixLength, kind, sums);
    }
}
