package io.eventrouter.loadgen.replay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.agrona.DirectBuffer;

/** Collects text as bytes without allocating, and writes it to a file in large pieces. */
final class TextBuffer {
    /** The most that one piece may add between two calls of {@link #makeRoom()}. */
    static final int MAX_PIECE_LENGTH = 4_096;

    private static final int CAPACITY = 1 << 18;
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final int MAX_DIGITS = 20;

    private final OutputFile file;
    private final byte[] bytes = new byte[CAPACITY];
    private final byte[] digits = new byte[MAX_DIGITS];
    private int length;

    TextBuffer(final OutputFile file) {
        this.file = file;
    }

    void makeRoom() throws IOException {
        if (length > CAPACITY - MAX_PIECE_LENGTH) {
            flush();
        }
    }

    /** Write what has been collected; the file begins with the first call, if there is anything or not. */
    void flush() throws IOException {
        file.write(bytes, length);
        length = 0;
    }

    TextBuffer ascii(final byte[] text) {
        System.arraycopy(text, 0, bytes, length, text.length);
        length += text.length;
        return this;
    }

    TextBuffer ascii(final String text) {
        for (int i = 0; i < text.length(); i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
        return this;
    }

    TextBuffer number(final long value) {
        if (value < 0) {
            return ascii(Long.toString(value));
        }
        long rest = value;
        int first = MAX_DIGITS;
        do {
            digits[--first] = (byte) ('0' + rest % 10);
            rest /= 10;
        } while (rest != 0);
        System.arraycopy(digits, first, bytes, length, MAX_DIGITS - first);
        length += MAX_DIGITS - first;
        return this;
    }

    TextBuffer id(final long high, final int low) {
        for (int shift = 60; shift >= 0; shift -= 4) {
            bytes[length++] = HEX[(int) (high >>> shift) & 0xF];
        }
        for (int shift = 28; shift >= 0; shift -= 4) {
            bytes[length++] = HEX[low >>> shift & 0xF];
        }
        return this;
    }

    TextBuffer json(final DirectBuffer text, final int offset, final int textLength) {
        for (int i = offset; i < offset + textLength; i++) {
            json(text.getByte(i));
        }
        return this;
    }

    TextBuffer json(final String text) {
        for (int i = 0; i < text.length(); i++) {
            json((byte) text.charAt(i));
        }
        return this;
    }

    // Names and ids are printable ASCII; should another byte ever come, the line must still be JSON.
    private void json(final byte b) {
        if (b == '"' || b == '\\') {
            bytes[length++] = '\\';
            bytes[length++] = b;
        } else if (b >= 0x20 && b <= 0x7E) {
            bytes[length++] = b;
        } else {
            ascii("\\u00");
            bytes[length++] = HEX[b >>> 4 & 0xF];
            bytes[length++] = HEX[b & 0xF];
        }
    }
}
