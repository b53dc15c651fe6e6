package io.eventrouter.identity;

import org.agrona.MutableDirectBuffer;

/**
 * The 96-bit identity of a device, user, customer or organization, printed as 24 lower-case hex digits.
 *
 * <p>Immutable and safe on any thread. Two ids are equal when all 96 bits are; text compares without regard to case.
 */
public final class EntityId implements Comparable<EntityId> {
    /** Hex digits in the printed form. */
    public static final int TEXT_LENGTH = 24;

    private static final int DIGITS_IN_HIGH = 16;
    private static final char[] DIGITS = "0123456789abcdef".toCharArray();

    private final long high;
    private final int low;

    private EntityId(final long high, final int low) {
        this.high = high;
        this.low = low;
    }

    /**
     * An id from its bits.
     *
     * @param high the first 64 bits, which print as the first 16 digits.
     * @param low the last 32 bits, which print as the last 8 digits.
     * @return the id.
     */
    public static EntityId of(final long high, final int low) {
        return new EntityId(high, low);
    }

    /**
     * Read the printed form.
     *
     * @param text 24 hex digits of either case.
     * @return the id.
     * @throws IllegalArgumentException if the text is anything else; the message quotes it, shortened and escaped.
     */
    public static EntityId parse(final CharSequence text) {
        if (text.length() != TEXT_LENGTH) {
            throw new IllegalArgumentException(
                    "id must have " + TEXT_LENGTH + " hex digits: length=" + text.length() + ", id=" + Quoted.of(text));
        }
        long high = 0;
        int low = 0;
        for (int i = 0; i < TEXT_LENGTH; i++) {
            final int digit = hexDigit(text.charAt(i));
            if (digit < 0) {
                throw new IllegalArgumentException(
                        "id must have " + TEXT_LENGTH + " hex digits: id=" + Quoted.of(text));
            }
            if (i < DIGITS_IN_HIGH) {
                high = high << 4 | digit;
            } else {
                low = low << 4 | digit;
            }
        }
        return new EntityId(high, low);
    }

    /**
     * The printed form of an id that is held as bits.
     *
     * @param high the first 64 bits.
     * @param low the last 32 bits.
     * @return 24 lower-case hex digits.
     */
    public static String toText(final long high, final int low) {
        final char[] text = new char[TEXT_LENGTH];
        for (int i = 0; i < TEXT_LENGTH; i++) {
            text[i] = DIGITS[digit(high, low, i)];
        }
        return new String(text);
    }

    /**
     * Write the printed form of an id that is held as bits, without allocating.
     *
     * @param high the first 64 bits.
     * @param low the last 32 bits.
     * @param target to write 24 lower-case hex digits to.
     * @param offset to write them at.
     */
    public static void write(final long high, final int low, final MutableDirectBuffer target, final int offset) {
        for (int i = 0; i < TEXT_LENGTH; i++) {
            target.putByte(offset + i, (byte) DIGITS[digit(high, low, i)]);
        }
    }

    /**
     * The first 64 bits.
     *
     * @return the first 64 bits.
     */
    public long high() {
        return high;
    }

    /**
     * The last 32 bits.
     *
     * @return the last 32 bits.
     */
    public int low() {
        return low;
    }

    @Override
    public int compareTo(final EntityId other) {
        final int order = Long.compareUnsigned(high, other.high);
        return order != 0 ? order : Integer.compareUnsigned(low, other.low);
    }

    @Override
    public boolean equals(final Object other) {
        return other instanceof EntityId && high == ((EntityId) other).high && low == ((EntityId) other).low;
    }

    @Override
    public int hashCode() {
        return Long.hashCode(high * 31 + low);
    }

    @Override
    public String toString() {
        return toText(high, low);
    }

    private static int digit(final long high, final int low, final int index) {
        return index < DIGITS_IN_HIGH
                ? (int) (high >>> (60 - 4 * index)) & 0xF
                : low >>> (28 - 4 * (index - DIGITS_IN_HIGH)) & 0xF;
    }

    // Only ASCII digits: Character.digit also takes the digits of other scripts.
    private static int hexDigit(final char c) {
        if (c >= '0' && c <= '9') {
            return c - '0';
        }
        final int lowerCase = c | 0x20;
        return c < 0x80 && lowerCase >= 'a' && lowerCase <= 'f' ? lowerCase - 'a' + 10 : -1;
    }
}
