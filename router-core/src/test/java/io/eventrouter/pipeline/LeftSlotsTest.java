package io.eventrouter.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.eventrouter.routing.SlotLayout;
import org.junit.jupiter.api.Test;

/** Slots whose publisher failed are published as nothing, and no others are touched. */
class LeftSlotsTest {
    private static final int SLOTS = CommandRing.MIN_SLOTS;

    private final CommandRing ring = new CommandRing(SLOTS, 0);

    private void leave(final long first, final int count) {
        ring.left().claims[(int) first & ring.left().mask] = first + 1 << LeftSlots.COUNT_BITS | count;
        ring.left().isAny = true;
    }

    @Test
    void shouldPublishAsNothingWhatWasLeft() {
        final long first = ring.tryTake(3);
        for (long place = first; place < first + 3; place++) {
            SlotLayout.writeCommand(ring.address(place));
        }
        leave(first, 3);

        ring.publishLeftSlots();

        assertEquals(first + 2, ring.published(0, SLOTS));
        for (long place = first; place < first + 3; place++) {
            assertEquals(SlotLayout.VOID, SlotLayout.type(ring.address(place)));
        }
    }

    /** Other lanes have the command too, so it is carried out here as well. */
    @Test
    void shouldPublishACommandThatWasLeftAsItIs() {
        final long place = ring.tryTakeForCommand();
        SlotLayout.writeCommand(ring.address(place));
        leave(place, LeftSlots.COMMAND);

        ring.publishLeftSlots();

        assertEquals(1, ring.publishedSlots(place));
        assertEquals(SlotLayout.COMMAND, SlotLayout.type(ring.address(place)));
    }

    /** The end may strike a publisher between one slot of its claim and the next. */
    @Test
    void shouldLeaveToOthersWhatTheyTookOfAClaimWhoseFirstSlotsWereConsumed() {
        final long first = ring.tryTake(4);
        ring.publish(first, 2);
        ring.consumed(first + 1);
        assertEquals(first + 4, ring.tryTake(SLOTS - 4));
        final long again = ring.tryTake(2);
        assertEquals(ring.address(first), ring.address(again), "the slots of the claim that were consumed");
        SlotLayout.writeCommand(ring.address(again));
        SlotLayout.writeCommand(ring.address(again + 1));
        ring.publish(again, 2);
        leave(first, 4);

        ring.publishLeftSlots();

        assertEquals(1, ring.publishedSlots(first + 2));
        assertEquals(1, ring.publishedSlots(first + 3));
        assertEquals(1, ring.publishedSlots(again), "what others published stays published");
        assertEquals(1, ring.publishedSlots(again + 1), "what others published stays published");
        assertEquals(SlotLayout.COMMAND, SlotLayout.type(ring.address(again)));
        assertEquals(SlotLayout.COMMAND, SlotLayout.type(ring.address(again + 1)));
    }
}
