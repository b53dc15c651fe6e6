package io.eventrouter.journal;

import java.io.Closeable;
import java.io.IOException;

/** Reads a snapshot: first all of it to see that it is intact, then again to show the records. */
final class SnapshotReader implements Closeable {
    private final DiskFile file;
    private final String path;
    private final JournalId id;
    private final Manifest.Snapshot snapshot;
    private final Checksum checksum;
    private final byte[] block = new byte[SnapshotLayout.MAX_BLOCK_LENGTH];

    SnapshotReader(final Disk disk, final JournalId id, final Manifest.Snapshot snapshot) throws IOException {
        final String name = SnapshotLayout.name(snapshot.number());
        this.path = disk.path(name);
        this.id = id;
        this.snapshot = snapshot;
        checksum = SnapshotLayout.checksum(id, snapshot.number());
        file = disk.open(name);
    }

    /** Refuse a snapshot that is not as it was written. */
    void check() throws IOException {
        if (file.length() != snapshot.length()) {
            throw new DamagedFileException(
                    path, file.length(), "snapshot has " + file.length() + " bytes, not " + snapshot.length());
        }
        read(null);
    }

    /** Show the records of a snapshot that was checked. */
    void replay(final JournalReplay replay) throws IOException {
        read(replay);
    }

    @Override
    public void close() throws IOException {
        file.close();
    }

    private void read(final JournalReplay replay) throws IOException {
        long records = 0;
        long position = 0;
        long blocks = 0;
        int kind = 0;
        while (kind != SnapshotLayout.KIND_TOTALS) {
            final int length = readBlock(position, blocks);
            kind = LittleEndian.getInt(block, 16);
            checkKind(position, kind, blocks);
            if (kind == SnapshotLayout.KIND_RECORDS) {
                records += readRecords(position, length, replay);
            }
            position += length;
            blocks++;
        }
        final int totals = SnapshotLayout.BLOCK_HEADER_LENGTH;
        if (LittleEndian.getLong(block, totals) != blocks || LittleEndian.getLong(block, totals + 8) != records) {
            throw new DamagedFileException(path, position, "totals of the snapshot do not match: records=" + records);
        }
    }

    private int readBlock(final long position, final long number) throws IOException {
        final int read = file.read(position, block, 0, block.length);
        final int length = read < SnapshotLayout.BLOCK_HEADER_LENGTH ? 0 : LittleEndian.getInt(block, 4);
        if (length < SnapshotLayout.BLOCK_HEADER_LENGTH || length > read) {
            throw new DamagedFileException(path, position, "block of the snapshot is damaged: length=" + length);
        }
        final int stored = LittleEndian.getInt(block, 0);
        final int computed = checksum.of(block, 4, length - 4);
        if (stored != computed) {
            throw new DamagedFileException(
                    path,
                    position,
                    "checksum of a block of the snapshot does not match: " + Checksum.mismatch(stored, computed));
        }
        if (LittleEndian.getLong(block, 8) != number) {
            throw new DamagedFileException(
                    path,
                    position,
                    "block of the snapshot is at the wrong place: number=" + LittleEndian.getLong(block, 8));
        }
        return length;
    }

    private void checkKind(final long position, final int kind, final long blocks) {
        if ((kind == SnapshotLayout.KIND_HEADER) != (blocks == 0)) {
            throw new DamagedFileException(path, position, "snapshot has a block of the wrong kind: kind=" + kind);
        }
        if (kind != SnapshotLayout.KIND_HEADER) {
            return;
        }
        final int header = SnapshotLayout.BLOCK_HEADER_LENGTH;
        final int version = LittleEndian.getInt(block, header + 8);
        if (LittleEndian.getLong(block, header) != SnapshotLayout.MAGIC || version != SnapshotLayout.VERSION) {
            throw new DamagedFileException(
                    path, header, "version of the snapshot is " + version + ", not " + SnapshotLayout.VERSION);
        }
        final JournalId found = JournalId.read(block, header + 12);
        if (!found.equals(id)) {
            throw new DamagedFileException(path, header + 12, "snapshot of another journal: id=" + found);
        }
        final int own = header + 12 + JournalId.LENGTH;
        final long number = LittleEndian.getLong(block, own);
        final long firstSequence = LittleEndian.getLong(block, own + 8);
        if (number != snapshot.number() || firstSequence != snapshot.firstSequence()) {
            throw new DamagedFileException(
                    path,
                    own,
                    "snapshot is not the one that the manifest names: number=" + number + ", firstSequence="
                            + firstSequence + ", expected=" + snapshot);
        }
    }

    private int readRecords(final long position, final int length, final JournalReplay replay) {
        int records = 0;
        int offset = SnapshotLayout.BLOCK_HEADER_LENGTH;
        while (offset < length) {
            final int end = endOfRecord(offset, length);
            if (end > length) {
                throw new DamagedFileException(
                        path, position + offset, "record does not fit into its block of the snapshot");
            }
            if (replay != null) {
                show(position, offset + Short.BYTES, end, replay);
            }
            offset = end;
            records++;
        }
        return records;
    }

    private int endOfRecord(final int offset, final int length) {
        final int start = offset + Short.BYTES;
        return start > length ? start : start + (block[offset] & 0xFF | (block[offset + 1] & 0xFF) << 8);
    }

    private void show(final long position, final int offset, final int end, final JournalReplay replay) {
        try {
            replay.onSnapshotRecord(block, offset, end - offset);
        } catch (final IllegalArgumentException problem) {
            throw new DamagedFileException(
                    path, position + offset, "record of the snapshot cannot be: " + problem.getMessage());
        }
    }
}
