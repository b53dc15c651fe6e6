package io.eventrouter.usage;

import static java.nio.ByteOrder.LITTLE_ENDIAN;

import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.journal.Journal;
import io.eventrouter.metering.UsageThreshold;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The records of the usage journal, called frames here, because a frame holds many usage records.
 *
 * <pre>
 *   RECORDS       unit, index of the first row, rows; rows as {@link RecordLayout} says
 *   COMMIT        a unit is a whole window of a lane, and its usage records have their sequences
 *   THRESHOLD     a threshold was told, under a sequence
 *   ACKNOWLEDGED  everything up to a sequence was acknowledged
 *   TOTALS        unit, index of the first row, rows; rows of {@link UsageTotals}
 *   TOTALS_END    a unit is all totals as they were behind a frame
 * </pre>
 *
 * <p>Units of several lanes may lie mixed. A unit without its last frame was never told to anybody, and is void.
 */
final class UsageFrames {
    static final int RECORDS = 1;
    static final int COMMIT = 2;
    static final int THRESHOLD = 3;
    static final int ACKNOWLEDGED = 4;
    static final int TOTALS = 5;
    static final int TOTALS_END = 6;

    /** Offset of the unit in all frames that have one. */
    static final int UNIT = 0;

    static final int FIRST_INDEX = 8;
    static final int ROWS_OF_FRAME = 12;
    static final int ROWS_OFFSET = 16;
    static final int MAX_LENGTH = Journal.MAX_PAYLOAD_LENGTH;

    private static final int FIRST_FRAME = 8;
    private static final int FIRST_SEQUENCE = 16;
    private static final int START = 24;
    private static final int END = 32;
    private static final int MONTH = 40;
    private static final int LANE_SEQUENCE = 48;
    private static final int LANE = 56;
    private static final int ROWS = 60;
    private static final int RECORDS_OF_UNIT = 64;
    static final int COMMIT_LENGTH = 68;

    /**
     * The end of a window.
     *
     * @param unit that is complete.
     * @param firstFrame sequence, in the journal, of its first frame.
     * @param firstSequence of its usage records.
     * @param startMs of the window.
     * @param endMs of the window.
     * @param monthStartMs of the billing month that it is in.
     * @param laneSequence at which the window was closed.
     * @param lane that it is of.
     * @param rows in all its frames.
     * @param records that are usage records among them.
     */
    record Commit(
            long unit,
            long firstFrame,
            long firstSequence,
            long startMs,
            long endMs,
            long monthStartMs,
            long laneSequence,
            int lane,
            int rows,
            int records) {
        long lastSequence() {
            return firstSequence + records - 1;
        }

        int write(final UnsafeBuffer into) {
            into.putLong(UNIT, unit, LITTLE_ENDIAN);
            into.putLong(FIRST_FRAME, firstFrame, LITTLE_ENDIAN);
            into.putLong(FIRST_SEQUENCE, firstSequence, LITTLE_ENDIAN);
            into.putLong(START, startMs, LITTLE_ENDIAN);
            into.putLong(END, endMs, LITTLE_ENDIAN);
            into.putLong(MONTH, monthStartMs, LITTLE_ENDIAN);
            into.putLong(LANE_SEQUENCE, laneSequence, LITTLE_ENDIAN);
            into.putInt(LANE, lane, LITTLE_ENDIAN);
            into.putInt(ROWS, rows, LITTLE_ENDIAN);
            into.putInt(RECORDS_OF_UNIT, records, LITTLE_ENDIAN);
            return COMMIT_LENGTH;
        }

        static Commit read(final UnsafeBuffer frame) {
            return new Commit(
                    frame.getLong(UNIT, LITTLE_ENDIAN),
                    frame.getLong(FIRST_FRAME, LITTLE_ENDIAN),
                    frame.getLong(FIRST_SEQUENCE, LITTLE_ENDIAN),
                    frame.getLong(START, LITTLE_ENDIAN),
                    frame.getLong(END, LITTLE_ENDIAN),
                    frame.getLong(MONTH, LITTLE_ENDIAN),
                    frame.getLong(LANE_SEQUENCE, LITTLE_ENDIAN),
                    frame.getInt(LANE, LITTLE_ENDIAN),
                    frame.getInt(ROWS, LITTLE_ENDIAN),
                    frame.getInt(RECORDS_OF_UNIT, LITTLE_ENDIAN));
        }
    }

