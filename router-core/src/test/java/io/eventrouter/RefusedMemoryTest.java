package io.eventrouter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.journal.SimulatedDisk;
import io.eventrouter.limits.TenantLimits;
import io.eventrouter.memory.RefusingMemory;
import java.util.function.Supplier;
import net.openhft.chronicle.core.OS;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A launch that the system has no memory for gives back what it has got, whichever part of it was refused. */
@Timeout(300)
class RefusedMemoryTest {
    private static RouterContext context() {
        return new RouterContext()
                .useInvoker(true)
                .lanes(2)
                .maxDevices(100)
                .maxAccounts(100)
                .maxMatchingMemory(1 << 20)
                .tenantLimits(new TenantLimits()
                        .devicesPerOwner(10)
                        .publishRatePerDevice(10, 10)
                        .publishRatePerAccount(10, 10)
                        .subscribeRatePerDevice(10, 10)
                        .subscribeRatePerAccount(10, 10))
                .deliveryHandler(delivery -> AttemptOutcome.PENDING);
    }

    @Test
    void shouldGiveBackWhatItHasWithoutADataDirectory() {
        assertGivesBack(RefusedMemoryTest::context, 30);
    }

    @Test
    void shouldGiveBackWhatItHasWithADataDirectory() {
        final SimulatedDisk disk = new SimulatedDisk();
        assertGivesBack(() -> context().journalSegmentLength(2_048).dataDisk(disk), 38);
    }

    // Every launch is of a context of its own, with the next of all reservations refused, until none is.
    private static void assertGivesBack(final Supplier<RouterContext> contexts, final int reservations) {
        // The first takes a little for all that follow.
        EventRouter.launch(contexts.get()).close();
        final long ownershipBytes = OS.memory().nativeMemoryUsed();
        int given = 0;
        boolean isLaunched = false;
        while (!isLaunched) {
            try (RefusingMemory memory = new RefusingMemory(given)) {
                isLaunched = launch(contexts.get(), memory);
                assertEquals(0, memory.notGivenBack(), "given=" + given);
            }
            assertEquals(ownershipBytes, OS.memory().nativeMemoryUsed(), "given=" + given);
            given++;
        }
        assertEquals(reservations, given - 1);
    }

    private static boolean launch(final RouterContext context, final RefusingMemory memory) {
        try (EventRouter router = EventRouter.launch(context)) {
            assertTrue(router.offHeapBytes() > 0);
            return true;
        } catch (final OutOfMemoryError refused) {
            assertTrue(memory.hasRefused(), refused.toString());
            return false;
        }
    }
}
