package io.eventrouter.usage;

import io.eventrouter.memory.ConstructionGuard;
import io.eventrouter.metering.UsageRecord;
import io.eventrouter.metering.UsageSink;
import io.eventrouter.metering.UsageThreshold;
import io.eventrouter.status.RouterCounter;
import io.eventrouter.status.RouterCounters;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The usage of one lane on its way to the usage thread: the window that is open, and the one before it until it is
 * durable. A third is never begun before.
 *
 * <p><b>Threading:</b> the lane's routing thread puts; the usage thread takes; any thread reads what was counted.
 */
public final class LaneUsage implements UsageSink, AutoCloseable {
    private static final int PUTTING = 1;
    private static final int TAKING = 2;
    private static final int BOTH = PUTTING | TAKING;

    private final AtomicInteger ended = new AtomicInteger();
    private final UsageWindow[] windows;
    private final int index;
    private final Queue<UsageThreshold> thresholds;
    private final RouterCounters counters;
    private UsageWindow open;
    private UsageWindow closed;
    private long monthStartMs;
    private volatile long countedSequence = -1;

    /**
     * A lane that has counted nothing.
     *
     * @param index of the lane.
     * @param thresholds takes those that are reached, of all lanes.
     * @param counters of the router.
     */
    LaneUsage(final int index, final Queue<UsageThreshold> thresholds, final RouterCounters counters) {
        this.index = index;
        this.thresholds = thresholds;
        this.counters = counters;
        try (ConstructionGuard guard = new ConstructionGuard()) {
            open = guard.add(new UsageWindow());
            closed = guard.add(new UsageWindow());
            windows = new UsageWindow[] {open, closed};
            guard.complete();
        }
    }

    @Override
    public long nextSequence() {
        return 0;
    }

    @Override
    public boolean put(final UsageRecord record, final boolean isOfOpenWindow) {
        final UsageWindow window = isOfOpenWindow ? open : closed;
        if (!window.records.hasRoom()) {
            counters.add(RouterCounter.USAGE_RECORDS_BEYOND_ROOM, 1);
        }
        window.records.put(record);
        return false;
    }

    @Override
    public boolean keepsProducts() {
        return true;
    }

    @Override
    public void putProduct(final int productId, final long publishOperations, final long subscribeOperations) {
        closed.records.putProduct(productId, publishOperations, subscribeOperations);
    }

    @Override
    public void tell(final UsageThreshold threshold) {
        thresholds.add(threshold);
    }

    @Override
    public boolean hasRoom() {
        return closed.records.hasRoom();
    }

    @Override
    public void closeWindow(final long sequence, final long startMs, final long endMs) {
        if (!closed.isOpen()) {
            throw new IllegalStateException("the window before is not durable: sequence=" + sequence + ", before="
                    + closed.sequence + ", startMs=" + startMs);
        }
        final UsageWindow closing = open;
        open = closed;
        closed = closing;
        closing.close(sequence, startMs, endMs, monthStartMs);
    }

    @Override
    public void completeWindow() {
        closed.complete();
    }

    @Override
    public boolean isSettled() {
        return closed.isOpen();
    }

    @Override
    public void beginMonth(final long startMs) {
        monthStartMs = startMs;
    }

    /**
     * The sequence, in this lane, up to which all counts are durable.
     *
     * @return the sequence, -1 before the first window.
     */
    public long countedSequence() {
        return countedSequence;
    }

    /** A window of this lane is durable. */
    void counted(final UsageWindow window) {
        countedSequence = window.sequence;
        window.open();
    }

    int index() {
        return index;
    }

    UsageWindow[] windows() {
        return windows;
    }

    /** Nothing is put any more. */
    @Override
    public void close() {
        end(PUTTING);
    }

    /** Nothing is taken any more. */
    void endReading() {
        end(TAKING);
    }

    // Either thread may be held up in a handler when the other ends: the last one gives the memory back.
    private void end(final int side) {
        final int before = ended.getAndUpdate(sides -> sides | side);
        if (before != BOTH && (before | side) == BOTH) {
            windows[0].close();
            windows[1].close();
        }
    }
}
