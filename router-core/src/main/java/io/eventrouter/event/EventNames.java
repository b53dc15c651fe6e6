package io.eventrouter.event;

import io.eventrouter.identity.Quoted;
import java.nio.ByteOrder;
import org.agrona.DirectBuffer;

/** What bytes a name may have and which names are reserved; the source is docs/routing-rules.md, section 2. */
public final class EventNames {
    private static final int FIRST_PRINTABLE = 0x20;
    private static final int LAST_PRINTABLE = 0x7E;
    private static final long EACH_BYTE = 0x0101010101010101L;
    private static final long ASCII_BITS = EACH_BYTE * 0x7F;
    private static final long HIGH_BITS = EACH_BYTE * 0x80;
    private static final int LOWER_CASE_BIT = 0x20;
    private static final byte[] SPARK = {'s', 'p', 'a', 'r', 'k'};
    private static final long FIVE_BYTES = 0xFFFFFFFFFFL;
    private static final long SPARK_WORD = word("spark");
    private static final long PARTICLE = word("particle");

    private EventNames() {}

    /**
     * Whether every byte is printable ASCII, 0x20 to 0x7E.
     *
     * @param buffer that holds the name.
     * @param offset of the name.
     * @param length of the name in bytes.
     * @return true if it is.
     */
    public static boolean isPrintable(final DirectBuffer buffer, final int offset, final int length) {
        int i = 0;
        for (; i <= length - Long.BYTES; i += Long.BYTES) {
            if (!isPrintable(buffer.getLong(offset + i))) {
                return false;
            }
        }
        for (; i < length; i++) {
            final byte b = buffer.getByte(offset + i);
            if (b < FIRST_PRINTABLE || b > LAST_PRINTABLE) {
                return false;
            }
        }
        return true;
    }

    // Eight bytes at once: bit 7 of a byte's sum is set if it is below 0x20, above 0x7E, or not ASCII.
    private static boolean isPrintable(final long word) {
        final long belowFirst = ~((word & ASCII_BITS) + EACH_BYTE * (0x80 - FIRST_PRINTABLE));
        final long aboveLast = (word & ASCII_BITS) + EACH_BYTE * (0x7F - LAST_PRINTABLE);
        return ((belowFirst | aboveLast | word) & HIGH_BITS) == 0;
    }

    /**
     * Whether a name starts, in any case, with {@code particle} or {@code spark}. No slash is needed.
     *
     * @param buffer that holds the name.
     * @param offset of the name.
     * @param length of the name in bytes.
     * @return true if it does.
     */
    public static boolean isReserved(final DirectBuffer buffer, final int offset, final int length) {
        if (length < Long.BYTES) {
            return startsWithIgnoringCase(buffer, offset, length, SPARK);
        }
        // Setting bit 5 maps A..Z to a..z; the only other bytes it maps to letters are those letters themselves.
        final long lowerCase = buffer.getLong(offset, ByteOrder.LITTLE_ENDIAN) | EACH_BYTE * LOWER_CASE_BIT;
        return lowerCase == PARTICLE || (lowerCase & FIVE_BYTES) == SPARK_WORD;
    }

    /**
     * Check text that is to be a name, prefix or topic.
     *
     * @param what it is, for the message.
     * @param text to check.
     * @param minLength least number of bytes.
     * @param maxLength greatest number of bytes.
     * @return the text.
     * @throws IllegalArgumentException if it is too short, too long or not printable ASCII.
     */
    public static String check(final String what, final String text, final int minLength, final int maxLength) {
        if (text == null) {
            throw new IllegalArgumentException(what + " is missing");
        }
        if (text.length() < minLength || text.length() > maxLength) {
            throw new IllegalArgumentException(
                    what + " length must be in [" + minLength + ", " + maxLength + "]: length=" + text.length());
        }
        for (int i = 0; i < text.length(); i++) {
            final char c = text.charAt(i);
            if (c < FIRST_PRINTABLE || c > LAST_PRINTABLE) {
                throw new IllegalArgumentException(
                        what + " must be printable ASCII, 0x20 to 0x7E: " + what + "=" + Quoted.of(text));
            }
        }
        return text;
    }

    private static boolean startsWithIgnoringCase(
            final DirectBuffer buffer, final int offset, final int length, final byte[] lowerCasePrefix) {
        if (length < lowerCasePrefix.length) {
            return false;
        }
        for (int i = 0; i < lowerCasePrefix.length; i++) {
            if ((buffer.getByte(offset + i) | LOWER_CASE_BIT) != lowerCasePrefix[i]) {
                return false;
            }
        }
        return true;
    }

    private static long word(final String text) {
        long word = 0;
        for (int i = 0; i < text.length(); i++) {
            word |= (long) text.charAt(i) << (i << 3);
        }
        return word;
    }
}
