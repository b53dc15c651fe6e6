package io.eventrouter.pipeline;

import io.eventrouter.command.CommandRefusedException;
import io.eventrouter.command.Refusal;
import io.eventrouter.routing.SlotLayout;
import io.eventrouter.status.CloseReport;
import io.eventrouter.status.RouterCounter;
import io.eventrouter.status.RouterCounters;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.EpochClock;

/**
 * Ends a router in bounded time, whatever its handlers do, and says what it left undone.
 *
 * <p>Everything that was let in gets its time to be done. What then is not begun stays undone: threads are told to
 * begin with nothing else, and are interrupted if they do not come back. One that even then does not is given up: it
 * may be inside a handler for ever, so the memory that it works on stays, and is given back by the thread itself if it
 * ends.
 *
 * <p><b>Threading:</b> one thread, which is none of the router's.
 */
final class Shutdown {
    /**
     * How long threads have at least to come back when they are told to, and again when they were interrupted. While
     * the time for closing lasts they have that: one that is in no handler may only be without a processor.
     */
    private static final long GRACE_NS = TimeUnit.MILLISECONDS.toNanos(250);

    /**
     * How long each thread is waited for when it is told to end, as little as can be said. All are waited for together
     * afterwards: one behind the other, lanes that do not end would add up, and one would not be told before the one
     * before it has ended.
     */
    private static final int NO_WAIT_MS = 1;

    /** The pause before something that has failed is tried again. */
    private static final long PARK_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final ControlOrder order;
    private final RouterThreads threads;
    private final RoutingAgent[] routing;
    private final AcknowledgingAgent acknowledging;
    private final BillingClock billingClock;
    private final KeptDataCloser kept;
    private final RouterCounters counters;
    private final LaneMap map;
    private final EpochClock clock;
    private final ErrorHandler errorHandler;
    private final long timeoutNs;
    private long startNs;
    private long eventsLeft;
    private long eventsInDelivery;
    private long reportsLeft;
    private long slotsUnpublished;

    Shutdown(
            final ControlOrder order,
            final RouterThreads threads,
            final RoutingAgent[] routing,
            final AcknowledgingAgent acknowledging,
            final BillingClock billingClock,
            final KeptDataCloser kept,
            final RouterCounters counters,
            final LaneMap map,
            final EpochClock clock,
            final ErrorHandler errorHandler,
            final long timeoutNs) {
        this.order = order;
        this.threads = threads;
        this.routing = routing;
        this.acknowledging = acknowledging;
        this.billingClock = billingClock;
        this.kept = kept;
        this.counters = counters;
        this.map = map;
        this.clock = clock;
        this.errorHandler = errorHandler;
        this.timeoutNs = timeoutNs;
    }

    CloseReport run() {
        startNs = threads.nowNs();
        final PendingCommand close = new PendingCommand(PendingCommand.Kind.CLOSE, null, endOfLastWindowMs());
        if (await(() -> order.close(close), timeoutNs) && await(close.future::isDone, remainingNs())) {
            await(kept::isUsageSettled, remainingNs());
        }
        stopRouting(close.timeMs);
        stopAcknowledging();
        await(this::isPublished, graceNs());
        for (final RoutingAgent agent : routing) {
            countLeft(agent);
        }
        final long unanswered = failUnanswered();
        threads.stop(NO_WAIT_MS);
        await(() -> threads.running().isEmpty(), graceNs());
        settleThresholds();
        final boolean isUsageKept = kept.keepUsage(0, graceNs());
        if (!kept.isUsageWaiting()) {
            kept.release();
        }
        counters.add(RouterCounter.EVENTS_LEFT_AT_CLOSE, eventsLeft);
        counters.add(RouterCounter.ATTEMPT_REPORTS_LEFT_AT_CLOSE, reportsLeft);
        counters.add(RouterCounter.COMMANDS_UNANSWERED_AT_CLOSE, unanswered);
        return new CloseReport(
                eventsLeft,
                eventsInDelivery,
                reportsLeft,
                unanswered,
                slotsUnpublished,
                isUsageKept,
                threads.running());
    }

    /** Try again to keep what usage the disk has not taken; the rest of the report stays as it is. */
    CloseReport keepUsage(final CloseReport before, final long waitNs) {
        if (!kept.isUsageWaiting()) {
            kept.release();
            return before;
        }
        final boolean isUsageKept = kept.keepUsage(waitNs, GRACE_NS);
        if (isUsageKept) {
            kept.release();
        }
        return new CloseReport(
                before.eventsLeft(),
                before.eventsInDelivery(),
                before.attemptReportsLeft(),
                before.commandsUnanswered(),
                before.slotsUnpublished(),
                isUsageKept,
                threads.running());
    }

    // Who runs a router without threads meets what its agents throw, such as a clock that fails. That does not end
    // closing: what there is to wait for may come all the same.
    private boolean await(final BooleanSupplier condition, final long waitNs) {
        final long beginNs = threads.nowNs();
        long leftNs = waitNs;
        do {
            try {
                return threads.await(condition, leftNs);
            } catch (final RuntimeException | Error problem) {
                errorHandler.onError(problem);
                LockSupport.parkNanos(PARK_NS);
            }
            leftNs = waitNs - (threads.nowNs() - beginNs);
        } while (leftNs > 0);
        return false;
    }

    private long remainingNs() {
        return timeoutNs - (threads.nowNs() - startNs);
    }

