package io.eventrouter.outbox;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * {@link OutboxMeetingPoints} with the synchronization taken out or turned around, each of which must be found out. All
 * are of kinds that fail on any machine: looked at first and changed then, or looked at in the wrong order.
 */
public final class OutboxWeakTwins {
    private OutboxWeakTwins() {}

    /** As {@link OutboxMeetingPoints.CallOrAbandon}, but looked at first and begun then. */
    @JCStressTest
    @Outcome(
            id = {"0, 0", "1, 1"},
            expect = ACCEPTABLE,
            desc = "told as it was")
    @Outcome(expect = FORBIDDEN, desc = "handed over and not told")
    @State
    public static class CallLookedAtFirst {
        private volatile boolean abandoned;
        private volatile int begun;

        @Actor
        public void worker(final II_Result result) {
            if (!abandoned) {
                begun = 1;
                result.r1 = 1;
            }
        }

        @Actor
        public void closing(final II_Result result) {
            abandoned = true;
            result.r2 = begun;
        }
    }

    /** As {@link OutboxMeetingPoints.ReturnOrStuck}, but the call is marked before the lock is taken. */
    @JCStressTest
    @Outcome(
            id = {"0, 1", "1, 1"},
            expect = ACCEPTABLE,
            desc = "open")
    @Outcome(expect = FORBIDDEN, desc = "is stuck for ever")
    @State
    public static class StuckOutsideTheLock {
        private final HandlerCalls calls = new HandlerCalls();
        private final Standing standing = new Standing(1, 1, 1, new OutboxCounts());

        public StuckOutsideTheLock() {
            calls.begin();
        }

        @Actor
        public void worker() {
            if ((calls.end() & HandlerCalls.OVERDUE) != 0) {
                standing.onReturned();
            }
        }

        @Actor
        public void supervisor(final II_Result result) {
            if (calls.markOverdue(calls.inHand())) {
                result.r1 = 1;
                standing.onStuck(() -> true);
            }
        }

        @Arbiter
        public void later(final II_Result result) {
            result.r2 = standing.state() == OutboxState.OPEN ? 1 : 0;
        }
    }

