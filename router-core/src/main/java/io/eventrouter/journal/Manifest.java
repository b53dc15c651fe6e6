package io.eventrouter.journal;

/**
 * Which files make up a journal. What it does not name does not belong to it; what it names must be there.
 *
 * @param id of the journal.
 * @param firstSegment number of the oldest segment.
 * @param lastSegment number of the newest.
 * @param newest snapshot, {@link Snapshot#NONE} before the first.
 * @param older the one before, to fall back on.
 */
record Manifest(JournalId id, long firstSegment, long lastSegment, Snapshot newest, Snapshot older) {
    static final String FILE_NAME = "manifest";

    private static final long MAGIC = 0x5453_4546_494e_414dL; // "MANIFEST"
    private static final int VERSION = 1;
    private static final int LENGTH = 12 + JournalId.LENGTH + 16 + 2 * Snapshot.LENGTH;

    /**
     * A snapshot and where the records after it begin.
     *
     * @param number of the snapshot, 0 for none.
     * @param firstSequence of the first record that it may lack.
     * @param segment number of the segment that this record is in.
     * @param length of the file.
     */
    record Snapshot(long number, long firstSequence, long segment, long length) {
        static final Snapshot NONE = new Snapshot(0, 0, 0, 0);
        static final int LENGTH = 32;

        boolean exists() {
            return number != 0;
        }

        private void write(final byte[] into, final int offset) {
            LittleEndian.putLong(into, offset, number);
            LittleEndian.putLong(into, offset + 8, firstSequence);
            LittleEndian.putLong(into, offset + 16, segment);
            LittleEndian.putLong(into, offset + 24, length);
        }

        private static Snapshot read(final byte[] from, final int offset) {
            return new Snapshot(
                    LittleEndian.getLong(from, offset),
                    LittleEndian.getLong(from, offset + 8),
                    LittleEndian.getLong(from, offset + 16),
                    LittleEndian.getLong(from, offset + 24));
        }
    }

    byte[] encode() {
        final byte[] bytes = new byte[LENGTH];
        LittleEndian.putLong(bytes, 0, MAGIC);
        LittleEndian.putInt(bytes, 8, VERSION);
        id.write(bytes, 12);
        int offset = 12 + JournalId.LENGTH;
        LittleEndian.putLong(bytes, offset, firstSegment);
        LittleEndian.putLong(bytes, offset + 8, lastSegment);
        offset += 16;
        newest.write(bytes, offset);
        older.write(bytes, offset + Snapshot.LENGTH);
        return bytes;
    }

    static Manifest decode(final byte[] bytes, final JournalId expected, final String path) {
        if (bytes.length < 12 || LittleEndian.getLong(bytes, 0) != MAGIC) {
            throw new DamagedFileException(path, 0, "not the manifest of a journal");
        }
        if (LittleEndian.getInt(bytes, 8) != VERSION || bytes.length != LENGTH) {
            throw new DamagedFileException(
                    path, 8, "version of the manifest is " + LittleEndian.getInt(bytes, 8) + ", not " + VERSION);
        }
        final JournalId id = JournalId.read(bytes, 12);
        if (!id.equals(expected)) {
            throw new DamagedFileException(
                    path, 12, "manifest of another journal: id=" + id + ", expected=" + expected);
        }
        final int offset = 12 + JournalId.LENGTH;
        final Manifest manifest = new Manifest(
                id,
                LittleEndian.getLong(bytes, offset),
                LittleEndian.getLong(bytes, offset + 8),
                Snapshot.read(bytes, offset + 16),
                Snapshot.read(bytes, offset + 16 + Snapshot.LENGTH));
        if (!manifest.namesWhatCanBe()) {
            throw new DamagedFileException(path, offset, "manifest names what cannot be: " + manifest);
        }
        return manifest;
    }

    private boolean namesWhatCanBe() {
        return firstSegment >= 1
                && firstSegment <= lastSegment
                && lastSegment < Long.MAX_VALUE
                && isNoneOrAmongSegments(newest)
                && isNoneOrAmongSegments(older);
    }

    private boolean isNoneOrAmongSegments(final Snapshot snapshot) {
        return !snapshot.exists()
                || snapshot.number() > 0 && snapshot.segment() >= firstSegment && snapshot.segment() <= lastSegment;
    }
}
