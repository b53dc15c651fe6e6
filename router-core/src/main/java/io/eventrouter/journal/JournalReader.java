package io.eventrouter.journal;

import java.io.Closeable;
import java.io.IOException;

/**
 * Reads records of a journal that is open, from the disk, while it is being written. Every record is checked once more:
 * what the disk has changed meanwhile is refused.
 *
 * <p><b>Threading:</b> the journal's thread.
 */
public final class JournalReader implements Closeable {
    private static final int BUFFER_LENGTH = 4 * Journal.MAX_FRAME_LENGTH;
    private static final int OFFSET_BITS = Integer.SIZE;

    private final Disk disk;
    private final JournalId id;
    private final SegmentChain chain;
    private final byte[] buffer = new byte[BUFFER_LENGTH];
    private DiskFile file;
    private long segment;
    private Checksum checksum;

    /** Where in the segment the buffer begins, and how many bytes it has. */
    private int bufferStart;

    private int bufferLength;

    /** Where in the segment the next frame begins. */
    private int nextOffset;

    private long nextSequence;

    /** Where in the buffer the record is that was read last. */
    private int frame;

    JournalReader(final Disk disk, final JournalId id, final SegmentChain chain) {
        this.disk = disk;
        this.id = id;
        this.chain = chain;
    }

    /**
     * Read the next record, the first time the oldest that there is. Records that were let go of meanwhile are passed
     * over.
     *
     * @param lastSequence to read; it must outlast a power cut already.
     * @return false if there is none up to that sequence.
     * @throws IOException if the disk cannot be read; the next call tries again.
     * @throws DamagedFileException if the record is not what was written.
     */
    public boolean next(final long lastSequence) throws IOException {
        nextSequence = Math.max(nextSequence, chain.firstSegment().firstSequence());
        if (nextSequence > lastSequence) {
            return false;
        }
        final long number = chain.segmentOf(nextSequence).number();
        if (number != segment) {
            closeFile();
            segment = number;
            nextOffset = Segment.HEADER_LENGTH;
        }
        if (file == null) {
            openFile();
        }
        do {
            find();
        } while (Frame.type(buffer, frame) == Frame.END_OF_BATCH);
        nextSequence++;
        return true;
    }

    /**
     * Go to a record that any reader of this journal has read.
     *
     * @param position that the reader had then.
     * @param sequence of the record.
     */
    public void seek(final long position, final long sequence) {
        final long number = position >>> OFFSET_BITS;
        nextSequence = sequence;
        nextOffset = (int) position;
        if (number != segment) {
            closeFile();
            segment = number;
        }
    }

    /**
     * Where the record is that was read last.
     *
     * @return its position, for {@link #seek(long, long)}.
     */
    public long position() {
        return segment << OFFSET_BITS | bufferStart + frame;
    }

    /**
     * The sequence of the record that was read last.
     *
     * @return the sequence.
     */
    public long sequence() {
        return Frame.sequence(buffer, frame);
    }

    /**
     * The type of the record that was read last.
     *
     * @return the type that it was appended with.
     */
    public int type() {
        return Frame.type(buffer, frame);
    }

    /**
     * What the record that was read last is in, until the next is read.
     *
     * @return the bytes.
     */
    public byte[] bytes() {
        return buffer;
    }

    /**
     * Where the record begins that was read last.
     *
     * @return offset in {@link #bytes()}.
     */
    public int offset() {
        return frame + Frame.HEADER_LENGTH;
    }

    /**
     * How long the record is that was read last.
     *
     * @return bytes.
     */
    public int length() {
        return Frame.length(buffer, frame) - Frame.HEADER_LENGTH;
    }

    @Override
    public void close() {
        closeFile();
    }

    private void openFile() throws IOException {
        file = disk.open(Segment.name(segment));
        checksum = new Checksum(id, segment);
        bufferLength = 0;
    }

    private void closeFile() {
        if (file != null) {
            try {
                file.close();
            } catch (final IOException nothingIsLost) {
                // It was only read.
            }
            file = null;
        }
    }

    // The frame at the next offset; what was read ahead may not have been written yet.
    private void find() throws IOException {
        if (!isNext(nextOffset - bufferStart)) {
            load(nextOffset);
            if (!isNext(0)) {
                passOverMark();
            }
        }
        frame = nextOffset - bufferStart;
        nextOffset += Frame.aligned(Frame.length(buffer, frame));
    }

    // Between records there may be damaged marks, which the journal goes on without.
    private void passOverMark() throws IOException {
        final int damagedAt = nextOffset;
        while (bufferLength >= Frame.HEADER_LENGTH) {
            for (int i = 0;
                    i + Frame.HEADER_LENGTH <= bufferLength - Journal.MAX_FRAME_LENGTH
                            || i + Frame.HEADER_LENGTH <= bufferLength && bufferLength < BUFFER_LENGTH;
                    i += Frame.ALIGNMENT) {
                if (isNext(i) && Frame.type(buffer, i) != Frame.END_OF_BATCH) {
                    nextOffset = bufferStart + i;
                    return;
                }
            }
            if (bufferLength < BUFFER_LENGTH) {
                break;
            }
            load(bufferStart + bufferLength - Journal.MAX_FRAME_LENGTH);
        }
        throw new DamagedFileException(
                disk.path(Segment.name(segment)), damagedAt, "record " + nextSequence + " is not what was written");
    }

    private boolean isNext(final int offset) {
        return offset >= 0
                && offset < bufferLength
                && Frame.isValid(buffer, offset, bufferLength, checksum)
                && (Frame.type(buffer, offset) == Frame.END_OF_BATCH || Frame.sequence(buffer, offset) == nextSequence);
    }

    private void load(final int from) throws IOException {
        bufferLength = 0;
        bufferStart = from;
        bufferLength = file.read(from, buffer, 0, BUFFER_LENGTH);
    }
}
