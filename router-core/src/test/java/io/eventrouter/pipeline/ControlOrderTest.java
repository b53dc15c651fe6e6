package io.eventrouter.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.memory.SeededHash;
import io.eventrouter.ownership.DeviceTable;
import io.eventrouter.routing.SlotLayout;
import io.eventrouter.status.RouterCounters;
import java.util.List;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A command has its place in every lane or in none, and nothing comes behind the one that closes the router. */
class ControlOrderTest {
    private static final int LANES = 2;
    private static final int MAX_IN_FLIGHT = 4;

    private final SeededHash hash = new SeededHash(7);
    private final LaneMap map = new LaneMap(hash, LANES);
    private final DeviceTable devices = new DeviceTable(hash, 10);
    private final CommandRing[] rings = {
        new CommandRing(CommandRing.MIN_SLOTS, 0), new CommandRing(CommandRing.MIN_SLOTS, 0)
    };
    private final PendingCommand command = new PendingCommand(PendingCommand.Kind.SNAPSHOT, null, 0);
    private final PendingCommand close = new PendingCommand(PendingCommand.Kind.CLOSE, null, 0);
    private final CommandsInFlight inFlight = new CommandsInFlight(MAX_IN_FLIGHT, new Acknowledgements(), null);
    private final Lane[] lanes = new Lane[LANES];
    private final ControlOrder order = order();
    private Runnable whenLookedAt = () -> {};

    /** Does something when it is looked at for room. */
    private final class Acknowledgements extends OneToOneConcurrentArrayQueue<PendingCommand> {
        Acknowledgements() {
            super(2 * MAX_IN_FLIGHT);
        }

        @Override
        public long removedCount() {
            final Runnable action = whenLookedAt;
            whenLookedAt = () -> {};
            action.run();
            return super.removedCount();
        }
    }

    private ControlOrder order() {
        for (int i = 0; i < LANES; i++) {
            final RingShares shares = new RingShares(rings[i], hash, 1);
            lanes[i] = new Lane(i, rings[i], new LaneIntake(rings[i], map, i, () -> 0, shares, devices.index()), null);
        }
        return new ControlOrder(new EventIntake(lanes, map, null, new RouterCounters()), lanes, map, inFlight);
    }

    @AfterEach
    void giveBackMemory() {
        devices.close();
    }

    private void fill(final int lane) {
        take(lane, (int) rings[lane].remainingSlots());
    }

    private void take(final int lane, final int slots) {
        for (int i = 0; i < slots; i++) {
            final long place = rings[lane].tryTake(1);
            SlotLayout.writeCommand(rings[lane].address(place));
            rings[lane].publish(place, 1);
        }
    }

    private void empty(final int lane) {
        rings[lane].consumed(rings[lane].taken());
    }

    private byte lastType(final int lane) {
        final long last = rings[lane].taken();
        assertEquals(last, rings[lane].published(last, 1), "its ring would stop there");
        return SlotLayout.type(rings[lane].address(last));
    }

    @Test
    void shouldLeaveNoHoleAndNoCommandInTheFirstLaneWhenTheSecondIsFull() {
        // The slots have held commands before.
        take(0, CommandRing.MIN_SLOTS);
        empty(0);
        fill(1);

        assertEquals(Admission.RING_FULL, order.offer(command));

        assertEquals(CommandRing.MIN_SLOTS, rings[0].taken());
        assertEquals(SlotLayout.VOID, lastType(0));
        assertEquals(0, inFlight.commands);
        empty(1);
        assertEquals(Admission.GRANTED, order.offer(command));
        for (int i = 0; i < LANES; i++) {
            assertEquals(SlotLayout.COMMAND, lastType(i));
            assertEquals(command, rings[i].pending(rings[i].taken()));
        }
        assertEquals(1, inFlight.commands);
    }

    @Test
    void shouldLeaveNothingInTheFirstLaneWhenTheSecondFails() {
        // The slots have held commands before.
        take(0, CommandRing.MIN_SLOTS);
        empty(0);
        final Lane second = lanes[1];
        lanes[1] = null;
        assertThrows(NullPointerException.class, () -> order.offer(command));
        lanes[1] = second;

        assertTrue(rings[0].left().isAny);
        rings[0].publishLeftSlots();

        assertEquals(CommandRing.MIN_SLOTS, rings[0].taken());
        assertEquals(SlotLayout.VOID, lastType(0));
        assertEquals(0, inFlight.commands);
        assertEquals(-1, rings[1].taken());
    }

    @Test
    void shouldRememberThoseThatSomebodyWaitsFor() {
        assertEquals(Admission.GRANTED, order.offer(new PendingCommand(PendingCommand.Kind.SNAPSHOT, null, 0)));
        command.isAwaited = true;
        assertEquals(Admission.GRANTED, order.offer(command));

        assertEquals(List.of(command), order.unanswered());
    }

    @Test
    void shouldGiveACommandTheSequenceOfItsPlaceInTheFirstLane() {
        take(0, 3);
        take(1, 5);

        assertEquals(Admission.GRANTED, order.offer(command));

        assertEquals(map.sequence(3, 0), command.sequence);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void shouldHaveTheCloseAnsweredOnceByEachLaneAlsoWhenOneHasRoomLater(final int late) {
        fill(late);

        assertFalse(order.close(close));

        assertFalse(close.answer(1 - late, CommandAnswer.DONE), "the other lane does not have it yet");
        empty(late);
        assertTrue(order.close(close));
        assertTrue(close.answer(late, CommandAnswer.DONE), "that was the last answer");
        assertEquals(0, rings[1 - late].taken(), "it is in that lane once");
        assertEquals(CommandRing.MIN_SLOTS, rings[late].taken());
    }

    @Test
    void shouldSayThatTheRouterIsClosedHoweverManyCommandsAreInFlight() {
        for (int i = 0; i < MAX_IN_FLIGHT; i++) {
            assertEquals(Admission.GRANTED, order.offer(new PendingCommand(PendingCommand.Kind.SNAPSHOT, null, 0)));
        }
        assertEquals(Admission.TOO_MANY, order.offer(command));

        order.close(close);

        assertEquals(Admission.CLOSED, order.offer(command));
    }

    @Test
    void shouldLetNothingInBehindACloseThatCameWhileItWasLookedForRoom() {
        whenLookedAt = () -> order.close(close);

        assertEquals(Admission.CLOSED, order.offer(command));

        assertEquals(close, rings[0].pending(rings[0].taken()));
        assertEquals(close, rings[1].pending(rings[1].taken()));
    }
}
