package io.eventrouter.loadgen.input;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The bytes of a text file, which stop with a clear message at the first place that is not UTF-8. */
public final class CheckedTextStream extends FilterInputStream {
    private final String name;
    private final Utf8Checker checker = new Utf8Checker();
    private long line = 1;
    // Bytes of the line that earlier reads have returned.
    private long column;
    private boolean isFirst = true;

    /**
     * A checked view of a stream.
     *
     * @param name of the file, for messages.
     * @param in the bytes.
     */
    public CheckedTextStream(final String name, final InputStream in) {
        super(in);
        this.name = name;
    }

    @Override
    public int read() throws IOException {
        final byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(final byte[] bytes, final int offset, final int length) throws IOException {
        final int count = in.read(bytes, offset, length);
        if (count < 0) {
            if (!checker.isComplete()) {
                throw new BadInputException(name + ":" + line + ": is not UTF-8 text: the last character is cut off");
            }
            return count;
        }
        if (isFirst && count > 1 && looksLikeUtf16(bytes[offset], bytes[offset + 1])) {
            throw new BadInputException(name + ":1: is UTF-16 text, must be UTF-8");
        }
        isFirst = false;
        final int unfinished = checker.unfinished();
        final int invalid = checker.firstInvalid(bytes, offset, count);
        for (int i = offset, end = invalid < 0 ? offset + count : invalid; i < end; i++) {
            column++;
            if (bytes[i] == '\n') {
                line++;
                column = 0;
            }
        }
        if (invalid >= 0) {
            // What is broken at the first byte began in an earlier piece, if anything was unfinished there.
            final long before = invalid == offset ? column - unfinished : column;
            throw new BadInputException(name + ":" + line + ": " + checker.complaint() + ", column " + (before + 1));
        }
        return count;
    }

    private static boolean looksLikeUtf16(final byte first, final byte second) {
        return first == (byte) 0xFF && second == (byte) 0xFE
                || first == (byte) 0xFE && second == (byte) 0xFF
                || first == 0 && second == '{'
                || first == '{' && second == 0;
    }
}
