package io.eventrouter.journal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One file of a journal: a header and frames, in a length that is fixed when it is made.
 *
 * <pre>
 *   0          4         8       16         36               40       48               64
 *   +----------+---------+-------+----------+----------------+--------+----------------+--------- - -
 *   | checksum | version | magic | journal  | segment length | number | first sequence | frames
 *   +----------+---------+-------+----------+----------------+--------+----------------+--------- - -
 * </pre>
 *
 * @param number of the segment.
 * @param firstSequence of its first record.
 */
record Segment(long number, long firstSequence) {
    static final int HEADER_LENGTH = 64;
    static final int MAX_LENGTH = 1 << 30;

    private static final Pattern NAME = Pattern.compile("journal-([0-9]{1,18})");
    private static final long MAGIC = 0x544e_454d_4745_5345L; // "ESEGMENT"
    private static final int VERSION = 1;

    static String name(final long number) {
        return "journal-" + number;
    }

    /** The number in a name, or -1 if it is not one of a segment. */
    static long numberOf(final String name) {
        final Matcher matcher = NAME.matcher(name);
        return matcher.matches() && !matcher.group(1).startsWith("0") ? Long.parseLong(matcher.group(1)) : -1;
    }

    void writeHeader(final JournalId id, final int segmentLength, final byte[] into) {
        LittleEndian.putInt(into, 4, VERSION);
        LittleEndian.putLong(into, 8, MAGIC);
        id.write(into, 16);
        LittleEndian.putInt(into, 36, segmentLength);
        LittleEndian.putLong(into, 40, number);
        LittleEndian.putLong(into, 48, firstSequence);
        LittleEndian.putLong(into, 56, 0);
        LittleEndian.putInt(into, 0, new Checksum().of(into, 4, HEADER_LENGTH - 4));
    }

    /** Read a header, which must be that of a segment of the journal with that number. */
    static Segment readHeader(
            final byte[] from, final int available, final JournalId id, final long number, final String path) {
        if (available < HEADER_LENGTH) {
            throw new DamagedFileException(path, available, "segment ends within its header");
        }
        final int stored = LittleEndian.getInt(from, 0);
        final int computed = new Checksum().of(from, 4, HEADER_LENGTH - 4);
        if (stored != computed) {
            throw new DamagedFileException(
                    path, 0, "checksum of the segment's header does not match: " + Checksum.mismatch(stored, computed));
        }
        if (LittleEndian.getLong(from, 8) != MAGIC) {
            throw new DamagedFileException(path, 8, "not a segment of a journal");
        }
        if (LittleEndian.getInt(from, 4) != VERSION) {
            throw new DamagedFileException(
                    path, 4, "version of the segment is " + LittleEndian.getInt(from, 4) + ", not " + VERSION);
        }
        final JournalId found = JournalId.read(from, 16);
        if (!found.equals(id)) {
            throw new DamagedFileException(path, 16, "segment of another journal: id=" + found + ", expected=" + id);
        }
        final int length = lengthIn(from);
        if (length <= HEADER_LENGTH || length > MAX_LENGTH) {
            throw new DamagedFileException(path, 36, "length of the segment cannot be: length=" + length);
        }
        final long foundNumber = LittleEndian.getLong(from, 40);
        if (foundNumber != number) {
            throw new DamagedFileException(path, 40, "segment is number " + foundNumber + ", its name says " + number);
        }
        final long firstSequence = LittleEndian.getLong(from, 48);
        if (firstSequence < 1 || number == 1 && firstSequence != 1) {
            throw new DamagedFileException(
                    path, 48, "first sequence of segment " + number + " cannot be: firstSequence=" + firstSequence);
        }
        return new Segment(number, firstSequence);
    }

    static int lengthIn(final byte[] header) {
        return LittleEndian.getInt(header, 36);
    }
}
