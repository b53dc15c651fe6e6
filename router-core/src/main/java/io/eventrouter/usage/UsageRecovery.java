package io.eventrouter.usage;

import io.eventrouter.journal.JournalReplay;
import io.eventrouter.usage.UsageFrames.Commit;
import io.eventrouter.usage.UsageFrames.TotalsEnd;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Where the usage journal of an earlier run ended, as far as frames themselves tell: which sequences were given, which
 * were acknowledged, and what the latest totals are.
 *
 * <p><b>Threading:</b> whoever opens the journal.
 */
final class UsageRecovery implements JournalReplay {
    private static final long UNKNOWN = -1;

    private final UnsafeBuffer frame = new UnsafeBuffer(0, 0);
    private final KeptUnits unacknowledged = new KeptUnits();
    private final KeptUnits uncounted = new KeptUnits();
    private long nextUnit = 1;
    private long nextSequence = UNKNOWN;
    private long acknowledged;
    private TotalsEnd totals;

    @Override
    public void onSnapshotRecord(final byte[] bytes, final int offset, final int length) {
        throw new IllegalStateException("a usage journal has no snapshots: length=" + length);
    }

    @Override
    public void onRecord(final long sequence, final int type, final byte[] bytes, final int offset, final int length) {
        frame.wrap(bytes, offset, length);
        checkLength(type, length);
        switch (type) {
            case UsageFrames.RECORDS, UsageFrames.TOTALS -> saw(UsageFrames.unit(frame));
            case UsageFrames.COMMIT -> onCommit(sequence, Commit.read(frame));
            case UsageFrames.THRESHOLD -> {
                final long told = UsageFrames.readThreshold(frame).sequence();
                take(sequence, told, 1);
                unacknowledged.add(told, sequence);
                uncounted.add(sequence, sequence);
            }
            case UsageFrames.ACKNOWLEDGED -> acknowledged = Math.max(acknowledged, UsageFrames.readAcknowledged(frame));
            case UsageFrames.TOTALS_END -> onTotals(sequence, TotalsEnd.read(frame));
            default -> throw new IllegalArgumentException("not a frame of a usage journal: type=" + type);
        }
    }

    private void checkLength(final int type, final int length) {
        final long expected = switch (type) {
            case UsageFrames.RECORDS -> lengthOfRows(length, RecordLayout.LENGTH);
            case UsageFrames.TOTALS -> lengthOfRows(length, UsageTotals.WRITTEN_LENGTH);
            case UsageFrames.COMMIT -> UsageFrames.COMMIT_LENGTH;
            case UsageFrames.THRESHOLD -> UsageFrames.THRESHOLD_LENGTH;
            case UsageFrames.ACKNOWLEDGED -> UsageFrames.ACKNOWLEDGED_LENGTH;
            case UsageFrames.TOTALS_END -> TotalsEnd.LENGTH;
            default -> length;
        };
        if (length != expected) {
            throw new IllegalArgumentException(
                    "a frame of another length: type=" + type + ", length=" + length + ", expected=" + expected);
        }
    }

    private long lengthOfRows(final int length, final int rowLength) {
        return UsageFrames.ROWS_OFFSET
                + (length < UsageFrames.ROWS_OFFSET ? 0 : (long) UsageFrames.rows(frame) * rowLength);
    }

    long nextUnit() {
        return nextUnit;
    }

    long nextSequence() {
        return nextSequence == UNKNOWN ? 1 : nextSequence;
    }

    long acknowledged() {
        return acknowledged;
    }

    /** The latest totals, null if there are none. */
    TotalsEnd totals() {
        return totals;
    }

    /** What may not be acknowledged, until its last sequence is. */
    KeptUnits unacknowledged() {
        return unacknowledged;
    }

    /** What may not be in the totals, until its last frame is. */
    KeptUnits uncounted() {
        return uncounted;
    }

    private void onCommit(final long sequence, final Commit commit) {
        saw(commit.unit());
        take(sequence, commit.firstSequence(), commit.records());
        unacknowledged.add(commit.lastSequence(), commit.firstFrame());
        uncounted.add(sequence, commit.firstFrame());
    }

    private void onTotals(final long sequence, final TotalsEnd end) {
        saw(end.unit());
        take(sequence, end.nextSequence(), 0);
        acknowledged = Math.max(acknowledged, end.acknowledged());
        totals = end;
        uncounted.letGo(end.behindFrame());
    }

    private void saw(final long unit) {
        nextUnit = Math.max(nextUnit, unit + 1);
    }

    // Sequences have no gap; what is missing before the first was acknowledged and let go.
    private void take(final long sequence, final long first, final int records) {
        if (nextSequence != UNKNOWN && first != nextSequence) {
            throw new IllegalArgumentException("the usage journal contradicts itself: frame=" + sequence
                    + ", firstSequence=" + first + ", expected=" + nextSequence);
        }
        nextSequence = first + records;
    }
}
