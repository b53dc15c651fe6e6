package io.eventrouter.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.command.HookTopics;
import io.eventrouter.event.EventDraft;
import io.eventrouter.event.PublishResult;
import io.eventrouter.memory.SeededHash;
import io.eventrouter.ownership.DeviceTable;
import io.eventrouter.routing.SlotLayout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Slots that were taken are published whatever becomes of them, also by a publisher that the close of its lane
 * overtakes.
 */
class LaneIntakeTest {
    private static final int SLOTS = CommandRing.MIN_SLOTS;
    private static final int PAYLOAD_LENGTH = 700;

    private final SeededHash hash = new SeededHash(7);
    private final DeviceTable devices = new DeviceTable(hash, 10);
    private final CommandRing ring = new CommandRing(SLOTS, 0);
    private final LaneIntake intake =
            new LaneIntake(ring, new LaneMap(hash, 1), 0, () -> 0, new RingShares(ring, hash, 1), devices.index());

    /** The ways into the ring. */
    enum Way {
        PUT {
            @Override
            long put(final LaneIntake intake) {
                return intake.put(event(), 0);
            }
        },
        PUT_ALL {
            @Override
            long put(final LaneIntake intake) {
                final long[] results = {WaitingDraft.of(0, 0), WaitingDraft.of(0, 0)};
                intake.putAll(new EventDraft[] {event(), event()}, 2, results);
                assertEquals(results[0] < 0, results[1] < 0);
                return results[0];
            }
        },
        PUT_CHUNKS {
            @Override
            long put(final LaneIntake intake) {
                final EventDraft draft =
                        new EventDraft().fromHook(1, 2).name("n").payload(new byte[PAYLOAD_LENGTH]);
                return intake.putChunks(HookTopics.SANDBOX_DEFAULT.response(), draft, PAYLOAD_LENGTH, 512, true);
            }
        },
        PUT_ATTEMPTS {
            @Override
            long put(final LaneIntake intake) {
                return intake.putAttempts(1, 2, 1, 0);
            }
        };

        abstract long put(LaneIntake intake);

        static EventDraft event() {
            return new EventDraft().fromDevice(1, 2).name("n").payload(new byte[PAYLOAD_LENGTH]);
        }
    }

    @AfterEach
    void close() {
        devices.close();
    }

    /** In an earlier turn of the ring the same slots held events, and those must not be routed again. */
    @ParameterizedTest
    @EnumSource
    void shouldPublishAsNothingWhatItTakesWhenTheLaneIsClosed(final Way way) {
        fillWithEvents();
        final long first = ring.taken() + 1;
        intake.close();

        assertEquals(PublishResult.CLOSED, way.put(intake));

        assertTrue(ring.taken() >= first, "slots were taken");
        for (long place = first; place <= ring.taken(); place++) {
            assertEquals(1, ring.publishedSlots(place), "place=" + place);
            assertEquals(SlotLayout.VOID, SlotLayout.type(ring.address(place)), "place=" + place);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"PUT", "PUT_ALL"})
    void shouldTakeNothingOfAShareForWhatIsPressedBack(final Way way) {
        final LaneIntake sharing =
                new LaneIntake(ring, new LaneMap(hash, 1), 0, () -> 0, new RingShares(ring, hash, 16), devices.index());
        final long last = ring.tryTake(SLOTS - 1) + SLOTS - 2;
        for (int i = 0; i < SLOTS; i++) {
            assertEquals(PublishResult.BACK_PRESSURED, way.put(sharing));
        }

        ring.consumed(last - SLOTS / 2);

        assertTrue(way.put(sharing) >= 0);
    }

    private void fillWithEvents() {
        final EventDraft draft = new EventDraft().fromDevice(1, 2).name("n").noPayload();
        for (int i = 0; i < SLOTS; i++) {
            assertEquals(i, intake.put(draft, 0));
        }
        ring.consumed(ring.taken());
    }
}