    /** As {@link OutboxMeetingPoints.NextCall}, but whichever call is in hand is marked. */
    @JCStressTest
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "only the call that was meant, if any")
    @Outcome(expect = FORBIDDEN, desc = "the next call was marked")
    @State
    public static class WhicheverCall {
        private final HandlerCalls calls = new HandlerCalls();

        public WhicheverCall() {
            calls.begin();
        }

        @Actor
        public void worker(final I_Result result) {
            calls.end();
            calls.begin();
            result.r1 = (int) (calls.end() & HandlerCalls.OVERDUE);
        }

        @Actor
        public void supervisor() {
            calls.markOverdue(calls.inHand());
        }
    }

    /** As {@link OutboxMeetingPoints.OfferAtTheEndOfATurn}, but the worker looks at the queue before it lets go. */
    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "in line")
    @Outcome(expect = FORBIDDEN, desc = "left behind")
    @State
    public static class QueueLookedAtFirst {
        private volatile boolean isInTurn = true;
        private volatile int queued;
        private final AtomicInteger line = new AtomicInteger();

        @Actor
        public void routing() {
            queued = 1;
            if (!isInTurn) {
                line.getAndIncrement();
            }
        }

        @Actor
        public void worker() {
            if (queued > 0) {
                line.getAndIncrement();
            } else {
                isInTurn = false;
            }
        }

        @Arbiter
        public void later(final I_Result result) {
            result.r1 = line.get();
        }
    }

    /** As {@link OutboxMeetingPoints.OffersOfTwoLanes}, but looked at first and put in line then. */
    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "once in line")
    @Outcome(expect = FORBIDDEN, desc = "twice in line")
    @State
    public static class PlaceLookedAtFirst {
        private volatile boolean isInLine;
        private final AtomicInteger line = new AtomicInteger();

        private void standInLine() {
            if (!isInLine) {
                isInLine = true;
                line.getAndIncrement();
            }
        }

        @Actor
        public void one() {
            standInLine();
        }

        @Actor
        public void other() {
            standInLine();
        }

        @Arbiter
        public void later(final I_Result result) {
            result.r1 = line.get();
        }
    }

    /**
     * As {@link OutboxMeetingPoints.ReinstatedAtTheEndOfATurn}, but the worker looks at the state before it lets go.
     */
    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "in line")
    @Outcome(expect = FORBIDDEN, desc = "forgotten")
    @State
    public static class StateLookedAtFirst {
        private volatile boolean isSetAside = true;
        private volatile boolean isInTurn = true;
        private final AtomicInteger line = new AtomicInteger();

        @Actor
        public void embedder() {
            isSetAside = false;
            if (!isInTurn) {
                line.getAndIncrement();
            }
        }

        @Actor
        public void worker() {
            if (isSetAside) {
                isInTurn = false;
            } else {
                line.getAndIncrement();
            }
        }

        @Arbiter
        public void later(final I_Result result) {
            result.r1 = line.get();
        }
    }

    /** As {@link OutboxMeetingPoints.CopiedDelivery}, but the copy is let go of before it is written. */
    @JCStressTest
    @Outcome(
            id = {"1", "7"},
            expect = ACCEPTABLE,
            desc = "nothing new yet, or all of it")
    @Outcome(expect = FORBIDDEN, desc = "read before it was written")
    @State
    public static class CopyLetGoTooEarly {
        private volatile boolean published;
        private volatile int copy;

        @Actor
        public void routing() {
            published = true;
            copy = 7;
        }

        @Actor
        public void worker(final I_Result result) {
            result.r1 = published ? copy : 1;
        }
    }

    /** As {@link OutboxMeetingPoints.SettledOffers}, but what begins an offer is read before what ends one. */
    @JCStressTest
    @Outcome(id = "0", expect = ACCEPTABLE, desc = "not settled")
    @Outcome(expect = FORBIDDEN, desc = "settled, with a lane inside an offer")
    @State
    public static class BeginningsReadFirst {
        private final OutboxCounts counts = new OutboxCounts();

        public BeginningsReadFirst() {
            counts.increment(OutboxCounter.OFFERED);
        }

        @Actor
        public void routing() {
            counts.increment(OutboxCounter.OFFERED);
            counts.increment(OutboxCounter.TAKEN);
        }

        @Actor
        public void closing(final I_Result result) {
            final long offered = counts.get(OutboxCounter.OFFERED);
            result.r1 = offered == counts.get(OutboxCounter.TAKEN) + counts.dropped() ? 1 : 0;
        }
    }

    /** As {@link OutboxMeetingPoints.OfferOrClose}, but nobody waits for offers that are under way. */
    @JCStressTest
    @Outcome(
            id = {"0, 0", "1, 1"},
            expect = ACCEPTABLE,
            desc = "dropped, or taken and told")
    @Outcome(expect = FORBIDDEN, desc = "taken and not told")
    @State
    public static class OfferNotWaitedFor {
        private final OutboxCounts counts = new OutboxCounts();
        private final Standing standing = new Standing(1, 1, 1, counts);

        @Actor
        public void routing(final II_Result result) {
            counts.increment(OutboxCounter.OFFERED);
            final OutboxCounter refusal = standing.refusal();
            counts.increment(refusal == null ? OutboxCounter.TAKEN : refusal);
            result.r1 = refusal == null ? 1 : 0;
        }

        @Actor
        public void closing(final II_Result result) {
            standing.close();
            result.r2 = (int) counts.get(OutboxCounter.TAKEN);
        }
    }

    /** As {@link OutboxMeetingPoints.MemoryGivenBack}, but whoever finds it at rest gives its memory back. */
    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "once")
    @Outcome(expect = FORBIDDEN, desc = "twice")
    @State
    public static class RestLookedAtFirst {
        private volatile boolean isInTurn = true;
        private volatile boolean isRetired;
        private volatile boolean isAbandoned;
        private final AtomicInteger givenBack = new AtomicInteger();

        private void retire() {
            if (isAbandoned && !isInTurn && !isRetired) {
                isRetired = true;
                givenBack.getAndIncrement();
            }
        }

        @Actor
        public void worker() {
            isInTurn = false;
            retire();
        }

        @Actor
        public void closing() {
            isAbandoned = true;
            retire();
        }

        @Arbiter
        public void later(final I_Result result) {
            result.r1 = givenBack.get();
        }
    }

    /** As {@link OutboxMeetingPoints.OutcomeOrRest}, but the delivery is counted before its outcome is there. */
    @JCStressTest
    @Outcome(
            id = {"0, 0", "0, 1", "1, 1"},
            expect = ACCEPTABLE,
            desc = "not at rest yet, or reported")
    @Outcome(expect = FORBIDDEN, desc = "at rest, with an outcome that was not reported")
    @State
    public static class CountedBeforeTheOutcome {
        private final AtomicInteger delivered = new AtomicInteger();
        private final AtomicInteger reported = new AtomicInteger();
        private volatile boolean hasOutcomeToReport;

        @Actor
        public void worker() {
            delivered.getAndIncrement();
            Thread.onSpinWait();
            hasOutcomeToReport = true;
            reported.getAndIncrement();
            hasOutcomeToReport = false;
        }

        @Actor
        public void closing(final II_Result result) {
            result.r1 = delivered.get() == 1 && !hasOutcomeToReport ? 1 : 0;
            result.r2 = reported.get();
        }
    }

    /** As {@link OutboxMeetingPoints.SetAsideOrClosed}, but without the lock. */
    @JCStressTest
    @Outcome(id = "1", expect = ACCEPTABLE, desc = "closed")
    @Outcome(expect = FORBIDDEN, desc = "the closing was lost")
    @State
    public static class StandingWithoutLock {
        private volatile boolean closed;
        private volatile OutboxCounter refusal;

        @Actor
        public void worker() {
            if (!closed) {
                refusal = OutboxCounter.DROPPED_SET_ASIDE;
            }
        }

        @Actor
        public void closing() {
            closed = true;
            refusal = OutboxCounter.DROPPED_CLOSED;
        }

        @Arbiter
        public void later(final I_Result result) {
            result.r1 = refusal == OutboxCounter.DROPPED_CLOSED ? 1 : 0;
        }
    }
}
