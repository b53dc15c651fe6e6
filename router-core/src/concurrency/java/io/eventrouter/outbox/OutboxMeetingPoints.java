package io.eventrouter.outbox;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.delivery.Delivery;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * The places where routing threads, workers, the supervisor and a closing thread meet in one outbox, two of them each
 * time. {@link OutboxWeakTwins} has the same with the synchronization taken out.
 */
public final class OutboxMeetingPoints {
    private static final Delivery DELIVERY = SmallOutbox.delivery(7);

    private OutboxMeetingPoints() {}

    /** A worker hands a delivery over while the outbox is abandoned: the closing thread knows of it, or it is not. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "abandoned before")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "told as in hand")
    @Outcome(id = "1, 10", expect = ACCEPTABLE, desc = "told as ended")
    @Outcome(expect = FORBIDDEN, desc = "handed over and not told, or told and not handed over")
    @State
    public static class CallOrAbandon {
        private final HandlerCalls calls = new HandlerCalls();

        @Actor
        public void worker(final II_Result result) {
            if (calls.begin()) {
                result.r1 = 1;
                calls.end();
            }
        }

        @Actor
        public void closing(final II_Result result) {
            final int ended = (int) calls.abandon();
            result.r2 = 10 * ended + (int) calls.begun() - ended;
        }
    }

    /** A handler returns while it is marked as stuck: afterwards the outbox is open. */
    @JCStressTest
    @Outcome(
            id = {"0, 1", "1, 1"},
            expect = ACCEPTABLE,
            desc = "was stuck for a moment, or was not")
    @Outcome(expect = FORBIDDEN, desc = "is stuck for ever")
    @State
    public static class ReturnOrStuck {
        private final SmallOutbox small = SmallOutbox.inTurn(AttemptOutcome.PENDING, 1);

        @Actor
        public void worker() {
            small.outbox.serve(1);
        }

        @Actor
        public void supervisor(final II_Result result) {
            final long call = small.outbox.inHand();
            result.r1 = call != 0 && small.outbox.markStuck(call) ? 1 : 0;
        }

        @Arbiter
        public void later(final II_Result result) {
            final boolean isTaken = small.outbox.offer(DELIVERY) == AttemptOutcome.PENDING;
            result.r2 = isTaken && small.outbox.state() == OutboxState.OPEN ? 1 : 0;
        }
    }

