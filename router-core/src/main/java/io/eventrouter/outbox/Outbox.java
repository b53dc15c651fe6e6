package io.eventrouter.outbox;

import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.delivery.AttemptReports;
import io.eventrouter.delivery.Delivery;
import io.eventrouter.delivery.DeliveryHandler;
import io.eventrouter.delivery.RecipientKind;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.ManyToOneRingBuffer;

/**
 * A bounded queue between the router and one subscriber, whose handler workers call. What it has taken it hands over,
 * in order and once, unless it is closed; what it has no room for it drops and counts.
 *
 * <p><b>Threading:</b> any thread. An {@link Outboxes} makes and closes it.
 */
public final class Outbox {
    private static final int TYPE = 1;

    /** Not with any worker, and not in line for one. */
    private static final int RESTING = 0;

    /** In line for a worker, once, or with one. */
    private static final int IN_LINE = 1;

    /** Closed and given up by everybody: its memory belongs to others. */
    private static final int RETIRED = 2;

    private final RecipientKind kind;
    private final String id;
    private final String name;
    private final UnsafeBuffer memory;
    private final ManyToOneRingBuffer queue;
    private final Queue<Outbox> line;
    private final OutboxCounts counts = new OutboxCounts();
    private final HandlerCalls calls = new HandlerCalls();
    private final AtomicInteger place = new AtomicInteger(RESTING);
    private final Standing standing;
    private final FailureTeller failures;
    private final OutboxReader reader;

    /*
     * A routing thread takes room in the queue, by a compare-and-set of its tail, and then looks at the place. A worker
     * that ends its turn puts the place to rest and then looks at the tail. So one of the two sees the other, and no
     * delivery is left in an outbox that is not in line.
     */

    /** Whoever makes it has counted and bounded how many there are. */
    Outbox(
            final OutboxesContext context,
            final RecipientKind kind,
            final String id,
            final String name,
            final DeliveryHandler handler,
            final UnsafeBuffer memory,
            final Queue<Outbox> line,
            final Supplier<AttemptReports> reports) {
        this.kind = kind;
        this.id = id;
        this.name = name;
        this.memory = memory;
        this.line = line;
        final NanoClock clock = context.nanoClock();
        queue = new ManyToOneRingBuffer(memory);
        standing = new Standing(context.failureLimit(), context.minPauseNs(), context.maxPauseNs(), counts);
        failures = new FailureTeller(name, context.errorHandler());
        reader = new OutboxReader(
                queue, new QueuedDelivery(kind, id), handler, calls, standing, counts, failures, reports, clock);
    }

    /**
     * What kind of subscriber this is for.
     *
     * @return the kind.
     */
    public RecipientKind recipientKind() {
        return kind;
    }

    /**
     * The id of the subscriber.
     *
     * @return the id; null for devices.
     */
    public String recipientId() {
        return id;
    }

    /**
     * Read a counter.
     *
     * @param counter to read.
     * @return its value.
     */
    public long count(final OutboxCounter counter) {
        return counts.get(counter);
    }

    /**
     * Everything that was dropped, whatever the reason.
     *
     * @return number of deliveries.
     */
    public long dropped() {
        return counts.dropped();
    }

    /**
     * Deliveries that were taken and have not come to their end, the one that the handler has in hand among them.
     *
     * @return number of deliveries; exact when nothing is under way.
     */
    public long queued() {
        final long ended = counts.get(OutboxCounter.DELIVERED)
                + counts.get(OutboxCounter.FAILED)
                + counts.get(OutboxCounter.UNDELIVERED);
        return counts.get(OutboxCounter.TAKEN) - ended;
    }

    /**
     * Bytes of the queue that are in use.
     *
     * @return bytes, at most those of one outbox; 0 once it is closed.
     */
    public int queuedBytes() {
        return place.get() == RETIRED ? 0 : queue.size();
    }

    /**
     * How the subscriber is treated now.
     *
     * @return the state.
     */
    public OutboxState state() {
        return standing.state();
    }

    /** Offer the subscriber its deliveries again, if it was set aside, without waiting for the end of its pause. */
    public void reinstate() {
        standing.reinstate();
        standInLine();
    }

    /** The subscriber: its kind and its id, or the number of an outbox for devices. */
    @Override
    public String toString() {
        return name;
    }

