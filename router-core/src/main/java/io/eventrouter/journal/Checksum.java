package io.eventrouter.journal;

import java.util.zip.CRC32C;

/**
 * CRC32C that begins with what the bytes belong to, so that bytes of another file are as wrong as damaged ones.
 *
 * <p><b>Threading:</b> one thread.
 */
final class Checksum {
    private final CRC32C crc = new CRC32C();
    private final byte[] belongsTo;

    /** A checksum of bytes that belong to nothing in particular. */
    Checksum() {
        belongsTo = new byte[0];
    }

    /** A checksum of bytes that belong to one file of one journal. */
    Checksum(final JournalId id, final long fileNumber) {
        belongsTo = new byte[JournalId.LENGTH + Long.BYTES];
        id.write(belongsTo, 0);
        LittleEndian.putLong(belongsTo, JournalId.LENGTH, fileNumber);
    }

    int of(final byte[] bytes, final int offset, final int length) {
        crc.reset();
        crc.update(belongsTo, 0, belongsTo.length);
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    /** What was found instead of what, for messages. */
    static String mismatch(final int stored, final int computed) {
        return String.format("stored=%08x, computed=%08x", stored, computed);
    }
}