    /** A call has been in hand for long and ends, and the next one begins: that one is not overdue. */
    @JCStressTest
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "only the call that was meant, if any")
    @Outcome(expect = FORBIDDEN, desc = "the next call was marked")
    @State
    public static class NextCall {
        private final HandlerCalls calls = new HandlerCalls();
        private final long seen;

        public NextCall() {
            calls.begin();
            seen = calls.inHand();
        }

        @Actor
        public void worker(final I_Result result) {
            calls.end();
            calls.begin();
            result.r1 = (int) (calls.end() & HandlerCalls.OVERDUE);
        }

        @Actor
        public void supervisor() {
            calls.markOverdue(seen);
        }
    }

    /** A delivery is offered while a worker ends its turn: it is not left in an outbox that nobody comes to. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "handed over in the turn")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "in line for the next")
    @Outcome(expect = FORBIDDEN, desc = "left behind, or twice in line")
    @State
    public static class OfferAtTheEndOfATurn {
        private final SmallOutbox small = SmallOutbox.inTurn(AttemptOutcome.PENDING, 0);

        @Actor
        public void routing() {
            small.outbox.offer(DELIVERY);
        }

        @Actor
        public void worker() {
            small.outbox.serve(1);
            small.outbox.endTurn(small.pool);
        }

        @Arbiter
        public void later(final II_Result result) {
            result.r1 = small.line.size();
            result.r2 = (int) small.outbox.queued();
        }
    }

    /** Two routing threads offer to an outbox that rests: it is in line once. */
    @JCStressTest
    @Outcome(id = "1, 2", expect = ACCEPTABLE, desc = "once in line, with both")
    @Outcome(expect = FORBIDDEN, desc = "twice in line, or not at all")
    @State
    public static class OffersOfTwoLanes {
        private final SmallOutbox small = new SmallOutbox(AttemptOutcome.PENDING);

        @Actor
        public void one() {
            small.outbox.offer(DELIVERY);
        }

        @Actor
        public void other() {
            small.outbox.offer(DELIVERY);
        }

        @Arbiter
        public void later(final II_Result result) {
            result.r1 = small.line.size();
            result.r2 = (int) small.outbox.queued();
        }
    }

    /** A subscriber is reinstated while a worker ends the turn in which it was set aside: somebody puts it in line. */
    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "in line")
    @Outcome(expect = FORBIDDEN, desc = "forgotten, or twice in line")
    @State
    public static class ReinstatedAtTheEndOfATurn {
        private final SmallOutbox small = SmallOutbox.inTurn(null, 1);

        public ReinstatedAtTheEndOfATurn() {
            small.outbox.offer(DELIVERY);
            small.outbox.serve(1);
        }

        @Actor
        public void embedder() {
            small.outbox.reinstate();
        }

        @Actor
        public void worker() {
            small.outbox.endTurn(small.pool);
        }

        @Arbiter
        public void later(final I_Result result) {
            result.r1 = small.line.size();
        }
    }

    /** What the routing thread writes into the queue is what the handler reads. */
    @JCStressTest
    @Outcome(
            id = {"1", "7"},
            expect = ACCEPTABLE,
            desc = "nothing new yet, or all of it")
    @Outcome(expect = FORBIDDEN, desc = "read before it was written")
    @State
    public static class CopiedDelivery {
        private final SmallOutbox small = SmallOutbox.inTurn(AttemptOutcome.PENDING, 0);

        @Actor
        public void routing() {
            small.outbox.offer(DELIVERY);
        }

        @Actor
        public void worker(final I_Result result) {
            small.outbox.serve(1);
            result.r1 = (int) small.heard;
        }
    }

    /** One lane is inside an offer while another begins and ends one: offers are not settled. */
    @JCStressTest
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "not settled")
    @Outcome(expect = FORBIDDEN, desc = "settled, with a lane inside an offer")
    @State
    public static class SettledOffers {
        private final OutboxCounts counts = new OutboxCounts();

        public SettledOffers() {
            counts.increment(OutboxCounter.OFFERED);
        }

        @Actor
        public void routing() {
            counts.increment(OutboxCounter.OFFERED);
            counts.increment(OutboxCounter.TAKEN);
        }

        @Actor
        public void closing(final I_Result result) {
            result.r1 = counts.areOffersSettled() ? 1 : 0;
        }
    }

    /** A delivery is offered while the outbox is closed: it is dropped, or told as undelivered. */
    @JCStressTest
    @Outcome(
            id = {"0, 0", "1, 1"},
            expect = ACCEPTABLE,
            desc = "dropped, or taken and told")
    @Outcome(expect = FORBIDDEN, desc = "taken and not told")
    @State
    public static class OfferOrClose {
        private final SmallOutbox small = new SmallOutbox(AttemptOutcome.PENDING);

        @Actor
        public void routing(final II_Result result) {
            result.r1 = small.outbox.offer(DELIVERY) == AttemptOutcome.PENDING ? 1 : 0;
        }

        @Actor
        public void closing(final II_Result result) {
            small.outbox.shut();
            result.r2 = (int) small.outbox.abandon(small.pool).undelivered();
        }
    }

    /** A turn ends while the outbox is abandoned: its memory goes back to the pool, once. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "once")
    @Outcome(expect = FORBIDDEN, desc = "twice, or never")
    @State
    public static class MemoryGivenBack {
        private final SmallOutbox small = SmallOutbox.inTurn(AttemptOutcome.PENDING, 0);

        @Actor
        public void worker() {
            small.outbox.endTurn(small.pool);
        }

        @Actor
        public void closing() {
            small.outbox.shut();
            small.outbox.abandon(small.pool);
        }

        @Arbiter
        public void later(final II_Result result) {
            result.r1 = small.timesGivenBack();
            result.r2 = small.outbox.isRetired() ? 1 : 0;
        }
    }

    /** A handler answers with an outcome of several attempts: the outbox is not at rest before the router has it. */
    @JCStressTest
    @Outcome(
            id = {"0, 0", "0, 1", "1, 1"},
            expect = ACCEPTABLE,
            desc = "not at rest yet, or reported")
    @Outcome(expect = FORBIDDEN, desc = "at rest, with an outcome that was not reported")
    @State
    public static class OutcomeOrRest {
        private final SmallOutbox small = SmallOutbox.inTurn(AttemptOutcome.FAILED, 1);

        public OutcomeOrRest() {
            small.outbox.shut();
        }

        @Actor
        public void worker() {
            small.outbox.serve(1);
        }

        @Actor
        public void closing(final II_Result result) {
            result.r1 = small.outbox.isAtRest() ? 1 : 0;
            result.r2 = (int) small.outbox.count(OutboxCounter.OUTCOMES_REPORTED);
        }
    }

    /** A subscriber is set aside while its outbox closes: what is offered afterwards is dropped as closed. */
    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "closed")
    @Outcome(expect = FORBIDDEN, desc = "the closing was lost")
    @State
    public static class SetAsideOrClosed {
        private final SmallOutbox small = SmallOutbox.inTurn(null, 1);

        @Actor
        public void worker() {
            small.outbox.serve(1);
        }

        @Actor
        public void closing() {
            small.outbox.shut();
        }

        @Arbiter
        public void later(final I_Result result) {
            small.outbox.offer(DELIVERY);
            result.r1 = (int) small.outbox.count(OutboxCounter.DROPPED_CLOSED);
        }
    }
}
