package io.eventrouter.usage;

import io.eventrouter.identity.AccountId;
import io.eventrouter.journal.DataDirectory;
import io.eventrouter.journal.Journal;
import io.eventrouter.journal.JournalReader;
import io.eventrouter.journal.SyncPolicy;
import io.eventrouter.memory.ConstructionGuard;
import io.eventrouter.memory.SeededHash;
import io.eventrouter.metering.UsageHandler;
import io.eventrouter.metering.UsageMeter;
import io.eventrouter.metering.UsageRecord;
import io.eventrouter.metering.UsageSnapshot;
import io.eventrouter.metering.UsageThreshold;
import io.eventrouter.status.RouterCounters;
import io.eventrouter.usage.UsageFrames.TotalsEnd;
import java.io.IOException;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Usage that outlives the process.
 *
 * <pre>
 *   routing thread of a lane --(window that is open, window that is closed)--+
 *   thresholds of all lanes -------------------------------------------------+--> usage thread --> usage journal
 *   acknowledgements --------------------------------------------------------+         +---------> usage handler
 * </pre>
 *
 * A window is durable as a whole: when it is closed, its records go into the journal, and behind the last of them a
 * frame that gives them their sequences. When that frame has been forced, the window counts, and its records are read
 * from the journal and handed over.
 *
 * <p><b>Threading:</b> opened and closed by one thread; lanes on their routing threads, the agent on the usage thread,
 * acknowledgements and questions on any.
 */
public final class DurableUsage implements AutoCloseable {
    /**
     * How usage is kept.
     *
     * @param lanes of the router.
     * @param maxAccounts users, organizations and products that there can be.
     * @param segmentLength bytes of a segment of the journal.
     * @param totalsAfterBytes written to the journal, after which totals are written.
     */
    public record Settings(int lanes, int maxAccounts, int segmentLength, long totalsAfterBytes) {
        /** Segments of the usage journal are not shorter: its records are the longest that a journal takes. */
        public static final int MIN_SEGMENT_LENGTH = 1 << 17;

        /** Long enough for totals to cost little, short enough for a restart to add up fast. */
        public static final long DEFAULT_TOTALS_AFTER_BYTES = 4L * Journal.Settings.DEFAULT_SEGMENT_LENGTH;
    }

    /** In place of no handler: acknowledges everything, so that the journal does not keep it. */
    private record NobodyListens(AtomicLong acknowledged) implements UsageHandler {
        @Override
        public void onUsage(final UsageRecord record) {
            acknowledged.accumulateAndGet(record.sequence(), Math::max);
        }

        @Override
        public void onThreshold(final UsageThreshold threshold) {
            acknowledged.accumulateAndGet(threshold.sequence(), Math::max);
        }
    }

    private final Journal journal;
    private final LaneUsage[] lanes;
    private final UsageTotals totals;
    private final UsageCourier courier;
    private final UsageAgent agent;
    private final UsageWriter writer;

    /** The last sequence that somebody has acknowledged. */
    private final AtomicLong acknowledged;

    /** The last sequence that somebody may have been handed, in this run or one before. */
    private final AtomicLong emitted;

    private DurableUsage(
            final Journal journal,
            final Settings settings,
            final UsageRecovery recovery,
            final UsageTotals totals,
            final UsageHandler handler,
            final ErrorHandler errorHandler,
            final RouterCounters counters,
            final EpochClock clock) {
        this.journal = journal;
        this.totals = totals;
        acknowledged = new AtomicLong(recovery.acknowledged());
        emitted = new AtomicLong(recovery.nextSequence() - 1);
        final Queue<UsageThreshold> thresholds = new ConcurrentLinkedQueue<>();
        lanes = new LaneUsage[settings.lanes()];
        try (ConstructionGuard guard = new ConstructionGuard()) {
            for (int i = 0; i < lanes.length; i++) {
                lanes[i] = guard.add(new LaneUsage(i, thresholds, counters));
                guard.add((AutoCloseable) lanes[i]::endReading);
            }
            guard.complete();
        }
        writer = new UsageWriter(journal, lanes, thresholds, recovery, counters, settings.totalsAfterBytes());
        courier = new UsageCourier(
                journal.reader(),
                journal.reader(),
                totals,
                journal.nextSequence() - 1,
                handler == UsageHandler.NONE ? new NobodyListens(acknowledged) : handler,
                errorHandler,
                counters,
                acknowledged,
                emitted);
        agent = new UsageAgent(writer, courier, totals, acknowledged, clock, errorHandler);
    }

