package io.eventrouter.pipeline;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.eventrouter.event.EventDraft;
import io.eventrouter.memory.SeededHash;
import io.eventrouter.ownership.KnownIds;
import io.eventrouter.routing.SlotLayout;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.I_Result;

/**
 * The places where two threads meet, two actors each: what one has written before it lets go, the other sees.
 * {@link WeakTwins} has the same with the synchronization taken out.
 */
public final class MeetingPoints {
    private MeetingPoints() {}

    private static final class Slot {
        static int read(final CommandRing ring, final long place) {
            return ring.buffer().getInt(ring.offset(place) + 64);
        }

        static void write(final CommandRing ring, final long place, final int value) {
            ring.buffer().putInt(ring.offset(place) + 64, value);
        }
    }

    /** A publisher fills a slot, the routing thread finds it. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "not published yet")
    @Outcome(id = "1, 7", expect = ACCEPTABLE, desc = "published and filled")
    @Outcome(expect = FORBIDDEN, desc = "published and not filled")
    @State
    public static class PublishedSlot {
        private final CommandRing ring = new CommandRing(2, 0);

        @Actor
        public void publisher() {
            final long place = ring.tryTake(1);
            Slot.write(ring, place, 7);
            ring.publish(place, 1);
        }

        @Actor
        public void routing(final II_Result result) {
            if (ring.published(0, 2) == 0) {
                result.r1 = 1;
                result.r2 = Slot.read(ring, 0);
            }
        }
    }

    /** A publisher fills a long event, of which it marks the first slot only; the routing thread finds all of it. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "not published yet")
    @Outcome(id = "5, 7", expect = ACCEPTABLE, desc = "published and filled to the last slot")
    @Outcome(expect = FORBIDDEN, desc = "published and not filled")
    @State
    public static class PublishedLongEvent {
        private static final int SLOTS = 5;

        private final CommandRing ring = new CommandRing(8, 0);
        private final EventDraft draft =
                new EventDraft().fromDevice(1, 2).name("n").payload(new byte[(SLOTS - 1) * CommandRing.SLOT_LENGTH]);

        @Actor
        public void publisher() {
            begin();
            fillLastSlot();
            publish();
        }

        void begin() {
            SlotLayout.writeEvent(ring.buffer(), ring.offset(ring.tryTake(SLOTS)), draft, 0, 0);
        }

        void fillLastSlot() {
            Slot.write(ring, SLOTS - 1, 7);
        }

        void publish() {
            ring.publish(0, SLOTS);
        }

        @Actor
        public void routing(final II_Result result) {
            result.r1 = ring.publishedSlots(0);
            if (result.r1 != 0) {
                result.r2 = Slot.read(ring, SLOTS - 1);
            }
        }
    }

    /** The routing thread gives a slot back, a publisher that waits for it fills it again. */
    @JCStressTest
    @Outcome(id = "0, 7", expect = ACCEPTABLE, desc = "no room yet")
    @Outcome(id = "1, 7", expect = ACCEPTABLE, desc = "room behind the reading")
    @Outcome(expect = FORBIDDEN, desc = "filled again while it was read")
    @State
    public static class ConsumedSlot {
        private final CommandRing ring = new CommandRing(1, 0);

        public ConsumedSlot() {
            final long place = ring.tryTake(1);
            Slot.write(ring, place, 7);
            ring.publish(place, 1);
        }

        @Actor
        public void routing(final II_Result result) {
            result.r2 = Slot.read(ring, 0);
            ring.consumed(0);
        }

        @Actor
        public void publisher(final II_Result result) {
            final long place = ring.tryTake(1);
            if (place >= 0) {
                Slot.write(ring, place, 8);
                result.r1 = 1;
            }
        }
    }

    /** Two publishers want the last slot. */
    @JCStressTest
    @Outcome(
            id = {"0, -1", "-1, 0"},
            expect = ACCEPTABLE,
            desc = "one of them has it")
    @Outcome(expect = FORBIDDEN, desc = "both have it, or none")
    @State
    public static class LastSlot {
        private final CommandRing ring = new CommandRing(1, 0);

        @Actor
        public void one(final II_Result result) {
            result.r1 = (int) ring.tryTake(1);
        }

        @Actor
        public void other(final II_Result result) {
            result.r2 = (int) ring.tryTake(1);
        }
    }

