package io.eventrouter.journal;

import java.util.Arrays;

/** Frames that wait to be written, in a row. */
final class FrameBuffer {
    private byte[] bytes = new byte[1 << 12];
    private int start;
    private int end;

    boolean isEmpty() {
        return start == end;
    }

    int length() {
        return end - start;
    }

    /** Bytes of the first frame, with its padding. */
    int firstLength() {
        return Frame.aligned(Frame.length(bytes, start));
    }

    long firstSequence() {
        return Frame.sequence(bytes, start);
    }

    void add(final int type, final long sequence, final byte[] payload, final int offset, final int length) {
        ensureRoom(Frame.lengthOf(length));
        Frame.write(bytes, end, type, sequence, payload, offset, length);
        end += Frame.lengthOf(length);
    }

    /** Move the first frame to where it is to be written; returns its sequence. */
    long moveFirst(final byte[] into, final int offset) {
        final int length = firstLength();
        final long sequence = Frame.sequence(bytes, start);
        System.arraycopy(bytes, start, into, offset, length);
        Arrays.fill(bytes, start, start + length, (byte) 0);
        start += length;
        if (start == end) {
            start = 0;
            end = 0;
        }
        return sequence;
    }

    /** Put frames before all others. */
    void putFirst(final byte[] frames, final int offset, final int length) {
        final byte[] joined = new byte[Math.max(bytes.length, length + length())];
        System.arraycopy(frames, offset, joined, 0, length);
        System.arraycopy(bytes, start, joined, length, length());
        end = length + length();
        start = 0;
        bytes = joined;
    }

    private void ensureRoom(final int length) {
        if (end + length > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, end + length));
        }
    }
}
