package io.eventrouter.event;

import io.eventrouter.identity.Quoted;
import org.agrona.DirectBuffer;

/** What bytes a name may have and which names are reserved; the source is docs/routing-rules.md, section 2. */
public final class EventNames {
    private static final int FIRST_PRINTABLE = 0x20;
    private static final int LAST_PRINTABLE = 0x7E;
    private static final byte[] PARTICLE = {'p', 'a', 'r', 't', 'i', 'c', 'l', 'e'};
    private static final byte[] SPARK = {'s', 'p', 'a', 'r', 'k'};

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
        for (int i = offset, end = offset + length; i < end; i++) {
            final byte b = buffer.getByte(i);
            if (b < FIRST_PRINTABLE || b > LAST_PRINTABLE) {
                return false;
            }
        }
        return true;
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
        return startsWithIgnoringCase(buffer, offset, length, SPARK)
                || startsWithIgnoringCase(buffer, offset, length, PARTICLE);
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
            // Setting bit 5 maps A..Z to a..z; the only other bytes it maps to letters are those letters themselves.
            if ((buffer.getByte(offset + i) | 0x20) != lowerCasePrefix[i]) {
                return false;
            }
        }
        return true;
    }
}
