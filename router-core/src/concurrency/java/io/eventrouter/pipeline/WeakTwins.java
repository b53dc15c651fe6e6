package io.eventrouter.pipeline;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Mode;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.Signal;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * {@link MeetingPoints} with the synchronization taken out, each of which must be found out.
 *
 * <p>x86 keeps stores in order and loads in order, so a plain field in place of a released one shows nothing there
 * unless the compiler moves it. The twins are of kinds that fail on any machine: what is read once and never again, and
 * what is read, changed and written back.
 */
public final class WeakTwins {
    private WeakTwins() {}

    /**
     * As {@link MeetingPoints.PublishedSlot}, but the routing thread reads a plain field: the compiler reads it once.
     */
    @JCStressTest(Mode.Termination)
    @Outcome(id = "TERMINATED", expect = ACCEPTABLE, desc = "saw it")
    @Outcome(id = "STALE", expect = FORBIDDEN, desc = "never saw it")
    @State
    public static class PlainPublishedSlot {
        private int published;

        @Actor
        public void routing() {
            while (published == 0) {
                // What a routing thread does until there is something.
            }
        }

        @Signal
        public void publisher() {
            published = 1;
        }
    }

    /** As {@link MeetingPoints.PublishedLongEvent}, but marked before the last slot is filled. */
    @JCStressTest
    @Outcome(
            id = {"0, 0", "5, 7"},
            expect = ACCEPTABLE,
            desc = "not published yet, or filled")
    @Outcome(expect = FORBIDDEN, desc = "published and not filled")
    @State
    public static class LongEventMarkedTooEarly {
        private final MeetingPoints.PublishedLongEvent event = new MeetingPoints.PublishedLongEvent();

        @Actor
        public void publisher() {
            event.begin();
            event.publish();
            for (int i = 0; i < 100; i++) {
                Thread.onSpinWait();
            }
            event.fillLastSlot();
        }

        @Actor
        public void routing(final II_Result result) {
            event.routing(result);
        }
    }

    /** As {@link MeetingPoints.LastSlot}, but looked at first and taken then. */
    @JCStressTest
    @Outcome(
            id = {"0, -1", "-1, 0"},
            expect = ACCEPTABLE,
            desc = "one of them has it")
    @Outcome(expect = FORBIDDEN, desc = "both have it")
    @State
    public static class LastSlotLookedAtFirst {
        private volatile int taken;

        private int take() {
            if (taken == 1) {
                return -1;
            }
            taken = 1;
            return 0;
        }

        @Actor
        public void one(final II_Result result) {
            result.r1 = take();
        }

        @Actor
        public void other(final II_Result result) {
            result.r2 = take();
        }
    }

    /** As {@link MeetingPoints.AnswersOfLanes}, but counted down without an atomic. */
    @JCStressTest
    @Outcome(
            id = {"0, 1", "1, 0"},
            expect = ACCEPTABLE,
            desc = "one was the last")
    @Outcome(expect = FORBIDDEN, desc = "both were, or none")
    @State
    public static class AnswersCountedPlainly {
        private volatile int missing = 2;

        @SuppressWarnings("NonAtomicOperationOnVolatileField")
        private int answer() {
            missing = missing - 1;
            return missing == 0 ? 1 : 0;
        }

        @Actor
        public void first(final II_Result result) {
            result.r1 = answer();
        }

        @Actor
        public void second(final II_Result result) {
            result.r2 = answer();
        }
    }

    /** As {@link MeetingPoints.IdsOfOneWord}, but the word is read and written back. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "both are known")
    @Outcome(expect = FORBIDDEN, desc = "one was lost")
    @State
    public static class IdsWrittenBack {
        private volatile long word;

        @Actor
        public void first() {
            word = word | 1;
        }

        @Actor
        public void second() {
            word = word | 2;
        }

        @Arbiter
        public void publisher(final II_Result result) {
            result.r1 = (word & 1) == 0 ? 0 : 1;
            result.r2 = (word & 2) == 0 ? 0 : 1;
        }
    }

    /** As {@link MeetingPoints.ConsumedSlot}, but the slot is given back before it was read. */
    @JCStressTest
    @Outcome(
            id = {"0, 7", "1, 7"},
            expect = ACCEPTABLE,
            desc = "what was published")
    @Outcome(expect = FORBIDDEN, desc = "filled again while it was read")
    @State
    public static class SlotGivenBackTooEarly {
        private int slot = 7;
        private volatile boolean consumed;

        @Actor
        public void routing(final II_Result result) {
            consumed = true;
            result.r2 = slot;
        }

        @Actor
        public void publisher(final II_Result result) {
            if (consumed) {
                slot = 8;
                result.r1 = 1;
            }
        }
    }

    /** As {@link MeetingPoints.EndOfThread}, but looked at first and changed then. */
    @JCStressTest
    @Outcome(
            id = {"1, 0", "0, 1"},
            expect = ACCEPTABLE,
            desc = "one of them")
    @Outcome(expect = FORBIDDEN, desc = "both")
    @State
    public static class EndLookedAtFirst {
        private volatile int phase;

        @Actor
        public void routing(final II_Result result) {
            if (phase == 0) {
                phase = 1;
                result.r1 = 1;
            }
        }

        @Actor
        public void closing(final II_Result result) {
            if (phase == 0) {
                phase = 2;
                result.r2 = 1;
            }
        }
    }
}
