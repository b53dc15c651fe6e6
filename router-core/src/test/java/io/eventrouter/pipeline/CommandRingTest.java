package io.eventrouter.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.eventrouter.event.EventDraft;
import io.eventrouter.routing.SlotLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was taken is seen when it is published and not before, whatever its length and whatever was there before. */
class CommandRingTest {
    private static final int SLOTS = CommandRing.MIN_SLOTS;
    private static final int LONG = CommandRing.MAX_SLOTS_OF_SHORT_EVENT + 1;

    private final CommandRing ring = new CommandRing(SLOTS, 0);

    private void write(final long place, final int slots) {
        final int payloadLength = slots * CommandRing.SLOT_LENGTH - SlotLayout.payload(1);
        final EventDraft draft = new EventDraft().fromDevice(1, 2).name("n").payload(new byte[payloadLength]);
        SlotLayout.writeEvent(ring.buffer(), ring.offset(place), draft, 0, 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, LONG - 1, LONG, 129})
    void shouldShowAnEventWhenItIsPublishedAndNotBefore(final int slots) {
        final long place = ring.tryTake(slots);
        write(place, slots);
        assertEquals(0, ring.publishedSlots(place));

        ring.publish(place, slots);

        assertEquals(slots, ring.publishedSlots(place));
    }

    @Test
    void shouldShowEventsOfAllLengthsThatWereTakenTogether() {
        final int[] lengths = {1, LONG, 129, 2, LONG - 1, LONG, 1};
        int slots = 0;
        for (final int length : lengths) {
            slots += length;
        }
        final long first = ring.tryTake(slots);
        long place = first;
        for (final int length : lengths) {
            write(place, length);
            place += length;
        }

        ring.publish(first, slots);

        place = first;
        for (final int length : lengths) {
            assertEquals(length, ring.publishedSlots(place));
            place += length;
        }
    }

    @Test
    void shouldLookNoFurtherThanToTheFirstSlotOfALongEvent() {
        final long first = ring.tryTake(2 + LONG + 3);
        write(first, 2);
        write(first + 2, LONG);
        write(first + 2 + LONG, 3);

        ring.publish(first, 2 + LONG + 3);

        assertEquals(first + 2, ring.published(first, SLOTS));
        assertEquals(first + 2 + LONG + 2, ring.published(first + 2 + LONG, SLOTS));
    }

    /** Slots inside of long events keep the marks of earlier laps, which must not be taken for new ones. */
    @Test
    void shouldTellWhatIsPublishedFromWhatIsNotWhateverWasThereInEarlierLaps() {
        final long seed = System.nanoTime();
        final SplittableRandom random = new SplittableRandom(seed);
        final List<Taken> all = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            final int slots = random.nextInt(4) == 0 ? random.nextInt(1, 140) : random.nextInt(1, 8);
            final long place = ring.tryTake(slots);
            if (place != CommandRing.NO_ROOM) {
                all.add(new Taken(place, slots));
            }
            if (place == CommandRing.NO_ROOM || random.nextInt(3) == 0) {
                final Taken any = all.get(random.nextInt(all.size()));
                write(any.place, any.slots);
                ring.publish(any.place, any.slots);
                any.isPublished = true;
            }
            for (final Taken taken : all) {
                assertEquals(
                        taken.isPublished ? taken.slots : 0,
                        ring.publishedSlots(taken.place),
                        () -> "place=" + taken.place + ", slots=" + taken.slots + ", seed=" + seed);
            }
            while (!all.isEmpty() && all.get(0).isPublished) {
                final Taken first = all.remove(0);
                ring.consumed(first.place + first.slots - 1);
            }
        }
    }

    private static final class Taken {
        private final long place;
        private final int slots;
        private boolean isPublished;

        Taken(final long place, final int slots) {
            this.place = place;
            this.slots = slots;
        }
    }
}
