package io.eventrouter.metering;

import io.eventrouter.status.RouterCounter;
import io.eventrouter.status.RouterCounters;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.ErrorHandler;

/** Hands records to the usage handler on the routing thread, where nothing keeps them. */
public final class DirectUsage implements UsageSink {
    private final UsageHandler handler;
    private final ErrorHandler errorHandler;
    private final RouterCounters counters;
    private final AtomicLong lastSequence;

    /**
     * A sink of one lane.
     *
     * @param handler that takes the records.
     * @param errorHandler that takes what the handler throws.
     * @param counters of the router.
     * @param lastSequence that was given to a record or threshold, by any lane.
     */
    public DirectUsage(
            final UsageHandler handler,
            final ErrorHandler errorHandler,
            final RouterCounters counters,
            final AtomicLong lastSequence) {
        this.handler = handler;
        this.errorHandler = errorHandler;
        this.counters = counters;
        this.lastSequence = lastSequence;
    }

    @Override
    public long nextSequence() {
        return lastSequence.incrementAndGet();
    }

    @Override
    public boolean put(final UsageRecord record, final boolean isOfOpenWindow) {
        try {
            handler.onUsage(record);
        } catch (final Throwable problem) {
            failed(problem);
        }
        return true;
    }

    @Override
    public boolean keepsProducts() {
        return false;
    }

    @Override
    public void putProduct(final int productId, final long publishOperations, final long subscribeOperations) {
        throw new UnsupportedOperationException("nothing keeps the totals of products: productId=" + productId);
    }

    @Override
    public void tell(final UsageThreshold threshold) {
        try {
            handler.onThreshold(threshold.withSequence(nextSequence()));
        } catch (final Throwable problem) {
            failed(problem);
        }
    }

    @Override
    public boolean hasRoom() {
        return true;
    }

    @Override
    public void closeWindow(final long sequence, final long startMs, final long endMs) {
        // Records have their window with them.
    }

    @Override
    public void beginMonth(final long startMs) {
        // Nothing is kept over a restart.
    }

    @Override
    public void completeWindow() {
        // The handler has all of them.
    }

    @Override
    public boolean isSettled() {
        return true;
    }

    private void failed(final Throwable problem) {
        counters.add(RouterCounter.USAGE_HANDLER_FAILED, 1);
        errorHandler.onError(problem);
    }
}
