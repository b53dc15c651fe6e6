package io.eventrouter.outbox;

import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.delivery.AttemptReports;
import io.eventrouter.delivery.DeliveryHandler;
import io.eventrouter.delivery.RecipientKind;
import io.eventrouter.event.PublishResult;
import java.util.function.Supplier;
import org.agrona.MutableDirectBuffer;
import org.agrona.concurrent.ControlledMessageHandler;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.ringbuffer.RingBuffer;

/**
 * The end of an outbox that calls its subscriber's handler.
 *
 * <p><b>Threading:</b> the worker whose turn it is; turns of one outbox never overlap.
 */
final class OutboxReader implements ControlledMessageHandler {
    private final RingBuffer queue;
    private final QueuedDelivery delivery;
    private final DeliveryHandler handler;
    private final HandlerCalls calls;
    private final Standing standing;
    private final OutboxCounts counts;
    private final FailureTeller failures;
    private final Supplier<AttemptReports> reports;
    private final NanoClock clock;
    private final boolean isForDevices;

    /** An outcome that the router has still to take; nothing more is handed over until it has. */
    private volatile AttemptOutcome outcomeToReport;

    private boolean hasToldOfNoRouter;
    private long deviceIdHigh;
    private int deviceIdLow;
    private int operationsPerAttempt;

    OutboxReader(
            final RingBuffer queue,
            final QueuedDelivery delivery,
            final DeliveryHandler handler,
            final HandlerCalls calls,
            final Standing standing,
            final OutboxCounts counts,
            final FailureTeller failures,
            final Supplier<AttemptReports> reports,
            final NanoClock clock) {
        this.queue = queue;
        this.delivery = delivery;
        this.handler = handler;
        this.calls = calls;
        this.standing = standing;
        this.counts = counts;
        this.failures = failures;
        this.reports = reports;
        this.clock = clock;
        isForDevices = delivery.recipientKind() == RecipientKind.DEVICE;
    }

    /** One turn: hand over what is queued, but not more than so many deliveries. Returns how many. */
    int serve(final int most) {
        if (outcomeToReport != null && !report()) {
            return 0;
        }
        final int deliveries = standing.deliveriesOfTurn(most);
        return deliveries == 0 ? 0 : queue.controlledRead(this, deliveries);
    }

    boolean hasOutcomeToReport() {
        return outcomeToReport != null;
    }

    /** Nobody will report it any more. */
    void dropOutcome() {
        if (outcomeToReport != null) {
            outcomeToReport = null;
            counts.increment(OutboxCounter.OUTCOMES_REFUSED);
        }
    }

    @Override
    public Action onMessage(final int type, final MutableDirectBuffer buffer, final int index, final int length) {
        if (!calls.begin()) {
            return Action.ABORT;
        }
        delivery.wrap(buffer, index);
        if (isForDevices) {
            counts.add(OutboxCounter.OPERATIONS_HANDED_OVER, delivery.operationsPerAttempt());
        }
        final boolean wasOverdue = handOver();
        final boolean goesOn =
                !wasOverdue && outcomeToReport == null && standing.state() == OutboxState.OPEN && !calls.isAbandoned();
        return goesOn ? Action.COMMIT : Action.BREAK;
    }

    private boolean handOver() {
        AttemptOutcome outcome = null;
        Throwable problem = null;
        try {
            outcome = handler.onDelivery(delivery);
        } catch (final Throwable thrown) {
            problem = thrown;
        }
        final boolean wasOverdue = (calls.end() & HandlerCalls.OVERDUE) != 0;
        if (wasOverdue) {
            standing.onReturned();
        }
        if (problem == null) {
            onReturned(outcome);
        } else {
            onFailure(problem);
        }
        return wasOverdue;
    }

    private void onReturned(final AttemptOutcome outcome) {
        final boolean isToReport = isForDevices && outcome != null && outcome.attempts() > 1;
        if (isToReport) {
            // Before it is counted: what is counted and has nothing to report is at rest, and closing goes on.
            keep(outcome);
        }
        counts.increment(OutboxCounter.DELIVERED);
        standing.onDelivered();
        if (isToReport) {
            report();
        }
    }

    private void onFailure(final Throwable problem) {
        counts.increment(OutboxCounter.FAILED);
        failures.onFailure(problem);
        if (standing.onFailed(clock.nanoTime())) {
            failures.onSetAside(problem);
        }
    }

    private void keep(final AttemptOutcome outcome) {
        deviceIdHigh = delivery.deviceIdHigh();
        deviceIdLow = delivery.deviceIdLow();
        operationsPerAttempt = delivery.operationsPerAttempt();
        outcomeToReport = outcome;
    }

    /** False if the router has no room for it now. */
    private boolean report() {
        final long result = tryToReport();
        if (result == PublishResult.BACK_PRESSURED) {
            counts.increment(OutboxCounter.OUTCOMES_BACK_PRESSURED);
            return false;
        }
        counts.increment(result >= 0 ? OutboxCounter.OUTCOMES_REPORTED : OutboxCounter.OUTCOMES_REFUSED);
        outcomeToReport = null;
        return true;
    }

    private long tryToReport() {
        final AttemptReports target = reports.get();
        if (target == null) {
            if (!hasToldOfNoRouter) {
                hasToldOfNoRouter = true;
                failures.tellNoRouter();
            }
            return PublishResult.BACK_PRESSURED;
        }
        try {
            return target.reportAttempts(deviceIdHigh, deviceIdLow, operationsPerAttempt, outcomeToReport);
        } catch (final Throwable problem) {
            failures.onFailure(problem);
            return PublishResult.INVALID_REPORT;
        }
    }
}
