package io.eventrouter.usage;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.eventrouter.journal.Journal;
import io.eventrouter.journal.JournalRoom;
import io.eventrouter.metering.UsageThreshold;
import io.eventrouter.status.RouterCounter;
import io.eventrouter.status.RouterCounters;
import io.eventrouter.usage.UsageFrames.Commit;
import io.eventrouter.usage.UsageFrames.TotalsEnd;
import java.io.IOException;
import java.util.Queue;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Writes to the usage journal: windows as they come from the lanes, thresholds, acknowledgements, and totals.
 *
 * <p><b>Threading:</b> the usage thread.
 */
final class UsageWriter {
    /** So much is written and forced at a time: forcing costs little for each record, and memory does not grow. */
    private static final int BATCH_LENGTH = 1 << 19;

    private static final int MAX_ROWS_OF_RECORDS =
            (UsageFrames.MAX_LENGTH - UsageFrames.ROWS_OFFSET) / RecordLayout.LENGTH;
    private static final int MAX_ROWS_OF_TOTALS =
            (UsageFrames.MAX_LENGTH - UsageFrames.ROWS_OFFSET) / UsageTotals.WRITTEN_LENGTH;
    private static final int TOTALS_SHARE = 4;
    private static final long NONE = WindowUnit.NONE;

    private final Journal journal;
    private final WindowUnit[] units;
    private final Queue<UsageThreshold> thresholds;
    private final KeptUnits unacknowledged;
    private final KeptUnits uncounted;
    private final RouterCounters counters;
    private final long totalsAfterBytes;
    private final UnsafeBuffer frame = new UnsafeBuffer(new byte[UsageFrames.MAX_LENGTH]);
    private final byte[] bytes = frame.byteArray();
    private long nextUnit;
    private long nextSequence;
    private long acknowledged;
    private long acknowledgedFrame = NONE;
    private long durableFrame;
    private long durablyAcknowledged;
    private long totalsFirstFrame;
    private long bytesSinceTotals;
    private long lengthOfTotals;
    private int batchLength;
    private long reserved;

    UsageWriter(
            final Journal journal,
            final LaneUsage[] lanes,
            final Queue<UsageThreshold> thresholds,
            final UsageRecovery recovery,
            final RouterCounters counters,
            final long totalsAfterBytes) {
        this.journal = journal;
        this.thresholds = thresholds;
        this.counters = counters;
        this.totalsAfterBytes = totalsAfterBytes;
        unacknowledged = recovery.unacknowledged();
        uncounted = recovery.uncounted();
        nextUnit = recovery.nextUnit();
        nextSequence = recovery.nextSequence();
        acknowledged = recovery.acknowledged();
        durablyAcknowledged = acknowledged;
        totalsFirstFrame = recovery.totals() == null ? NONE : recovery.totals().firstFrame();
        units = new WindowUnit[lanes.length];
        for (int i = 0; i < lanes.length; i++) {
            units[i] = new WindowUnit(lanes[i]);
        }
    }

    /** Write what there is; returns 0 if there was nothing to do, or it could not be done. */
    int write(final long requestedAcknowledgement, final long nowMs) {
        int work = journal.maintain(nowMs);
        // What was appended before is written before anything else, and the disk may have refused it.
        if (journal.commit(nowMs)) {
            settle();
            batchLength = 0;
            work += writeThresholds() + writeAcknowledgement(requestedAcknowledgement);
            for (final WindowUnit unit : units) {
                work += write(unit);
            }
            if (work > 0 && journal.commit(nowMs)) {
                settle();
            }
        }
        return work;
    }

    /** The last frame that is durable. */
    long durableFrame() {
        return durableFrame;
    }

    /** The last sequence whose acknowledgement is durable. */
    long acknowledged() {
        return durablyAcknowledged;
    }

    /** Whether everything that was put is durable. */
    boolean isSettled() {
        for (final WindowUnit unit : units) {
            if (!unit.window().isOpen()) {
                return false;
            }
        }
        return thresholds.isEmpty() && durableFrame == journal.nextSequence() - 1;
    }

    /** Whether so much was written that the totals should be written too, so that a restart does not add all up. */
    boolean isTotalsDue() {
        return bytesSinceTotals > Math.max(totalsAfterBytes, TOTALS_SHARE * lengthOfTotals);
    }

    /**
     * Write all totals; false if the disk does not take all of them now. Those that it took count for nothing then, and
     * take room until all are written.
     *
     * @param behindFrame sequence of the last frame that is in them.
     */
    boolean writeTotals(final UsageTotals totals, final long behindFrame, final long nowMs) {
        final long unit = nextUnit++;
        final long firstFrame = journal.nextSequence();
        int row = 0;
        long length = 0;
        while (row < totals.count()) {
            final int rows = Math.min(MAX_ROWS_OF_TOTALS, totals.count() - row);
            int end = UsageFrames.writeRowsHeader(frame, unit, row, rows);
            for (int i = 0; i < rows; i++) {
                totals.write(row + i + 1, frame, end);
                end += UsageTotals.WRITTEN_LENGTH;
            }
            if (!append(UsageFrames.TOTALS, end, nowMs)) {
                return false;
            }
            row += rows;
            length += end;
        }
        final TotalsEnd totalsEnd = new TotalsEnd(unit, firstFrame, behindFrame, row, nextSequence, acknowledged);
        if (!append(UsageFrames.TOTALS_END, totalsEnd.write(frame), nowMs) || !journal.commit(nowMs)) {
            return false;
        }
        settle();
        totalsFirstFrame = firstFrame;
        uncounted.letGo(behindFrame);
        bytesSinceTotals = 0;
        lengthOfTotals = length;
        return true;
    }

