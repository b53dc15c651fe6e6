package io.eventrouter.memory;

import java.nio.ByteOrder;
import org.agrona.UnsafeApi;

/** Eight bytes of off-heap memory at a time, the first byte in the lowest bits on every machine. */
public final class Words {
    private static final long EACH_BYTE = 0x0101010101010101L;
    private static final long HIGH_BITS = EACH_BYTE * 0x80;

    /** Multiplied by it, the highest bits of all bytes come together in the highest byte, in their order. */
    private static final long GATHER = 0x0002040810204081L;

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
     * Where in a word of text a character stands.
     *
     * @param value of the character, ASCII.
     * @param word to search.
     * @return 8 bits, the lowest for the first byte; those of a byte that is not ASCII, and of all behind it, mean
     *     nothing.
     */
    public static int indexesOf(final byte value, final long word) {
        // Of two characters that differ, bit 7 is set; nothing is carried from one byte to the next, as they are
        // less than 128.
        final long differing = (word ^ value * EACH_BYTE) + ~HIGH_BITS;
        return (int) ((~differing & HIGH_BITS) * GATHER >>> 56);
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
