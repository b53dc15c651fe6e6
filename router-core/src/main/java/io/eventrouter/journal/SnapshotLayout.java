package io.eventrouter.journal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The layout of a snapshot: blocks with a checksum each.
 *
 * <pre>
 *   0          4        8              16      20
 *   +----------+--------+--------------+-------+------------------------------------+
 *   | checksum | length | block number | kind  | header, or records, or totals      |
 *   +----------+--------+--------------+-------+------------------------------------+
 *                                               record: length in 2 bytes, bytes
 * </pre>
 *
 * The first block is the header, the last has the numbers of blocks and records. Checksums begin with the number of the
 * snapshot, so that no block is taken for one of another snapshot or another place.
 */
final class SnapshotLayout {
    static final int BLOCK_HEADER_LENGTH = 20;
    static final int MAX_BLOCK_LENGTH = 1 << 16;
    static final int KIND_HEADER = 1;
    static final int KIND_RECORDS = 2;
    static final int KIND_TOTALS = 3;
    static final int VERSION = 1;
    static final long MAGIC = 0x544f_4853_5041_4e53L; // "SNAPSHOT"
    static final int HEADER_PAYLOAD_LENGTH = 12 + JournalId.LENGTH + 16;
    static final int TOTALS_PAYLOAD_LENGTH = 16;

    private static final Pattern NAME = Pattern.compile("snapshot-([0-9]{1,18})");

    private SnapshotLayout() {}

    static String name(final long number) {
        return "snapshot-" + number;
    }

    /** The number in a name, or -1 if it is not one of a snapshot. */
    static long numberOf(final String name) {
        final Matcher matcher = NAME.matcher(name);
        return matcher.matches() && !matcher.group(1).startsWith("0") ? Long.parseLong(matcher.group(1)) : -1;
    }

    // A segment of the same number has the positive one.
    static Checksum checksum(final JournalId id, final long number) {
        return new Checksum(id, -number);
    }

    static void seal(final byte[] block, final int length, final long number, final int kind, final Checksum checksum) {
        LittleEndian.putInt(block, 4, length);
        LittleEndian.putLong(block, 8, number);
        LittleEndian.putInt(block, 16, kind);
        LittleEndian.putInt(block, 0, checksum.of(block, 4, length - 4));
    }
}
