package io.eventrouter.journal;

import java.io.Closeable;
import java.io.IOException;

/**
 * Appends to one segment. Keeps its content in memory too, so that what could not be forced can be written elsewhere.
 */
final class SegmentWriter implements Closeable {
    private final Segment segment;
    private final DiskFile file;
    private final byte[] image;
    private final Checksum checksum;
    private int position;
    private int writtenPosition;
    private int forcedPosition;

    /** Go on with a segment whose frames end somewhere; what is behind the forced ones is written again. */
    SegmentWriter(
            final Segment segment,
            final DiskFile file,
            final byte[] image,
            final Checksum checksum,
            final int forcedPosition,
            final int position) {
        this.segment = segment;
        this.file = file;
        this.image = image;
        this.checksum = checksum;
        this.position = position;
        this.forcedPosition = forcedPosition;
        writtenPosition = forcedPosition;
    }

    Segment segment() {
        return segment;
    }

    /** Bytes that records may still take, with a mark behind each. */
    int room() {
        return Math.max(0, image.length - position - Frame.END_OF_BATCH_LENGTH);
    }

    boolean isForced() {
        return forcedPosition == position;
    }

    /** Move the first of some frames here; returns its sequence. */
    long take(final FrameBuffer frames, final long forcedUpTo) {
        final int length = frames.firstLength();
        final long sequence = frames.moveFirst(image, position);
        Frame.seal(image, position, forcedUpTo, checksum);
        position += length;
        return sequence;
    }

    /** Write the header. */
    void writeHeader() throws IOException {
        file.write(0, image, 0, Segment.HEADER_LENGTH);
    }

    /** Write what was moved here; returns how many bytes that were. */
    int write() throws IOException {
        final int length = position - writtenPosition;
        if (length > 0) {
            file.write(writtenPosition, image, writtenPosition, length);
            writtenPosition = position;
        }
        return length;
    }

    void force() throws IOException {
        file.force();
        forcedPosition = writtenPosition;
    }

    /** Tell readers that everything up to a sequence has been written; without room for that they are not told. */
    void endBatch(final long sequence, final long forcedUpTo, final byte[] machineRun) throws IOException {
        if (image.length - position < Frame.END_OF_BATCH_LENGTH) {
            return;
        }
        final boolean isForced = isForced();
        Frame.write(image, position, Frame.END_OF_BATCH, sequence, machineRun, 0, machineRun.length);
        Frame.seal(image, position, forcedUpTo, checksum);
        position += Frame.END_OF_BATCH_LENGTH;
        write();
        if (isForced) {
            // The mark itself may be lost; what it tells of may not.
            forcedPosition = position;
        }
    }

    /** Put all records before those that wait: the segment is not to count. */
    void giveAll(final FrameBuffer waiting) {
        forcedPosition = Segment.HEADER_LENGTH;
        giveUnforced(waiting);
    }

    /** Put the records that are not forced before those that wait. */
    void giveUnforced(final FrameBuffer waiting) {
        final byte[] records = new byte[position - forcedPosition];
        int length = 0;
        int offset = forcedPosition;
        while (offset < position) {
            final int next = Frame.next(image, offset);
            if (Frame.isRecord(image, offset)) {
                System.arraycopy(image, offset, records, length, next - offset);
                length += next - offset;
            }
            offset = next;
        }
        waiting.putFirst(records, 0, length);
        forcedPosition = position;
        writtenPosition = position;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
