package io.eventrouter.usage;

/**
 * One window of a lane on its way to the usage thread: first its early records, when it is closed what it is, then the
 * others, and when they are complete its end. Then it is used again for the window after the next.
 *
 * <p><b>Threading:</b> the routing thread closes and completes it, the usage thread opens it again.
 */
final class UsageWindow implements AutoCloseable {
    private static final int OPEN = 0;
    private static final int CLOSED = 1;
    private static final int COMPLETE = 2;

    final RecordQueue records = new RecordQueue();

    /** Place of the command that closed it, in its lane. */
    long sequence;

    long startMs;
    long endMs;

    /** The billing month that all of it is in. */
    long monthStartMs;

    /** Orders the fields above, and that no record comes after it is complete. */
    private volatile int state = OPEN;

    void close(final long bySequence, final long fromMs, final long untilMs, final long inMonthMs) {
        sequence = bySequence;
        startMs = fromMs;
        endMs = untilMs;
        monthStartMs = inMonthMs;
        state = CLOSED;
    }

    void complete() {
        state = COMPLETE;
    }

    void open() {
        state = OPEN;
    }

    boolean isOpen() {
        return state == OPEN;
    }

    boolean isComplete() {
        return state == COMPLETE;
    }

    @Override
    public void close() {
        records.close();
    }
}