    /** Let segments go that hold nothing but what was acknowledged and is in the totals. */
    void retain() throws IOException {
        unacknowledged.letGo(durablyAcknowledged);
        if (totalsFirstFrame == NONE) {
            return;
        }
        long first = Math.min(totalsFirstFrame, Math.min(unacknowledged.firstFrame(), uncounted.firstFrame()));
        for (final WindowUnit unit : units) {
            first = Math.min(first, unit.firstFrame);
        }
        journal.retainFrom(first);
    }

    // Windows whose last frame is durable are counted.
    private void settle() {
        durableFrame = journal.nextSequence() - 1;
        if (acknowledgedFrame <= durableFrame) {
            durablyAcknowledged = acknowledged;
            acknowledgedFrame = NONE;
        }
        for (final WindowUnit unit : units) {
            if (unit.isWhole() && unit.commitFrame <= durableFrame) {
                final UsageWindow window = unit.window();
                unit.next();
                counters.add(RouterCounter.USAGE_WINDOWS_COMMITTED, 1);
                unit.lane.counted(window);
            }
        }
    }

    private int writeThresholds() {
        int work = 0;
        UsageThreshold threshold;
        while (hasBatchRoom() && (threshold = thresholds.peek()) != null) {
            final long told = journal.nextSequence();
            if (!append(
                    UsageFrames.THRESHOLD, UsageFrames.writeThreshold(frame, threshold.withSequence(nextSequence)))) {
                break;
            }
            thresholds.poll();
            unacknowledged.add(nextSequence++, told);
            uncounted.add(told, told);
            work++;
        }
        return work;
    }

    private int writeAcknowledgement(final long requested) {
        final long appended = journal.nextSequence();
        if (requested <= acknowledged
                || !append(UsageFrames.ACKNOWLEDGED, UsageFrames.writeAcknowledged(frame, requested))) {
            return 0;
        }
        acknowledged = requested;
        acknowledgedFrame = appended;
        return 1;
    }

    private int write(final WindowUnit unit) {
        final UsageWindow window = unit.window();
        if (window.isOpen() || unit.isWhole()) {
            return 0;
        }
        int work = 0;
        // In this order: when it is complete, nothing is put behind what is there now.
        final boolean isComplete = window.isComplete();
        while (hasBatchRoom() && writeRecords(unit, window.records)) {
            work++;
        }
        return isComplete && window.records.isRead() ? work + commit(unit, window) : work;
    }

    private boolean writeRecords(final WindowUnit unit, final RecordQueue queue) {
        int rows = 0;
        int read;
        int end = UsageFrames.ROWS_OFFSET;
        while (rows < MAX_ROWS_OF_RECORDS && (read = queue.read(bytes, end, MAX_ROWS_OF_RECORDS - rows)) > 0) {
            rows += read;
            end += read * RecordLayout.LENGTH;
        }
        if (rows == 0) {
            return false;
        }
        final long number = unit.isBegun() ? unit.number : nextUnit;
        UsageFrames.writeRowsHeader(frame, number, unit.rows, rows);
        final long appended = journal.nextSequence();
        if (!append(UsageFrames.RECORDS, end)) {
            queue.rewind();
            return false;
        }
        // The journal keeps it until it is durable.
        queue.release();
        if (!unit.isBegun()) {
            unit.number = nextUnit++;
            unit.firstFrame = appended;
        }
        unit.records += recordsAmong(rows);
        unit.rows += rows;
        return true;
    }

    private int recordsAmong(final int rows) {
        int records = 0;
        for (int i = 0; i < rows; i++) {
            final int flags = frame.getInt(UsageFrames.ROWS_OFFSET + i * RecordLayout.LENGTH, LITTLE_ENDIAN);
            records += (flags & RecordLayout.PRODUCT_ONLY) == 0 ? 1 : 0;
        }
        return records;
    }

    private int commit(final WindowUnit unit, final UsageWindow window) {
        if (unit.rows == 0) {
            // Nothing was counted: everything up to its end is durable as it is.
            unit.next();
            unit.lane.counted(window);
            return 1;
        }
        final long appended = journal.nextSequence();
        final Commit commit = new Commit(
                unit.number,
                unit.firstFrame,
                nextSequence,
                window.startMs,
                window.endMs,
                window.monthStartMs,
                window.sequence,
                unit.lane.index(),
                unit.rows,
                unit.records);
        if (!append(UsageFrames.COMMIT, commit.write(frame))) {
            return 0;
        }
        unit.commitFrame = appended;
        nextSequence += unit.records;
        unacknowledged.add(commit.lastSequence(), commit.firstFrame());
        uncounted.add(appended, commit.firstFrame());
        return 1;
    }

    private boolean hasBatchRoom() {
        return batchLength < BATCH_LENGTH;
    }

    // Totals are longer than a batch.
    private boolean append(final int type, final int length, final long nowMs) {
        if (!hasBatchRoom()) {
            if (!journal.commit(nowMs)) {
                return false;
            }
            batchLength = 0;
        }
        if (append(type, length)) {
            return true;
        }
        journal.commit(nowMs);
        journal.maintain(nowMs);
        return append(type, length);
    }

    private boolean append(final int type, final int length) {
        final int reservation = Journal.reservation(length);
        if (journal.room().answer(reserved + reservation) != JournalRoom.Answer.ENOUGH) {
            return false;
        }
        reserved += reservation;
        journal.append(type, bytes, 0, length);
        batchLength += length;
        bytesSinceTotals += length;
        return true;
    }
}
