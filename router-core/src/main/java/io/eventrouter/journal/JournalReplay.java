package io.eventrouter.journal;

/** Is shown what a journal holds, in order, while it is opened. The bytes are valid until the method returns. */
public interface JournalReplay {
    /**
     * A record of the snapshot; all of them come first, and only of a snapshot that is intact.
     *
     * @param bytes that it is in.
     * @param offset of its first byte.
     * @param length in bytes.
     * @throws IllegalArgumentException if it is intact and yet no record of this journal: opening is refused.
     */
    void onSnapshotRecord(byte[] bytes, int offset, int length);

    /**
     * A record of the journal. The first ones may be in the snapshot already.
     *
     * @param sequence one more than that of the record before.
     * @param type that it was appended with.
     * @param bytes that it is in.
     * @param offset of its first byte.
     * @param length in bytes.
     * @throws IllegalArgumentException if it is intact and yet no record of this journal: opening is refused.
     */
    void onRecord(long sequence, int type, byte[] bytes, int offset, int length);
}