    /**
     * Find out whether {@link #open} will be refused because a file is damaged, and change nothing.
     *
     * @param directory that usage is kept in.
     * @throws IOException if the journal cannot be read.
     */
    public static void check(final DataDirectory directory) throws IOException {
        directory.checkJournal(DataDirectory.Kind.USAGE, new UsageRecovery());
    }

    /**
     * Open what an earlier run has left. Nothing is handed over before the agent runs.
     *
     * @param directory that it is in.
     * @param settings how it is kept.
     * @param hash that spreads ids.
     * @param handler that takes records, on the usage thread.
     * @param errorHandler that takes what the handler throws, and is told of failures of the disk.
     * @param counters of the router.
     * @param clock for trying again what failed.
     * @return usage, with the totals of the earlier run.
     * @throws IOException if the journal cannot be read or written.
     * @throws IllegalStateException if it is not what was written.
     */
    public static DurableUsage open(
            final DataDirectory directory,
            final Settings settings,
            final SeededHash hash,
            final UsageHandler handler,
            final ErrorHandler errorHandler,
            final RouterCounters counters,
            final EpochClock clock)
            throws IOException {
        final UsageRecovery recovery = new UsageRecovery();
        final Journal.Settings ofJournal =
                new Journal.Settings(SyncPolicy.EVERY_BATCH, settings.segmentLength(), UsageFrames.MAX_LENGTH);
        try (ConstructionGuard guard = new ConstructionGuard()) {
            final Journal journal = guard.add(directory.openJournal(
                    DataDirectory.Kind.USAGE, ofJournal, counters, errorHandler, recovery, clock.time()));
            if (!journal.commit(clock.time())) {
                throw new IOException(
                        "the usage journal cannot be written: " + journal.room().problem());
            }
            final UsageTotals totals = guard.add(new UsageTotals(hash, settings.maxAccounts()));
            addUp(journal, recovery, totals, counters);
            final DurableUsage usage =
                    new DurableUsage(journal, settings, recovery, totals, handler, errorHandler, counters, clock);
            guard.complete();
            return usage;
        }
    }

    /**
     * Where the usage of a lane goes.
     *
     * @param index of the lane.
     * @return its sink.
     */
    public LaneUsage lane(final int index) {
        return lanes[index];
    }

    /**
     * What runs on the usage thread.
     *
     * @return the agent.
     */
    public Agent agent() {
        return agent;
    }

    /**
     * Acknowledge records and thresholds. Becomes durable soon; until then they may come again after a restart.
     *
     * @param sequence up to which all are acknowledged.
     * @throws IllegalArgumentException if that was not handed over yet.
     */
    public void acknowledge(final long sequence) {
        final long limit = emitted.get();
        if (sequence < 0 || sequence > limit) {
            throw new IllegalArgumentException(
                    "usage can be acknowledged when it was handed over: sequence=" + sequence + ", last=" + limit);
        }
        acknowledged.accumulateAndGet(sequence, Math::max);
    }

    /** The last sequence that was acknowledged, which may not be durable yet. */
    long acknowledged() {
        return acknowledged.get();
    }

    /** The last sequence whose acknowledgement no crash takes back. The usage thread. */
    long durablyAcknowledged() {
        return writer.acknowledged();
    }

