package io.eventrouter.pipeline;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.function.Predicate;
import org.agrona.concurrent.EpochClock;

/**
 * Puts the end of every usage window and the beginning of every billing month into the ring, as commands like any
 * other. Months are those of the calendar in UTC.
 */
public final class BillingClock {
    private final EpochClock clock;
    private final long windowMs;
    private final Predicate<PendingCommand> ring;
    private long windowEndMs;
    private long nextMonthMs;

    /**
     * A clock whose first window and month have begun.
     *
     * @param clock to read.
     * @param windowMs length of a window in milliseconds.
     * @param ring that takes a command, or refuses it when full.
     */
    public BillingClock(final EpochClock clock, final long windowMs, final Predicate<PendingCommand> ring) {
        this.clock = clock;
        this.windowMs = windowMs;
        this.ring = ring;
        final long nowMs = clock.time();
        windowEndMs = endOfWindow(nowMs);
        nextMonthMs = monthOf(nowMs).plusMonths(1).toInstant().toEpochMilli();
    }

    /**
     * When the month of a time began.
     *
     * @param epochMs milliseconds since the epoch.
     * @return milliseconds since the epoch.
     */
    public static long monthStartMs(final long epochMs) {
        return monthOf(epochMs).toInstant().toEpochMilli();
    }

    int tick() {
        final long nowMs = clock.time();
        int work = 0;
        // A clock that goes back closes nothing twice: ends are compared with where the next one is due.
        if (nowMs >= windowEndMs
                && ring.test(new PendingCommand(
                        PendingCommand.Kind.CLOSE_USAGE_WINDOW, null, endOfWindow(nowMs) - windowMs))) {
            windowEndMs = endOfWindow(nowMs);
            work++;
        }
        if (nowMs >= nextMonthMs
                && ring.test(new PendingCommand(PendingCommand.Kind.BEGIN_BILLING_MONTH, null, monthStartMs(nowMs)))) {
            nextMonthMs = monthOf(nowMs).plusMonths(1).toInstant().toEpochMilli();
            work++;
        }
        return work;
    }

    // Windows end at multiples of their length, so that those of several routers can be added up.
    private long endOfWindow(final long nowMs) {
        return Math.addExact(nowMs - Math.floorMod(nowMs, windowMs), windowMs);
    }

    private static ZonedDateTime monthOf(final long epochMs) {
        return Instant.ofEpochMilli(epochMs)
                .atZone(ZoneOffset.UTC)
                .truncatedTo(ChronoUnit.DAYS)
                .withDayOfMonth(1);
    }
}
