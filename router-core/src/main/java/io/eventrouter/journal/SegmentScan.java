package io.eventrouter.journal;

import java.util.Arrays;
import java.util.List;

/**
 * Reads the records of one segment and finds out where they end.
 *
 * <p>A frame that is not valid is either what a crash cut short, and then nobody was told of it, or damage to what
 * somebody relies on. Witnesses behind it tell: a frame that says the missing record was forced, or the end of its
 * batch that was written while the machine was running as it still is. With such a witness the segment is refused;
 * without one the records end there. If the missing record is right behind, only a mark between records was damaged.
 */
final class SegmentScan {
    private final byte[] bytes;
    private final int available;
    private final int length;
    private final String path;
    private final Checksum checksum;
    private final long machineRun;
    private final List<String> repairs;
    private int end = Segment.HEADER_LENGTH;
    private long nextSequence;
    private long forcedUpTo;
    private boolean isClean = true;

    /**
     * A scan that has not begun.
     *
     * @param bytes of the file.
     * @param available bytes of these that could be read.
     * @param length of the segment when it was made.
     * @param path of the file.
     * @param checksum of the segment.
     * @param machineRun that is now.
     * @param repairs is told what was damaged and does no harm.
     */
    SegmentScan(
            final byte[] bytes,
            final int available,
            final int length,
            final String path,
            final Checksum checksum,
            final long machineRun,
            final List<String> repairs) {
        this.bytes = bytes;
        this.available = available;
        this.length = length;
        this.path = path;
        this.checksum = checksum;
        this.machineRun = machineRun;
        this.repairs = repairs;
    }

    /** Where the records end. */
    int end() {
        return end;
    }

    /** One more than the sequence of the last record. */
    long nextSequence() {
        return nextSequence;
    }

    /** The last sequence that is known to have been forced. */
    long forcedUpTo() {
        return forcedUpTo;
    }

    /** Whether there is nothing behind the end, and room for all that the segment was made for. */
    boolean isClean() {
        return isClean;
    }

    /**
     * Read the records.
     *
     * @param first sequence of the segment.
     * @param next sequence that the next segment begins with, -1 if there is none.
     * @param replay is shown the records from a sequence on.
     * @param from that sequence.
     */
    void run(final long first, final long next, final JournalReplay replay, final long from) {
        nextSequence = first;
        forcedUpTo = first - 1;
        if (Frame.isValid(bytes, end, available, checksum) && !isExpected(end)) {
            throw new DamagedFileException(
                    path,
                    end,
                    "first frame has sequence " + Frame.sequence(bytes, end) + ", the header says " + nextSequence);
        }
        while (nextSequence != next) {
            if (!isExpected(end)) {
                final int resumeAt = lookBehind(end, next);
                if (resumeAt < 0) {
                    return;
                }
                repairs.add("a mark between two records is damaged or was cut short, no record is: file=" + path
                        + ", offset=" + end);
                isClean = false;
                Arrays.fill(bytes, end, resumeAt, (byte) 0);
                end = resumeAt;
            }
            take(end, replay, from);
            end = Frame.next(bytes, end);
        }
    }

    private boolean isExpected(final int offset) {
        return Frame.isValid(bytes, offset, available, checksum)
                && Frame.sequence(bytes, offset) == (Frame.isRecord(bytes, offset) ? nextSequence : nextSequence - 1);
    }

    private void take(final int offset, final JournalReplay replay, final long from) {
        forcedUpTo = Math.max(forcedUpTo, Frame.forcedUpTo(bytes, offset));
        if (Frame.isRecord(bytes, offset)) {
            if (nextSequence >= from) {
                show(offset, replay);
            }
            nextSequence++;
        }
    }

    private void show(final int offset, final JournalReplay replay) {
        try {
            replay.onRecord(
                    nextSequence,
                    Frame.type(bytes, offset),
                    bytes,
                    offset + Frame.HEADER_LENGTH,
                    Frame.length(bytes, offset) - Frame.HEADER_LENGTH);
        } catch (final IllegalArgumentException problem) {
            throw new DamagedFileException(
                    path, offset, "record " + nextSequence + " cannot be: " + problem.getMessage());
        }
    }

    // Returns where the next record is, or -1 if the records end here.
    private int lookBehind(final int offset, final long next) {
        long forced = 0;
        long written = 0;
        long lost = 0;
        for (int i = offset; i < available; i += Frame.ALIGNMENT) {
            if (!Frame.isValid(bytes, i, available, checksum)) {
                continue;
            }
            final long sequence = Frame.sequence(bytes, i);
            if (Frame.isRecord(bytes, i)) {
                if (sequence == nextSequence) {
                    return i;
                }
            } else if (Frame.machineRun(bytes, i) == machineRun) {
                written = Math.max(written, sequence);
            } else {
                lost = Math.max(lost, sequence);
            }
            forced = Math.max(forced, Frame.forcedUpTo(bytes, i));
        }
        refuseDamage(offset, next, Math.max(forced, written));
        if (lost >= nextSequence) {
            repairs.add("records were lost when the machine stopped, as the sync policy allows: file=" + path
                    + ", offset=" + offset + ", firstSequence=" + nextSequence + ", lastSequence=" + lost);
        }
        isClean &= available == length && isZero(offset, available);
        return -1;
    }

    private void refuseDamage(final int offset, final long next, final long witnessed) {
        if (next >= 0) {
            throw damaged(offset, "the next segment begins with sequence " + next);
        }
        if (witnessed >= nextSequence) {
            throw damaged(offset, "a later frame tells that everything up to sequence " + witnessed + " was kept");
        }
        final boolean endsHere =
                available - offset >= Frame.HEADER_LENGTH && isZero(offset, offset + Frame.HEADER_LENGTH);
        if (available < length && !endsHere) {
            throw damaged(offset, "the file has " + available + " bytes of " + length);
        }
    }

    private DamagedFileException damaged(final int offset, final String witness) {
        return new DamagedFileException(
                path,
                offset,
                "record " + nextSequence + " is damaged (" + Frame.mismatch(bytes, offset, available, checksum)
                        + ") and " + witness);
    }

    private boolean isZero(final int from, final int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }
}