    /** Take a copy of a delivery, or drop it and say why. Never waits, never allocates; for routing threads. */
    AttemptOutcome offer(final Delivery delivery) {
        counts.increment(OutboxCounter.OFFERED);
        final OutboxCounter standingRefusal = standing.refusal();
        final OutboxCounter refusal = standingRefusal == null ? put(delivery) : standingRefusal;
        counts.increment(refusal == null ? OutboxCounter.TAKEN : refusal);
        if (refusal != null) {
            return AttemptOutcome.NOT_ATTEMPTED;
        }
        if (place.get() == RESTING) {
            standInLine();
        }
        return AttemptOutcome.PENDING;
    }

    private OutboxCounter put(final Delivery delivery) {
        try {
            final int length = OutboxLayout.length(delivery.event());
            if (length > queue.maxMsgLength()) {
                return OutboxCounter.DROPPED_TOO_LONG;
            }
            final int index = queue.tryClaim(TYPE, length);
            return index < 0 ? OutboxCounter.DROPPED_FULL : fill(index, delivery);
        } catch (final Throwable problem) {
            failures.tell("a delivery could not be copied: subscriber=" + name, problem);
            return OutboxCounter.DROPPED_BY_FAULT;
        }
    }

    private OutboxCounter fill(final int index, final Delivery delivery) {
        boolean isWritten = false;
        try {
            OutboxLayout.write(queue.buffer(), index, delivery);
            isWritten = true;
        } finally {
            // What was taken of the queue must be given back or filled: a hole would stop everything behind it.
            if (isWritten) {
                queue.commit(index);
            } else {
                queue.abort(index);
            }
        }
        return null;
    }

    /** Ask for a turn, unless it is asked for already, there is nothing to do, or nothing may be done. */
    void standInLine() {
        final boolean hasWork = place.get() == RESTING
                && (queue.size() > 0 || reader.hasOutcomeToReport())
                && standing.deliveriesOfTurn(1) != 0;
        // The line has room for all; should a worker just hold the place up, the supervisor comes back to it.
        if (hasWork && place.compareAndSet(RESTING, IN_LINE) && !line.offer(this)) {
            place.set(RESTING);
        }
    }

    /** A turn of the worker that has taken it from the line: hand over at most so many. Returns how many. */
    int serve(final int most) {
        return reader.serve(most);
    }

    void endTurn(final QueueMemory pool) {
        place.set(RESTING);
        if (calls.isAbandoned()) {
            retire(pool);
        } else {
            standInLine();
        }
    }

    /** Time has passed. */
    void onTime(final long nowNs) {
        standing.onTime(nowNs);
        standInLine();
    }

    /** What tells the delivery that the handler has in hand from all others; 0 if there is none. */
    long inHand() {
        return calls.inHand();
    }

    /** The handler has had a delivery in hand for too long; false if it has returned after all. */
    boolean markStuck(final long call) {
        return standing.onStuck(() -> calls.markOverdue(call));
    }

    /** Drop whatever is offered from here on. */
    void shut() {
        standing.close();
    }

    /** Whether all that was taken has come to its end, after {@link #shut()}, or will not before it is abandoned. */
    boolean isAtRest() {
        if (!counts.areOffersSettled()) {
            return false;
        }
        return queued() == 0 && !reader.hasOutcomeToReport() || standing.state() == OutboxState.SET_ASIDE;
    }

    /** Hand nothing over any more; tells what is left. After {@link #shut()}. */
    OutboxRemains abandon(final QueueMemory pool) {
        // An offer never waits, so this takes no longer than the routing thread is without a processor.
        while (!counts.areOffersSettled()) {
            Thread.onSpinWait();
        }
        final long ended = calls.abandon();
        final boolean isInHand = calls.begun() > ended;
        final long undelivered = counts.get(OutboxCounter.TAKEN) - calls.begun();
        // A worker counts directly behind the call.
        while (counts.get(OutboxCounter.DELIVERED) + counts.get(OutboxCounter.FAILED) < ended) {
            Thread.onSpinWait();
        }
        counts.add(OutboxCounter.UNDELIVERED, undelivered);
        retire(pool);
        return new OutboxRemains(this, undelivered, isInHand);
    }

    boolean isRetired() {
        return place.get() == RETIRED;
    }

    // By the closing thread, or by the worker that had it just then.
    private void retire(final QueueMemory pool) {
        if (calls.isAbandoned() && place.compareAndSet(RESTING, RETIRED)) {
            reader.dropOutcome();
            pool.giveBack(memory);
        }
    }
}