    private long graceNs() {
        return Math.max(GRACE_NS, remainingNs());
    }

    // Without a clock the last window ends where it began: its records count, and the router can be closed.
    private long endOfLastWindowMs() {
        try {
            return clock.time();
        } catch (final Throwable problem) {
            errorHandler.onError(problem);
            return Long.MIN_VALUE;
        }
    }

    private void stopRouting(final long endOfLastWindowMs) {
        for (final RoutingAgent agent : routing) {
            agent.stop(endOfLastWindowMs);
        }
        if (!await(this::hasRoutingStopped, graceNs())) {
            // Not the others: an interrupt ends a thread that waits for work, and it would be waited for in vain.
            for (int i = 0; i < routing.length; i++) {
                if (!routing[i].ending().isStopped()) {
                    threads.interrupt(i);
                }
            }
            await(this::hasRoutingStopped, GRACE_NS);
        }
        giveUpRouting();
    }

    private boolean hasRoutingStopped() {
        return RoutingAgent.haveStopped(routing);
    }

    // All of them first, and then one look at all threads: each has to get a processor for that, which takes its time
    // where many handlers that do not return keep the processors busy.
    private void giveUpRouting() {
        final List<RoutingAgent> uncounted = new ArrayList<>();
        boolean isAnyLeft = false;
        for (int i = 0; i < routing.length; i++) {
            final Ending ending = routing[i].ending();
            if (!ending.isStopped()) {
                isAnyLeft = true;
                if (threads.isDead(i) ? ending.takeOver() : ending.giveUp()) {
                    uncounted.add(routing[i]);
                }
            }
        }
        if (isAnyLeft) {
            threads.synchronizeWithAll();
        }
        for (final RoutingAgent agent : uncounted) {
            agent.lane().core().tellCounters();
        }
    }

    private void stopAcknowledging() {
        acknowledging.stop();
        final Ending ending = acknowledging.ending();
        if (!await(ending::isStopped, graceNs())) {
            threads.interrupt(routing.length);
            await(ending::isStopped, GRACE_NS);
        }
        if (!ending.isStopped()) {
            if (threads.isDead(routing.length)) {
                ending.takeOver();
            } else {
                ending.giveUp();
            }
        }
    }

    // A publisher that took slots before the router was closed is about to publish them.
    private boolean isPublished() {
        for (final RoutingAgent agent : routing) {
            final CommandRing ring = agent.lane().ring();
            long sequence = agent.firstLeft();
            while (sequence <= ring.taken()) {
                final int slots = ring.publishedSlots(sequence);
                if (slots == 0) {
                    return false;
                }
                sequence += slots;
            }
        }
        return true;
    }

    private void countLeft(final RoutingAgent agent) {
        eventsInDelivery += agent.lane().core().events().inDelivery();
        final CommandRing ring = agent.lane().ring();
        final long last = ring.taken();
        long sequence = agent.firstLeft();
        while (sequence <= last) {
            final int slots = ring.publishedSlots(sequence);
            if (slots == 0) {
                slotsUnpublished++;
                sequence++;
            } else {
                final byte type = SlotLayout.type(ring.address(sequence));
                eventsLeft += type == SlotLayout.EVENT ? 1 : 0;
                reportsLeft += type == SlotLayout.ATTEMPTS ? 1 : 0;
                sequence += slots;
            }
        }
    }

    // On a thread of its own: actions that depend on the futures run there, and may block it. Not one of the embedder's
    // factory, whose threads need not run. Where there is none to be had, they run here, so that nobody waits for ever.
    private long failUnanswered() {
        final List<PendingCommand> unanswered = order.unanswered();
        final Runnable telling = () -> {
            unanswered.forEach(this::fail);
            billingClock.refuseRequests();
        };
        final Thread thread = startOrNull(telling);
        if (thread == null) {
            telling.run();
        } else {
            await(() -> !thread.isAlive(), GRACE_NS);
        }
        return unanswered.size();
    }

    private Thread startOrNull(final Runnable task) {
        try {
            final Thread thread = new Thread(task, "event-router-closing");
            thread.setDaemon(true);
            thread.start();
            return thread;
        } catch (final Throwable noThread) {
            errorHandler.onError(noThread);
            return null;
        }
    }

    private void fail(final PendingCommand pending) {
        final Object what = pending.command == null ? pending.kind : pending.command;
        final boolean isLeft = map.laneSequence(pending.sequence) >= routing[0].firstLeft();
        pending.future.completeExceptionally(
                isLeft
                        ? new CommandRefusedException(Refusal.CLOSED, "command=" + what)
                        : new IllegalStateException(whyUnanswered(pending) + what));
    }

    private static String whyUnanswered(final PendingCommand pending) {
        if (pending.command == null) {
            return "router was closed before the question was answered: question=";
        }
        return pending.isChange
                ? "router was closed before the command was acknowledged, and with a data directory it may hold after the next"
                        + " start: command="
                : "router was closed before the command was acknowledged: command=";
    }

    // A lane that counted while others stopped may have left accounts for them to look at again.
    private void settleThresholds() {
        boolean isSettled = !hasRoutingStopped();
        while (!isSettled) {
            isSettled = true;
            for (final RoutingAgent agent : routing) {
                isSettled &= !agent.lane().core().lookAtThresholds();
            }
        }
    }
}
