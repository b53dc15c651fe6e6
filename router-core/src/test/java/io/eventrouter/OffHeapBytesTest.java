package io.eventrouter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.command.Command;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.identity.EntityId;
import org.junit.jupiter.api.Test;

/** A router says what it holds outside of the heap. */
class OffHeapBytesTest {
    private static final int DEVICES = 20_000;

    @Test
    void shouldSayWhatItsTablesHoldAndWhatSubscriptionsHoldOfThat() {
        final EventRouter router = EventRouter.launch(
                new RouterContext().maxDevices(DEVICES).lanes(2).deliveryHandler(delivery -> AttemptOutcome.PENDING));
        final long emptyBytes = router.offHeapBytes();
        final long emptyMatchingBytes = router.matchingBytes();

        for (int i = 1; i <= DEVICES; i++) {
            router.execute(new Command.RegisterDevice(EntityId.of(7, i)));
        }
        final long bytes = router.offHeapBytes();
        assertTrue(bytes - emptyBytes >= 2 * DEVICES * 32L, "each lane has a record: " + (bytes - emptyBytes));
        assertEquals(emptyMatchingBytes, router.matchingBytes());

        for (int i = 1; i <= DEVICES; i++) {
            router.execute(new Command.Subscribe(EntityId.of(7, i), "a/prefix/of/28/bytes/" + (1_000_000 + i)));
        }
        final long matchingBytes = router.matchingBytes() - emptyMatchingBytes;
        assertTrue(matchingBytes >= DEVICES * 48L, "each has an entry: " + matchingBytes);
        assertEquals(bytes + 2 * matchingBytes, router.offHeapBytes(), "of two lanes");

        router.close();
        assertEquals(0, router.offHeapBytes());
        assertEquals(0, router.matchingBytes());
    }
}
