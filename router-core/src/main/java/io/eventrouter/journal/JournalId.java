package io.eventrouter.journal;

/**
 * Which journal of which store: in every file, so that none is taken for another.
 *
 * @param storeIdHigh first half of the random id of the data directory.
 * @param storeIdLow second half.
 * @param journal number of the journal in the data directory.
 */
public record JournalId(long storeIdHigh, long storeIdLow, int journal) {
    static final int LENGTH = 20;

    void write(final byte[] into, final int offset) {
        LittleEndian.putLong(into, offset, storeIdHigh);
        LittleEndian.putLong(into, offset + 8, storeIdLow);
        LittleEndian.putInt(into, offset + 16, journal);
    }

    static JournalId read(final byte[] from, final int offset) {
        return new JournalId(
                LittleEndian.getLong(from, offset),
                LittleEndian.getLong(from, offset + 8),
                LittleEndian.getInt(from, offset + 16));
    }

    @Override
    public String toString() {
        return String.format("%016x%016x/%d", storeIdHigh, storeIdLow, journal);
    }
}
