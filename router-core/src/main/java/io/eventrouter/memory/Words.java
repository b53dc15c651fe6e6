package io.eventrouter.memory;

import java.nio.ByteOrder;
import org.agrona.UnsafeApi;

/** Eight bytes of off-heap memory at a time, the first byte in the lowest bits on every machine. */
public final class Words {
    private static final long EACH_BYTE = 0x0101010101010101L;
    private static final long HIGH_BITS = EACH_BYTE * 0x80;

    /** Multiplied by it, the lowest bits of all bytes come together in the highest byte, in their order. */
    private static final long GATHER = 0x0102040810204080L;

    private static final boolean NATIVE = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;

    private Words() {}

    /**
     * Read a word.
     *
     * @param address of its first byte.
     * @return the word.
     */
    public static long get(final long address) {
        final long word = UnsafeApi.getLong(address);
        return NATIVE ? word : Long.reverseBytes(word);
    }

    /**
     * The first bytes of a word, the others zero.
     *
     * @param word that they are in.
     * @param count of bytes, 0 to 7.
     * @return the word.
     */
    public static long first(final long word, final int count) {
        return word & (1L << (count << 3)) - 1;
    }

    /**
     * Where in a word a byte stands.
     *
     * @param value of the byte.
     * @param word to search.
     * @return 8 bits, the lowest for the first byte.
     */
    public static int indexesOf(final byte value, final long word) {
        final long difference = word ^ (value & 0xFF) * EACH_BYTE;
        // Bit 7 of each byte is left set where no other bit of the difference is, so nothing carries over.
        final long zeros = ~((difference & ~HIGH_BITS) + ~HIGH_BITS | difference) & HIGH_BITS;
        return (int) ((zeros >>> 7) * GATHER >>> 56);
    }

    /**
     * Whether two ranges hold the same bytes.
     *
     * @param one address of the first range.
     * @param other address of the second range; both have 8 readable bytes, however short they are.
     * @param length in bytes.
     * @return true if they do.
     */
    public static boolean equal(final long one, final long other, final int length) {
        if (length < Long.BYTES) {
            return length == 0 || first(get(one) ^ get(other), length) == 0;
        }
        // Up to 32 bytes without a branch, as lengths cannot be predicted: words overlap where there are fewer bytes.
        final int last = length - Long.BYTES;
        long difference = difference(one, other, 0)
                | difference(one, other, Math.min(8, last))
                | difference(one, other, Math.min(16, last))
                | difference(one, other, last);
        for (int i = 24; i < last; i += Long.BYTES) {
            difference |= difference(one, other, i);
        }
        return difference == 0;
    }

    private static long difference(final long one, final long other, final int offset) {
        return UnsafeApi.getLong(one + offset) ^ UnsafeApi.getLong(other + offset);
    }
}
