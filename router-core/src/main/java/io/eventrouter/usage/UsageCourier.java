package io.eventrouter.usage;

import io.eventrouter.journal.JournalReader;
import io.eventrouter.metering.UsageHandler;
import io.eventrouter.metering.UsageThreshold;
import io.eventrouter.status.RouterCounter;
import io.eventrouter.status.RouterCounters;
import io.eventrouter.usage.UsageFrames.Commit;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.ErrorHandler;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Reads what is durable in the usage journal, in order: adds it to the totals, and hands to the usage handler what was
 * not acknowledged. What is handed over after a restart comes from the same bytes as before it.
 *
 * <p><b>Threading:</b> the usage thread.
 */
final class UsageCourier implements AutoCloseable {
    private static final long NOWHERE = -1;

    private final JournalReader frames;
    private final JournalReader rows;
    private final UsageTotals totals;
    private final UsageHandler handler;
    private final ErrorHandler errorHandler;
    private final RouterCounters counters;
    private final AtomicLong acknowledged;
    private final AtomicLong emitted;
    private final UnsafeBuffer frame = new UnsafeBuffer(0, 0);
    private final UsageEntry entry = new UsageEntry();

    /** Frames up to this one are in the totals. */
    private long totalsFrame;

    /** The frame that was looked at last; what is before it is done with. */
    private long lookedAtFrame;

    /** Where units begin whose end was not met yet. */
    private final Long2LongHashMap begun = new Long2LongHashMap(NOWHERE);

    private Commit unit;
    private int nextRow;
    private int rowInFrame;
    private int rowsInFrame;
    private long nextSequence;

    /**
     * A courier that has handed nothing over.
     *
     * @param frames reads all frames, from the oldest on.
     * @param rows reads the frames of one unit.
     * @param totals to add to.
     * @param totalsFrame that they are up to.
     * @param handler that takes records.
     * @param errorHandler that takes what the handler throws.
     * @param counters of the router.
     * @param acknowledged up to which nothing is handed over.
     * @param emitted is told what is handed over.
     */
    UsageCourier(
            final JournalReader frames,
            final JournalReader rows,
            final UsageTotals totals,
            final long totalsFrame,
            final UsageHandler handler,
            final ErrorHandler errorHandler,
            final RouterCounters counters,
            final AtomicLong acknowledged,
            final AtomicLong emitted) {
        this.frames = frames;
        this.rows = rows;
        this.totals = totals;
        this.totalsFrame = totalsFrame;
        this.handler = handler;
        this.errorHandler = errorHandler;
        this.counters = counters;
        this.acknowledged = acknowledged;
        this.emitted = emitted;
    }

    /**
     * Hand some records over.
     *
     * @param maxRecords to look at.
     * @param durableFrame that is the last to look at.
     * @return how many were looked at; 0 if there are none.
     * @throws IOException if the disk cannot be read; the next call goes on where this one was.
     */
    int carry(final int maxRecords, final long durableFrame) throws IOException {
        int work = 0;
        while (work < maxRecords) {
            if (unit != null) {
                work += carryRows(maxRecords - work);
            } else if (frames.next(durableFrame)) {
                work++;
                lookAt(frames.sequence(), frames.type());
            } else {
                break;
            }
        }
        return work;
    }

    /** Whether everything up to a frame was handed over. */
    boolean isBehind(final long lastFrame) {
        return unit == null && lookedAtFrame >= lastFrame;
    }

    /** The last frame that is in the totals; -1 while a unit is only half in them. */
    long totalsFrame() {
        return unit == null ? Math.max(totalsFrame, lookedAtFrame) : -1;
    }

    @Override
    public void close() {
        frames.close();
        rows.close();
    }

    private void lookAt(final long sequence, final int type) {
        frame.wrap(frames.bytes(), frames.offset(), frames.length());
        if (type == UsageFrames.RECORDS) {
            if (UsageFrames.firstIndex(frame) == 0) {
                begun.put(UsageFrames.unit(frame), frames.position());
            }
        } else if (type == UsageFrames.COMMIT) {
            final Commit commit = Commit.read(frame);
            final long position = begun.remove(commit.unit());
            if (sequence > totalsFrame || commit.lastSequence() > acknowledged.get()) {
                begin(commit, position);
            }
        } else if (type == UsageFrames.THRESHOLD) {
            onThreshold(sequence, UsageFrames.readThreshold(frame));
        }
        lookedAtFrame = sequence;
    }

    private void begin(final Commit commit, final long position) {
        if (position == NOWHERE) {
            throw new IllegalStateException("the usage journal contradicts itself: unit=" + commit.unit()
                    + " has no first frame=" + commit.firstFrame());
        }
        rows.seek(position, commit.firstFrame());
        unit = commit;
        nextRow = 0;
        rowInFrame = 0;
        rowsInFrame = 0;
        nextSequence = commit.firstSequence();
    }

    private int carryRows(final int maxRows) throws IOException {
        int work = 0;
        while (work < maxRows) {
            if (nextRow == unit.rows()) {
                totalsFrame = Math.max(totalsFrame, lookedAtFrame);
                unit = null;
                return work;
            }
            if (rowInFrame == rowsInFrame) {
                findRows();
            }
            final int offset = UsageFrames.ROWS_OFFSET + rowInFrame * RecordLayout.LENGTH;
            onRow(entry.wrap(frame, offset));
            rowInFrame++;
            nextRow++;
            work++;
        }
        return work;
    }

    private void findRows() throws IOException {
        do {
            if (!rows.next(lookedAtFrame - 1)) {
                throw new IllegalStateException("the usage journal contradicts itself: frame=" + lookedAtFrame
                        + ", rows=" + unit.rows() + ", found=" + nextRow);
            }
            frame.wrap(rows.bytes(), rows.offset(), rows.length());
        } while (rows.type() != UsageFrames.RECORDS || UsageFrames.unit(frame) != unit.unit());
        rowInFrame = 0;
        rowsInFrame = UsageFrames.rows(frame);
    }

    private void onRow(final UsageEntry row) {
        if (lookedAtFrame > totalsFrame) {
            totals.add(row, unit.monthStartMs());
        }
        if (row.isOfProductOnly()) {
            return;
        }
        final long sequence = nextSequence++;
        if (sequence <= acknowledged.get()) {
            return;
        }
        emitted.set(Math.max(emitted.get(), sequence));
        counters.add(RouterCounter.USAGE_RECORDS_EMITTED, 1);
        try {
            handler.onUsage(row.under(sequence, unit.startMs(), unit.endMs()));
        } catch (final Throwable problem) {
            failed(problem);
        }
    }

    private void onThreshold(final long frameSequence, final UsageThreshold threshold) {
        if (frameSequence > totalsFrame) {
            totals.tell(threshold.account(), threshold.percent(), threshold.monthStartMs());
            totalsFrame = frameSequence;
        }
        if (threshold.sequence() <= acknowledged.get()) {
            return;
        }
        emitted.set(Math.max(emitted.get(), threshold.sequence()));
        try {
            handler.onThreshold(threshold);
        } catch (final Throwable problem) {
            failed(problem);
        }
    }

    private void failed(final Throwable problem) {
        counters.add(RouterCounter.USAGE_HANDLER_FAILED, 1);
        errorHandler.onError(problem);
    }
}
