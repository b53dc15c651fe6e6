package io.eventrouter.loadgen.input;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Reads lines as bytes in a buffer that is used again, without making a string of each.
 *
 * <p>Lines end with LF or CR LF; a byte order mark in front of the first is not part of it. A line that is longer
 * than {@link #MAX_LINE_LENGTH} is passed over, so that what follows it can still be read.
 */
public final class LineReader implements AutoCloseable {
    /** The longest line in bytes: far more than the largest event, far less than would fill the memory. */
    public static final int MAX_LINE_LENGTH = 10_000_000;

    private static final int INITIAL_CAPACITY = 1 << 20;
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final TextSource source;
    private final InputStream in;
    private byte[] buffer = new byte[INITIAL_CAPACITY];
    private int position;
    private int limit;
    private int offset;
    private int length;
    private long lineNumber;
    private long bytesFilled;
    private boolean isTooLong;

    /**
     * Open a text at its first line.
     *
     * @param source of the lines.
     * @throws BadInputException if it cannot be opened.
     */
    public LineReader(final TextSource source) {
        this.source = source;
        this.in = source.open();
    }

    /**
     * Go to the next line.
     *
     * @return false at the end of the text.
     * @throws BadInputException if the text cannot be read any further.
     */
    public boolean next() {
        isTooLong = false;
        int scanned = position;
        while (true) {
            for (int i = scanned; i < limit; i++) {
                if (buffer[i] == '\n') {
                    take(i, i + 1);
                    return true;
                }
            }
            final int unfinished = limit - position;
            makeRoom();
            scanned = isTooLong ? 0 : unfinished;
            if (!fill()) {
                if (unfinished == 0 && !isTooLong) {
                    return false;
                }
                take(limit, limit);
                return true;
            }
        }
    }

    /**
     * The buffer that holds the line; valid until {@link #next()}.
     *
     * @return the buffer.
     */
    public byte[] buffer() {
        return buffer;
    }

    /**
     * Where the line starts.
     *
     * @return the offset in bytes.
     */
    public int offset() {
        return offset;
    }

    /**
     * Length of the line without its end; 0 if it is too long.
     *
     * @return bytes.
     */
    public int length() {
        return length;
    }

    /**
     * Number of the line.
     *
     * @return the number, from 1.
     */
    public long lineNumber() {
        return lineNumber;
    }

    /**
     * How much of the text has been passed, with the current line.
     *
     * @return bytes.
     */
    public long bytesTaken() {
        return bytesFilled - (limit - position);
    }

    /**
     * Whether the line is longer than a line may be; its bytes are gone then.
     *
     * @return true if it is.
     */
    public boolean isTooLong() {
        return isTooLong;
    }

    /**
     * Whether the line holds nothing but blanks.
     *
     * @return true if it does.
     */
    public boolean isBlank() {
        for (int i = offset; i < offset + length; i++) {
            final byte b = buffer[i];
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return !isTooLong;
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (final IOException e) {
            throw source.unreadable(e);
        }
    }

    private void take(final int end, final int next) {
        lineNumber++;
        offset = position;
        length = isTooLong ? 0 : end - position;
        position = next;
        if (length > 0 && buffer[end - 1] == '\r') {
            length--;
        }
        if (lineNumber == 1 && length >= 3 && Arrays.equals(buffer, offset, offset + 3, BYTE_ORDER_MARK, 0, 3)) {
            offset += BYTE_ORDER_MARK.length;
            length -= BYTE_ORDER_MARK.length;
        }
        isTooLong |= length > MAX_LINE_LENGTH;
        length = isTooLong ? 0 : length;
    }

    private void makeRoom() {
        System.arraycopy(buffer, position, buffer, 0, limit - position);
        limit -= position;
        position = 0;
        if (limit == buffer.length) {
            if (limit > MAX_LINE_LENGTH) {
                isTooLong = true;
            } else {
                buffer = Arrays.copyOf(buffer, 2 * buffer.length);
            }
        }
        if (isTooLong) {
            limit = 0;
        }
    }

    private boolean fill() {
        try {
            final int count = in.read(buffer, limit, buffer.length - limit);
            limit += Math.max(count, 0);
            bytesFilled += Math.max(count, 0);
            return count >= 0;
        } catch (final IOException e) {
            throw source.unreadable(e);
        }
    }
}
