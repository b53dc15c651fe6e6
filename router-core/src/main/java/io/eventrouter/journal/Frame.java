package io.eventrouter.journal;

/**
 * The layout of a record in a segment.
 *
 * <pre>
 *   0          4        8          16             24     28        length
 *   +----------+--------+----------+--------------+------+---------+ - - - - +
 *   | checksum | length | sequence | forced up to | type | payload | padding |
 *   +----------+--------+----------+--------------+------+---------+ - - - - +
 * </pre>
 *
 * The checksum covers everything behind it. <i>Forced up to</i> is the last sequence that was known to outlast a power
 * cut when the frame was written. Frames begin at multiples of 8; zeros where one could begin are the end.
 *
 * <p>A frame of type {@link #END_OF_BATCH} is no record. It follows when a batch has been written, and forced if that
 * is the policy, and before anything of it is acknowledged; its sequence is that of the last record of the batch, its
 * payload names the run of the machine. So what was acknowledged has a witness behind it, and damage to it is not taken
 * for a write that was cut short.
 */
final class Frame {
    static final int HEADER_LENGTH = 28;
    static final int ALIGNMENT = 8;
    static final int END_OF_BATCH = 0;
    static final int END_OF_BATCH_LENGTH = aligned(HEADER_LENGTH + Long.BYTES);

    private static final int LENGTH = 4;
    private static final int SEQUENCE = 8;
    private static final int FORCED_UP_TO = 16;
    private static final int TYPE = 24;

    private Frame() {}

    static int aligned(final int length) {
        return length + ALIGNMENT - 1 & -ALIGNMENT;
    }

    /** Bytes that a record takes in a segment. */
    static int lengthOf(final int payloadLength) {
        return aligned(HEADER_LENGTH + payloadLength);
    }

    /** Where the next frame begins, or may begin: behind a frame, or further on in a gap of zeros. */
    static int next(final byte[] bytes, final int offset) {
        return offset + (isGap(bytes, offset) ? ALIGNMENT : aligned(length(bytes, offset)));
    }

    /** Whether there is a record, where there is either a frame or a gap. */
    static boolean isRecord(final byte[] bytes, final int offset) {
        return !isGap(bytes, offset) && type(bytes, offset) != END_OF_BATCH;
    }

    private static boolean isGap(final byte[] bytes, final int offset) {
        return length(bytes, offset) == 0;
    }

    /** Write everything but what {@link #seal} adds. */
    static void write(
            final byte[] into,
            final int offset,
            final int type,
            final long sequence,
            final byte[] payload,
            final int payloadOffset,
            final int payloadLength) {
        LittleEndian.putInt(into, offset + LENGTH, HEADER_LENGTH + payloadLength);
        LittleEndian.putLong(into, offset + SEQUENCE, sequence);
        LittleEndian.putInt(into, offset + TYPE, type);
        System.arraycopy(payload, payloadOffset, into, offset + HEADER_LENGTH, payloadLength);
    }

    /** Make a frame valid in a segment. */
    static void seal(final byte[] bytes, final int offset, final long forcedUpTo, final Checksum checksum) {
        LittleEndian.putLong(bytes, offset + FORCED_UP_TO, forcedUpTo);
        LittleEndian.putInt(bytes, offset, computed(bytes, offset, checksum));
    }

    /** Whether there is a frame of that segment, within so many bytes. */
    static boolean isValid(final byte[] bytes, final int offset, final int end, final Checksum checksum) {
        if (end - offset < HEADER_LENGTH) {
            return false;
        }
        final int length = length(bytes, offset);
        return length >= HEADER_LENGTH
                && length <= Math.min(end - offset, HEADER_LENGTH + Journal.MAX_PAYLOAD_LENGTH)
                && sequence(bytes, offset) >= 0
                && forcedUpTo(bytes, offset) <= sequence(bytes, offset)
                && checksum(bytes, offset) == computed(bytes, offset, checksum);
    }

    /** What is wrong where a frame should be, for messages. */
    static String mismatch(final byte[] bytes, final int offset, final int end, final Checksum checksum) {
        if (end - offset < HEADER_LENGTH) {
            return "file ends";
        }
        final int length = length(bytes, offset);
        if (length < HEADER_LENGTH || length > end - offset) {
            return "length=" + length;
        }
        return Checksum.mismatch(checksum(bytes, offset), computed(bytes, offset, checksum)) + ", sequence="
                + sequence(bytes, offset);
    }

    static int checksum(final byte[] bytes, final int offset) {
        return LittleEndian.getInt(bytes, offset);
    }

    private static int computed(final byte[] bytes, final int offset, final Checksum checksum) {
        return checksum.of(bytes, offset + LENGTH, length(bytes, offset) - LENGTH);
    }

    static int length(final byte[] bytes, final int offset) {
        return LittleEndian.getInt(bytes, offset + LENGTH);
    }

    static long sequence(final byte[] bytes, final int offset) {
        return LittleEndian.getLong(bytes, offset + SEQUENCE);
    }

    static long forcedUpTo(final byte[] bytes, final int offset) {
        return LittleEndian.getLong(bytes, offset + FORCED_UP_TO);
    }

    static int type(final byte[] bytes, final int offset) {
        return LittleEndian.getInt(bytes, offset + TYPE);
    }

    /** The run of the machine in which a batch ended. */
    static long machineRun(final byte[] bytes, final int offset) {
        return LittleEndian.getLong(bytes, offset + HEADER_LENGTH);
    }
}
