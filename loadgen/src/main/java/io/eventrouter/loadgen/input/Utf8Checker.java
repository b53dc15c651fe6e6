package io.eventrouter.loadgen.input;

/**
 * Checks that bytes are UTF-8 as the standard defines it: no overlong forms, no surrogates, nothing above U+10FFFF.
 * A byte of value 0 is refused too, as no text that is read here may hold one and UTF-16 is full of them.
 *
 * <p>The bytes may come in pieces; one instance is for one text on one thread.
 */
public final class Utf8Checker {
    private static final int FIRST_CONTINUATION = 0x80;
    private static final int LAST_CONTINUATION = 0xBF;

    private int lead;
    private int continuations;
    private int continuationsLeft;
    private int lower = FIRST_CONTINUATION;
    private int upper = LAST_CONTINUATION;

    /** Begin a new text. */
    public void reset() {
        continuationsLeft = 0;
        lower = FIRST_CONTINUATION;
        upper = LAST_CONTINUATION;
    }

    /**
     * Check the next piece of the text.
     *
     * @param bytes that hold the piece.
     * @param offset of the piece.
     * @param length of the piece.
     * @return the index of the first byte of the first sequence that is no character, or the offset if that began in
     *     an earlier piece; -1 if all are fine so far.
     */
    public int firstInvalid(final byte[] bytes, final int offset, final int length) {
        int i = offset;
        final int end = offset + length;
        while (i < end) {
            if (continuationsLeft == 0) {
                while (i < end && bytes[i] > 0) {
                    i++;
                }
                if (i < end) {
                    lead = bytes[i] & 0xFF;
                    if (!begin(lead)) {
                        return i;
                    }
                    continuations = 0;
                    i++;
                }
            } else {
                final int value = bytes[i] & 0xFF;
                if (value < lower || value > upper) {
                    return Math.max(offset, i - 1 - continuations);
                }
                lower = FIRST_CONTINUATION;
                upper = LAST_CONTINUATION;
                continuations++;
                continuationsLeft--;
                i++;
            }
        }
        return -1;
    }

    /**
     * Whether the text may end here.
     *
     * @return false in the middle of a character.
     */
    public boolean isComplete() {
        return continuationsLeft == 0;
    }

    /**
     * How many bytes of a character that goes on in the next piece have been seen.
     *
     * @return the number; 0 between characters.
     */
    public int unfinished() {
        return continuationsLeft == 0 ? 0 : continuations + 1;
    }

    /**
     * What is wrong with the sequence that was found last.
     *
     * @return the words, with its first byte.
     */
    public String complaint() {
        return lead == 0 ? "has a NUL byte" : String.format("is not UTF-8 text: byte 0x%02x", lead);
    }

    // The second byte tells overlong forms, surrogates and too large values, so its range depends on the first.
    private boolean begin(final int value) {
        if (value >= 0xC2 && value <= 0xDF) {
            continuationsLeft = 1;
        } else if (value >= 0xE0 && value <= 0xEF) {
            continuationsLeft = 2;
            lower = value == 0xE0 ? 0xA0 : FIRST_CONTINUATION;
            upper = value == 0xED ? 0x9F : LAST_CONTINUATION;
        } else if (value >= 0xF0 && value <= 0xF4) {
            continuationsLeft = 3;
            lower = value == 0xF0 ? 0x90 : FIRST_CONTINUATION;
            upper = value == 0xF4 ? 0x8F : LAST_CONTINUATION;
        } else {
            return false;
        }
        return true;
    }
}
