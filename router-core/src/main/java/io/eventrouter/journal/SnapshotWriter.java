package io.eventrouter.journal;

import java.io.Closeable;
import java.io.IOException;

/**
 * Writes what a journal amounts to, so that it need not be read from its beginning. Begun and completed by
 * {@link Journal}.
 *
 * <p>What is written may be newer than the record that the snapshot begins with: records after it are replayed over it.
 *
 * <p><b>Threading:</b> the journal's thread.
 */
public final class SnapshotWriter implements Closeable {
    /** So much is forced at once, so that the end does not wait for all of it. */
    private static final int FORCE_LENGTH = 4 << 20;

    private final DiskFile file;
    private final long number;
    private final long firstSequence;
    private final long segment;
    private final Checksum checksum;
    private final byte[] block = new byte[SnapshotLayout.MAX_BLOCK_LENGTH];
    private int blockLength = SnapshotLayout.BLOCK_HEADER_LENGTH;
    private long blocks;
    private long records;
    private long length;
    private long forcedLength;

    SnapshotWriter(
            final DiskFile file, final JournalId id, final long number, final long firstSequence, final long segment)
            throws IOException {
        this.file = file;
        this.number = number;
        this.firstSequence = firstSequence;
        this.segment = segment;
        checksum = SnapshotLayout.checksum(id, number);
        LittleEndian.putLong(block, blockLength, SnapshotLayout.MAGIC);
        LittleEndian.putInt(block, blockLength + 8, SnapshotLayout.VERSION);
        id.write(block, blockLength + 12);
        LittleEndian.putLong(block, blockLength + 12 + JournalId.LENGTH, number);
        LittleEndian.putLong(block, blockLength + 20 + JournalId.LENGTH, firstSequence);
        blockLength += SnapshotLayout.HEADER_PAYLOAD_LENGTH;
        writeBlock(SnapshotLayout.KIND_HEADER);
    }

    /**
     * Write a record.
     *
     * @param bytes that it is in.
     * @param offset of its first byte.
     * @param recordLength in bytes, at most 32,767.
     * @throws IllegalArgumentException if it is longer.
     * @throws IOException if the disk fails: then the snapshot is to be {@linkplain Snapshots#abandon abandoned}.
     */
    public void append(final byte[] bytes, final int offset, final int recordLength) throws IOException {
        if (recordLength < 0 || recordLength > Short.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "record of a snapshot must be 0 to " + Short.MAX_VALUE + " bytes: length=" + recordLength);
        }
        if (blockLength + Short.BYTES + recordLength > block.length) {
            writeBlock(SnapshotLayout.KIND_RECORDS);
        }
        block[blockLength] = (byte) recordLength;
        block[blockLength + 1] = (byte) (recordLength >>> 8);
        System.arraycopy(bytes, offset, block, blockLength + Short.BYTES, recordLength);
        blockLength += Short.BYTES + recordLength;
        records++;
    }

    long number() {
        return number;
    }

    Manifest.Snapshot complete() throws IOException {
        if (blockLength > SnapshotLayout.BLOCK_HEADER_LENGTH) {
            writeBlock(SnapshotLayout.KIND_RECORDS);
        }
        LittleEndian.putLong(block, blockLength, blocks + 1);
        LittleEndian.putLong(block, blockLength + 8, records);
        blockLength += SnapshotLayout.TOTALS_PAYLOAD_LENGTH;
        writeBlock(SnapshotLayout.KIND_TOTALS);
        file.force();
        return new Manifest.Snapshot(number, firstSequence, segment, length);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void writeBlock(final int kind) throws IOException {
        SnapshotLayout.seal(block, blockLength, blocks, kind, checksum);
        file.write(length, block, 0, blockLength);
        length += blockLength;
        blocks++;
        blockLength = SnapshotLayout.BLOCK_HEADER_LENGTH;
        if (length - forcedLength >= FORCE_LENGTH) {
            file.force();
            forcedLength = length;
        }
    }
}
