package io.eventrouter.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.EventRouter;
import io.eventrouter.RouterContext;
import io.eventrouter.command.Command;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.identity.EntityId;
import io.eventrouter.memory.SeededHash;
import io.eventrouter.routing.RoutingCore;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Devices that time out in one lane go offline in the other: however many they are, and whatever their hashes are. */
class DeviceTimeoutsTest {
    private static final long HASH_SEED = 7;
    private static final int RING_SLOTS = 2_048;
    private static final int ENTRIES = 8 * RING_SLOTS / 4;
    private static final int MORE_THAN_ONE_COMMAND_TAKES = 1_100;

    private final EventRouter router = EventRouter.launch(new RouterContext()
            .useInvoker(true)
            .lanes(2)
            .ringSlots(RING_SLOTS)
            .hashSeed(HASH_SEED)
            .epochClock(() -> 1_000_000)
            .deliveryHandler(delivery -> AttemptOutcome.PENDING));

    @AfterEach
    void close() {
        router.close();
    }

    private RoutingCore core(final int lane) {
        return LaneFault.pipelineOf(router).lane(lane).core();
    }

    private void register(final EntityId device) {
        router.execute(new Command.RegisterDevice(device));
        router.execute(new Command.GoOnline(device));
    }

    private void drain() {
        while (router.invoke() > 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void shouldTakeMoreOfThemOfflineThanOneCommandTakes() {
        for (int i = 0; i < MORE_THAN_ONE_COMMAND_TAKES; i++) {
            register(EntityId.of(0xe, i));
        }
        final int[] handles =
                IntStream.rangeClosed(1, MORE_THAN_ONE_COMMAND_TAKES).toArray();
        core(0).takeOffline(handles);
        for (final int handle : handles) {
            core(0).timedOut().addInt(handle);
            assertTrue(core(1).isOnline(handle));
        }

        drain();

        assertTrue(core(0).timedOut().isEmpty());
        assertEquals(0, IntStream.of(handles).filter(core(1)::isOnline).count());
    }

    @Test
    void shouldTakeADeviceOfflineThatHasTheFirstEntry() {
        final LaneMap map = new LaneMap(SeededHash.apartFrom(HASH_SEED, "lanes"), 2);
        int number = 0;
        while (map.indexOf(0xe, number, ENTRIES) != 0) {
            number++;
        }
        final EntityId device = EntityId.of(0xe, number);
        register(device);

        router.reportAttempts(device.high(), device.low(), 1, AttemptOutcome.FAILED);
        drain();

        assertFalse(core(0).isOnline(1));
        assertFalse(core(1).isOnline(1));
    }
}