    /**
     * Whether, a moment ago, everything that was put was durable and handed over.
     *
     * @return true if it was.
     */
    public boolean isSettled() {
        return agent.isSettled();
    }

    /**
     * The latest billing month that an earlier run has counted in.
     *
     * @return when it began, in milliseconds since the epoch; far in the past if there is none.
     */
    public long latestMonthStartMs() {
        return totals.latestMonthStartMs();
    }

    /**
     * Let a meter go on from the totals of earlier runs. What is not registered is left out, and kept.
     *
     * @param meter of the first lane.
     * @param monthStartMs when the billing month began that the meter is in, in milliseconds since the epoch.
     */
    public void resume(final UsageMeter meter, final long monthStartMs) {
        bequeath(new UsageTotals.Heir() {
            @Override
            public void product(final int productId, final UsageSnapshot.Totals ofProduct) {
                meter.resumeProduct(productId, ofProduct);
            }

            @Override
            public void account(
                    final AccountId account,
                    final UsageSnapshot.Totals ofAccount,
                    final long ofMonthMs,
                    final long usedOperations,
                    final int toldPercent) {
                final boolean isOver = ofMonthMs != monthStartMs;
                meter.resumeAccount(account, ofAccount, isOver ? 0 : usedOperations, isOver ? 0 : toldPercent);
            }
        });
    }

    void bequeath(final UsageTotals.Heir heir) {
        totals.bequeath(heir);
    }

    /** Let the next round try again what the disk refused, however short ago. No thread runs the agent any more. */
    public void hurry() {
        journal.hurry();
    }

    /**
     * Do a round of the agent's work, when no thread runs it any more.
     *
     * @return 0 if there was nothing to do, or the disk does not let.
     */
    public int work() {
        return agent.doWork();
    }

    /**
     * Write what there is, if the disk lets, and close the journal. The usage thread does not run any more; lanes may.
     */
    @Override
    public void close() {
        for (final LaneUsage lane : lanes) {
            lane.endReading();
        }
        courier.close();
        journal.close();
        totals.close();
    }

    // From the latest totals, and what was committed behind them.
    private static void addUp(
            final Journal journal,
            final UsageRecovery recovery,
            final UsageTotals totals,
            final RouterCounters counters)
            throws IOException {
        final long last = journal.nextSequence() - 1;
        final TotalsEnd end = recovery.totals();
        if (end != null) {
            try (JournalReader frames = journal.reader()) {
                readTotals(frames, end, last, totals);
            }
        }
        final UsageCourier adding = new UsageCourier(
                journal.reader(),
                journal.reader(),
                totals,
                end == null ? 0 : end.behindFrame(),
                UsageHandler.NONE,
                problem -> {},
                counters,
                new AtomicLong(Long.MAX_VALUE),
                new AtomicLong());
        try {
            while (adding.carry(Integer.MAX_VALUE, last) > 0) {
                // The next call goes on.
            }
        } finally {
            adding.close();
        }
    }

    private static void readTotals(
            final JournalReader frames, final TotalsEnd end, final long last, final UsageTotals totals)
            throws IOException {
        final UnsafeBuffer frame = new UnsafeBuffer(0, 0);
        int rows = 0;
        while (rows < end.rows()) {
            if (!frames.next(last)) {
                throw new IllegalStateException(
                        "the usage journal contradicts itself: rowsOfTotals=" + end.rows() + ", found=" + rows);
            }
            frame.wrap(frames.bytes(), frames.offset(), frames.length());
            if (frames.type() == UsageFrames.TOTALS && UsageFrames.unit(frame) == end.unit()) {
                for (int i = 0; i < UsageFrames.rows(frame); i++) {
                    totals.read(frame, UsageFrames.ROWS_OFFSET + i * UsageTotals.WRITTEN_LENGTH);
                    rows++;
                }
            }
        }
    }
}
