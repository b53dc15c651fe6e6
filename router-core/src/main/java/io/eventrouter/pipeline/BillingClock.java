package io.eventrouter.pipeline;

import io.eventrouter.command.CommandRefusedException;
import io.eventrouter.command.Refusal;
import io.eventrouter.status.RouterCounter;
import io.eventrouter.status.RouterCounters;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;
import org.agrona.concurrent.EpochClock;

/**
 * Puts the end of every usage window and the beginning of every billing month into the ring, as commands like any
 * other. Months are those of the calendar in UTC.
 *
 * <p>If windows become durable, one is closed only when the one before is durable; until then it becomes longer. A
 * month begins with a window then, so that no window is in two months, and waits like a window.
 *
 * <p>A clock that goes back by up to a window ends nothing twice. If it goes back by two or more, because it was wrong
 * before or is now, windows end by the new time: else nothing would be emitted, or become durable, before the clock is
 * there again. Months do not begin again: the next one begins when the clock has passed the end of the last one.
 *
 * <p><b>Threading:</b> the acknowledging thread, but for requests.
 */
public final class BillingClock {
    private final EpochClock clock;
    private final long windowMs;
    private final boolean keepsUsage;
    private final RouterCounters counters;
    private final Predicate<PendingCommand> ring;

    /** Callers who want the open window closed, and do not have its command yet. */
    private final Queue<CompletableFuture<Long>> requests = new ConcurrentLinkedQueue<>();

    private volatile boolean refusesRequests;
    private PendingCommand closing;
    private boolean isExtended;
    private long windowEndMs;
    private long nextMonthMs;

    /**
     * A clock whose first window and month have begun.
     *
     * @param clock to read.
     * @param windowMs length of a window in milliseconds.
     * @param monthMs a time in the month that has begun, in milliseconds since the epoch.
     * @param keepsUsage whether windows become durable.
     * @param counters of the router.
     * @param ring that takes a command, or refuses it when full.
     */
    BillingClock(
            final EpochClock clock,
            final long windowMs,
            final long monthMs,
            final boolean keepsUsage,
            final RouterCounters counters,
            final Predicate<PendingCommand> ring) {
        this.clock = clock;
        this.windowMs = windowMs;
        this.keepsUsage = keepsUsage;
        this.counters = counters;
        this.ring = ring;
        windowEndMs = endOfWindow(clock.time());
        nextMonthMs = monthOf(monthMs).plusMonths(1).toInstant().toEpochMilli();
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

    boolean keepsUsage() {
        return keepsUsage;
    }

    /** Close the open window as soon as the one before is durable; completed when it is durable too. Any thread. */
    CompletableFuture<Long> requestClose() {
        final CompletableFuture<Long> request = new CompletableFuture<>();
        requests.add(request);
        if (refusesRequests) {
            refuseRequests();
        }
        return request;
    }

    /** No more windows are closed: tell those who wait for one, now and from here on. */
    void refuseRequests() {
        refusesRequests = true;
        CompletableFuture<Long> request;
        while ((request = requests.poll()) != null) {
            request.completeExceptionally(new CommandRefusedException(Refusal.CLOSED, "command=CLOSE_USAGE_WINDOW"));
        }
    }

    int tick() {
        final long nowMs = clock.time();
        if (windowEndMs - nowMs > 2 * windowMs) {
            windowEndMs = endOfWindow(nowMs);
        }
        if (!keepsUsage) {
            return (closeDueWindow(nowMs) ? 1 : 0) + (beginDueMonth(nowMs) ? 1 : 0);
        }
        if (closing != null && !closing.future.isDone()) {
            extend(nowMs);
            return 0;
        }
        return beginDueMonth(nowMs) || closeDueWindow(nowMs) || closeRequestedWindow(nowMs) ? 1 : 0;
    }

    private boolean closeDueWindow(final long nowMs) {
        return nowMs >= windowEndMs
                && close(PendingCommand.Kind.CLOSE_USAGE_WINDOW, endOfWindow(nowMs) - windowMs, nowMs);
    }

    private boolean closeRequestedWindow(final long nowMs) {
        return !requests.isEmpty() && close(PendingCommand.Kind.CLOSE_USAGE_WINDOW, nowMs, nowMs);
    }

    private boolean beginDueMonth(final long nowMs) {
        if (nowMs < nextMonthMs) {
            return false;
        }
        final boolean hasBegun = keepsUsage
                ? close(PendingCommand.Kind.BEGIN_BILLING_MONTH, monthStartMs(nowMs), nowMs)
                : ring.test(new PendingCommand(PendingCommand.Kind.BEGIN_BILLING_MONTH, null, monthStartMs(nowMs)));
        if (hasBegun) {
            nextMonthMs = monthOf(nowMs).plusMonths(1).toInstant().toEpochMilli();
        }
        return hasBegun;
    }

    private boolean close(final PendingCommand.Kind kind, final long endMs, final long nowMs) {
        // Requests that come later wait for the next window: their callers may have published behind this command.
        final int waiting = keepsUsage ? requests.size() : 0;
        final PendingCommand command = new PendingCommand(kind, null, endMs);
        // So that they are told when the router is closed before this is answered.
        command.isAwaited = waiting > 0;
        if (!ring.test(command)) {
            return false;
        }
        for (int i = 0; i < waiting; i++) {
            complete(requests.poll(), command);
        }
        closing = command;
        isExtended = false;
        if (nowMs >= windowEndMs) {
            windowEndMs = endOfWindow(nowMs);
        }
        return true;
    }

    private static void complete(final CompletableFuture<Long> request, final PendingCommand command) {
        command.future.whenComplete((done, failure) -> {
            if (failure == null) {
                request.complete(command.sequence);
            } else {
                request.completeExceptionally(failure);
            }
        });
    }

    private void extend(final long nowMs) {
        if (nowMs >= windowEndMs && !isExtended) {
            isExtended = true;
            counters.add(RouterCounter.USAGE_WINDOWS_EXTENDED, 1);
        }
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
