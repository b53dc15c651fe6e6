package io.eventrouter.usage;

import io.eventrouter.journal.BackOff;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.EpochClock;

/** The usage thread: makes usage durable, and then hands it to the usage handler, which may be slow. */
final class UsageAgent implements Agent {
    private static final int MAX_RECORDS_PER_CYCLE = 4_096;

    private final UsageWriter writer;
    private final UsageCourier courier;
    private final UsageTotals totals;
    private final AtomicLong requestedAcknowledgement;
    private final EpochClock clock;
    private final ErrorHandler errorHandler;
    private final BackOff retaining = new BackOff();
    private long retainedAcknowledgement;
    private boolean isRetainDue;
    private boolean isReadingFailed;

    /**
     * Whether, at the end of the last round, everything was durable and handed over; read by whoever closes the router.
     */
    private volatile boolean isSettled;

    UsageAgent(
            final UsageWriter writer,
            final UsageCourier courier,
            final UsageTotals totals,
            final AtomicLong requestedAcknowledgement,
            final EpochClock clock,
            final ErrorHandler errorHandler) {
        this.writer = writer;
        this.courier = courier;
        this.totals = totals;
        this.requestedAcknowledgement = requestedAcknowledgement;
        this.clock = clock;
        this.errorHandler = errorHandler;
    }

    @Override
    public int doWork() {
        // If anything here throws, what held a moment ago may hold no longer.
        isSettled = false;
        final long nowMs = clock.time();
        final int work = writer.write(requestedAcknowledgement.get(), nowMs) + carry() + tidy(nowMs);
        isSettled = work == 0 && writer.isSettled() && courier.isBehind(writer.durableFrame());
        // Handlers run here; an interrupt that one leaves behind would end this thread.
        Thread.interrupted();
        return work;
    }

    @Override
    public String roleName() {
        return "event-router-usage";
    }

    /** Whether, a moment ago, everything was durable and handed over. */
    boolean isSettled() {
        return isSettled;
    }

    private int carry() {
        try {
            final int work = courier.carry(MAX_RECORDS_PER_CYCLE, writer.durableFrame());
            isReadingFailed = false;
            return work;
        } catch (final IOException | RuntimeException problem) {
            if (!isReadingFailed) {
                isReadingFailed = true;
                errorHandler.onError(problem);
            }
            return 0;
        }
    }

    private int tidy(final long nowMs) {
        final boolean hasTotals = writer.isTotalsDue()
                && courier.totalsFrame() >= 0
                && writer.writeTotals(totals, courier.totalsFrame(), nowMs);
        if (hasTotals || writer.acknowledged() != retainedAcknowledgement) {
            retainedAcknowledgement = writer.acknowledged();
            isRetainDue = true;
        }
        return (hasTotals ? 1 : 0) + (isRetainDue && retaining.isDue(nowMs) ? retain(nowMs) : 0);
    }

    private int retain(final long nowMs) {
        try {
            writer.retain();
            isRetainDue = false;
            retaining.succeeded();
            return 1;
        } catch (final IOException problem) {
            if (!retaining.isFailing()) {
                errorHandler.onError(problem);
            }
            retaining.failed(nowMs);
            return 0;
        }
    }
}
