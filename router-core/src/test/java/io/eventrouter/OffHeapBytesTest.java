package io.eventrouter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.command.Command;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.event.EventDraft;
import io.eventrouter.identity.EntityId;
import io.eventrouter.limits.TenantLimits;
import io.eventrouter.metering.UsageGranularity;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A router says what it holds outside of the heap. */
class OffHeapBytesTest {
    private static final int DEVICES = 20_000;
    private static final int ROUNDS = 2_000;

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

    /** What is kept of each grows as they are registered, not all at once when one that came late is heard of. */
    @Test
    void shouldHaveRoomForAllThatIsRegisteredBeforeAnyOfItActs() {
        final RouterContext context = new RouterContext()
                .maxDevices(DEVICES)
                .usageGranularity(UsageGranularity.ACCOUNT)
                .tenantLimits(new TenantLimits()
                        .publishRatePerDevice(10, 10)
                        .publishRatePerAccount(10, 10)
                        .subscribeRatePerDevice(10, 10)
                        .subscribeRatePerAccount(10, 10)
                        .devicesPerOwner(10))
                .deliveryHandler(delivery -> AttemptOutcome.PENDING);
        try (EventRouter router = EventRouter.launch(context)) {
            for (int i = 1; i <= DEVICES; i++) {
                router.submit(new Command.RegisterDevice(EntityId.of(7, i)));
                router.submit(new Command.RegisterUser(EntityId.of(1, i), 0));
            }
            final EntityId device = EntityId.of(7, DEVICES);
            router.execute(new Command.GoOnline(device));
            final long bytes = router.offHeapBytes() - router.matchingBytes();

            router.execute(new Command.Claim(device, EntityId.of(1, DEVICES)));
            router.execute(new Command.Subscribe(device, "t"));
            final long sequence =
                    router.publish(new EventDraft().fromDevice(device).name("t").noPayload());
            assertTrue(router.awaitRouted(sequence, TimeUnit.SECONDS.toNanos(60)));
            router.closeUsageWindow().join();

            assertEquals(bytes, router.offHeapBytes() - router.matchingBytes());
        }
    }

    @Test
    @Timeout(300)
    void shouldNeverCountFanOutsTwiceWhileTheyComeAndGo() throws Exception {
        final EntityId ann = EntityId.of(1, 1);
        final RouterContext context = new RouterContext()
                .sliceLength(1)
                .maxDevices(DEVICES)
                .idleStrategy(YieldingIdleStrategy.INSTANCE)
                .deliveryHandler(delivery -> AttemptOutcome.PENDING);
        final CountDownLatch isOver = new CountDownLatch(1);
        try (EventRouter router = EventRouter.launch(context)) {
            router.execute(new Command.RegisterUser(ann, 0));
            for (int i = 1; i <= 4; i++) {
                final EntityId device = EntityId.of(7, i);
                router.execute(new Command.RegisterDevice(device));
                router.execute(new Command.Claim(device, ann));
                router.execute(new Command.GoOnline(device));
                router.execute(new Command.Subscribe(device, "t"));
            }
            // Nothing that the router holds is given back here, so what is told can only grow.
            final CompletableFuture<Long> mostTooMany = CompletableFuture.supplyAsync(() -> {
                long tooMany = 0;
                long most = 0;
                while (isOver.getCount() > 0) {
                    final long bytes = router.offHeapBytes();
                    tooMany = Math.max(tooMany, most - bytes);
                    most = Math.max(most, bytes);
                }
                return tooMany;
            });
            for (int round = 0; round < ROUNDS; round++) {
                publishAndAwait(router, 16);
            }
            isOver.countDown();
            assertEquals(0, mostTooMany.get());
        } finally {
            isOver.countDown();
        }
    }

    private static void publishAndAwait(final EventRouter router, final int events) {
        final EventDraft draft =
                new EventDraft().fromDevice(EntityId.of(7, 1)).name("t").noPayload();
        long sequence = 0;
        for (int i = 0; i < events; i++) {
            sequence = router.publish(draft);
        }
        assertTrue(router.awaitRouted(sequence, TimeUnit.SECONDS.toNanos(60)));
    }
}