    /**
     * The end of totals.
     *
     * @param unit that is complete.
     * @param firstFrame sequence, in the journal, of its first frame.
     * @param behindFrame sequence of the last frame that is in the totals.
     * @param rows in all its frames.
     * @param nextSequence of usage records, behind those whose windows are before this frame.
     * @param acknowledged the last sequence that was acknowledged before this frame.
     */
    record TotalsEnd(long unit, long firstFrame, long behindFrame, int rows, long nextSequence, long acknowledged) {
        static final int LENGTH = 44;

        int write(final UnsafeBuffer into) {
            into.putLong(UNIT, unit, LITTLE_ENDIAN);
            into.putLong(FIRST_FRAME, firstFrame, LITTLE_ENDIAN);
            into.putLong(16, behindFrame, LITTLE_ENDIAN);
            into.putInt(24, rows, LITTLE_ENDIAN);
            into.putLong(28, nextSequence, LITTLE_ENDIAN);
            into.putLong(36, acknowledged, LITTLE_ENDIAN);
            return LENGTH;
        }

        static TotalsEnd read(final UnsafeBuffer frame) {
            return new TotalsEnd(
                    frame.getLong(UNIT, LITTLE_ENDIAN),
                    frame.getLong(FIRST_FRAME, LITTLE_ENDIAN),
                    frame.getLong(16, LITTLE_ENDIAN),
                    frame.getInt(24, LITTLE_ENDIAN),
                    frame.getLong(28, LITTLE_ENDIAN),
                    frame.getLong(36, LITTLE_ENDIAN));
        }
    }

    static final int THRESHOLD_LENGTH = 52;
    static final int ACKNOWLEDGED_LENGTH = 8;

    private UsageFrames() {}

    static int writeRowsHeader(final UnsafeBuffer into, final long unit, final int firstIndex, final int rows) {
        into.putLong(UNIT, unit, LITTLE_ENDIAN);
        into.putInt(FIRST_INDEX, firstIndex, LITTLE_ENDIAN);
        into.putInt(ROWS_OF_FRAME, rows, LITTLE_ENDIAN);
        return ROWS_OFFSET;
    }

    static long unit(final UnsafeBuffer frame) {
        return frame.getLong(UNIT, LITTLE_ENDIAN);
    }

    static int firstIndex(final UnsafeBuffer frame) {
        return frame.getInt(FIRST_INDEX, LITTLE_ENDIAN);
    }

    static int rows(final UnsafeBuffer frame) {
        return frame.getInt(ROWS_OF_FRAME, LITTLE_ENDIAN);
    }

    static int writeThreshold(final UnsafeBuffer into, final UsageThreshold threshold) {
        final AccountId account = threshold.account();
        into.putLong(0, threshold.sequence(), LITTLE_ENDIAN);
        into.putLong(8, account.id().high(), LITTLE_ENDIAN);
        into.putInt(16, account.id().low(), LITTLE_ENDIAN);
        into.putInt(20, account.kind() == AccountId.Kind.ORGANIZATION ? RecordLayout.ORGANIZATION : 0, LITTLE_ENDIAN);
        into.putInt(24, threshold.percent(), LITTLE_ENDIAN);
        into.putLong(28, threshold.usedOperations(), LITTLE_ENDIAN);
        into.putLong(36, threshold.operationsPerMonth(), LITTLE_ENDIAN);
        into.putLong(44, threshold.monthStartMs(), LITTLE_ENDIAN);
        return THRESHOLD_LENGTH;
    }

    static UsageThreshold readThreshold(final UnsafeBuffer frame) {
        final EntityId id = EntityId.of(frame.getLong(8, LITTLE_ENDIAN), frame.getInt(16, LITTLE_ENDIAN));
        return new UsageThreshold(
                frame.getLong(0, LITTLE_ENDIAN),
                frame.getInt(20, LITTLE_ENDIAN) == 0 ? AccountId.user(id) : AccountId.organization(id),
                frame.getInt(24, LITTLE_ENDIAN),
                frame.getLong(28, LITTLE_ENDIAN),
                frame.getLong(36, LITTLE_ENDIAN),
                frame.getLong(44, LITTLE_ENDIAN));
    }

    static int writeAcknowledged(final UnsafeBuffer into, final long sequence) {
        into.putLong(0, sequence, LITTLE_ENDIAN);
        return ACKNOWLEDGED_LENGTH;
    }

    static long readAcknowledged(final UnsafeBuffer frame) {
        return frame.getLong(0, LITTLE_ENDIAN);
    }
}