    /** A command goes through the ring; its fields are plain. */
    @JCStressTest
    @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "not published yet")
    @Outcome(id = "1, 7", expect = ACCEPTABLE, desc = "with its fields")
    @Outcome(expect = FORBIDDEN, desc = "without them")
    @State
    public static class CommandInRing {
        private final CommandRing ring = new CommandRing(2, 0);

        @Actor
        public void desk() {
            final PendingCommand pending = new PendingCommand(PendingCommand.Kind.SNAPSHOT, null, 0);
            final long place = ring.tryTakeForCommand();
            pending.sequence = 7;
            ring.pending(place, pending);
            ring.publish(place, 1);
        }

        @Actor
        public void routing(final II_Result result) {
            if (ring.published(0, 2) == 0) {
                final PendingCommand pending = ring.takePending(0);
                result.r1 = pending == null ? 2 : 1;
                result.r2 = pending == null ? 0 : (int) pending.sequence;
            }
        }
    }

    /** Two lanes answer one command: the last of them has both answers. */
    @JCStressTest
    @Outcome(
            id = {"0, 1", "1, 0"},
            expect = ACCEPTABLE,
            desc = "one was the last, and saw both")
    @Outcome(expect = FORBIDDEN, desc = "both were, or none, or one answer was missing")
    @State
    public static class AnswersOfLanes {
        private final LaneAnswers answers = new LaneAnswers(2);

        private int answer(final int lane) {
            if (!answers.add(lane, CommandAnswer.DONE)) {
                return 0;
            }
            try {
                return answers.combined() == CommandAnswer.DONE ? 1 : 2;
            } catch (final NullPointerException missing) {
                return 3;
            }
        }

        @Actor
        public void first(final II_Result result) {
            result.r1 = answer(0);
        }

        @Actor
        public void second(final II_Result result) {
            result.r2 = answer(1);
        }
    }

    /** Two lanes make ids of one word known: neither is lost. */
    @JCStressTest
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "both are known")
    @Outcome(expect = FORBIDDEN, desc = "one was lost")
    @State
    public static class IdsOfOneWord {
        private static final SeededHash HASH = new SeededHash(1);
        private final KnownIds ids = new KnownIds(HASH, 1);

        @Actor
        public void first() {
            ids.add(1, 1);
        }

        @Actor
        public void second() {
            ids.add(2, 2);
        }

        @Arbiter
        public void publisher(final II_Result result) {
            result.r1 = ids.mayContain(1, 1) ? 1 : 0;
            result.r2 = ids.mayContain(2, 2) ? 1 : 0;
        }
    }

    /** A registration was acknowledged: publishers are not told that the id is unknown. */
    @JCStressTest
    @Outcome(
            id = {"0, 0", "0, 1"},
            expect = ACCEPTABLE,
            desc = "not acknowledged yet")
    @Outcome(id = "1, 1", expect = ACCEPTABLE, desc = "acknowledged and known")
    @Outcome(expect = FORBIDDEN, desc = "acknowledged and unknown")
    @State
    public static class AcknowledgedId {
        private static final SeededHash HASH = new SeededHash(1);
        private final KnownIds ids = new KnownIds(HASH, 1);
        private final PendingCommand command = new PendingCommand(PendingCommand.Kind.APPLY, null, 0);

        @Actor
        public void routing() {
            ids.add(1, 1);
            command.future.complete(command);
        }

        @Actor
        public void publisher(final II_Result result) {
            result.r1 = command.future.isDone() ? 1 : 0;
            result.r2 = ids.mayContain(1, 1) ? 1 : 0;
        }
    }

    /** A thread concludes while it is given up: one of both decides. */
    @JCStressTest
    @Outcome(
            id = {"1, 0", "0, 1"},
            expect = ACCEPTABLE,
            desc = "one of them")
    @Outcome(expect = FORBIDDEN, desc = "both, or none")
    @State
    public static class EndOfThread {
        private final Ending ending = new Ending();

        @Actor
        public void routing(final II_Result result) {
            result.r1 = ending.begin() ? 1 : 0;
        }

        @Actor
        public void closing(final II_Result result) {
            result.r2 = ending.giveUp() ? 1 : 0;
        }
    }

    /** A publisher fails and leaves its slot, the routing thread publishes it, once. */
    @JCStressTest
    @Outcome(
            id = {"-1", "0"},
            expect = ACCEPTABLE,
            desc = "not seen yet, or published")
    @Outcome(expect = FORBIDDEN, desc = "something else was published")
    @State
    public static class LeftSlot {
        private final CommandRing ring = new CommandRing(2, 0);

        @Actor
        public void publisher() {
            final long place = ring.tryTake(1);
            final LeftSlots left = ring.left();
            left.claims[(int) place & left.mask] = place + 1 << LeftSlots.COUNT_BITS | 1;
            left.isAny = true;
        }

        @Actor
        public void routing(final I_Result result) {
            if (ring.left().isAny) {
                ring.publishLeftSlots();
            }
            result.r1 = (int) ring.published(0, 2);
        }
    }
}
