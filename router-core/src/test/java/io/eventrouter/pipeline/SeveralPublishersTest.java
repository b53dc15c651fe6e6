package io.eventrouter.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.EventRouter;
import io.eventrouter.RouterContext;
import io.eventrouter.command.Command;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.delivery.Delivery;
import io.eventrouter.event.EventDraft;
import io.eventrouter.event.PublishResult;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.metering.DataOperations;
import io.eventrouter.metering.UsageSnapshot;
import io.eventrouter.status.RouterCounter;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Several publishers against one router with a small ring, while a device is claimed and unclaimed. Oracle: every
 * publisher numbers its events, and the numbers must come out in order, none missing, none twice.
 */
@Timeout(300)
class SeveralPublishersTest {
    private static final int PUBLISHERS = 4;
    private static final int EVENTS_PER_PUBLISHER = 100_000;
    private static final EntityId ANN = EntityId.of(0xa, 1);
    private static final EntityId LISTENER = EntityId.of(0xe, 0);

    private final long seed = System.nanoTime();
    private final long[] nextNumber = new long[PUBLISHERS];
    private final long[] expectedOperations = new long[PUBLISHERS];
    private final AtomicLong backPressured = new AtomicLong();
    private String firstFault;

    private AttemptOutcome onDelivery(final Delivery delivery) {
        // Until the ring has been full, which would not come by itself on a machine that is slow to publish.
        while (backPressured.get() == 0) {
            Thread.onSpinWait();
        }
        final int publisher = delivery.event().publisherIdLow() - 1;
        final long number = delivery.event().correlationId();
        final int offset = delivery.event().payloadOffset();
        final int length = delivery.event().payloadLength();
        if (number != nextNumber[publisher] || !isFilledWith(delivery, offset, length, (byte) number)) {
            firstFault = firstFault != null
                    ? firstFault
                    : "publisher=" + publisher + ", number=" + number + ", expected=" + nextNumber[publisher]
                            + ", seed=" + seed;
        }
        nextNumber[publisher] = number + 1;
        return AttemptOutcome.PENDING;
    }

    private static boolean isFilledWith(final Delivery delivery, final int offset, final int length, final byte value) {
        for (int i = offset; i < offset + length; i++) {
            if (delivery.event().buffer().getByte(i) != value) {
                return false;
            }
        }
        return true;
    }

    @Test
    void shouldKeepTheOrderOfEachPublisherAndLoseAndDoubleNothing() throws InterruptedException {
        try (EventRouter router = EventRouter.launch(new RouterContext()
                .ringSlots(2_048)
                .controlTimeout(60, TimeUnit.SECONDS)
                .deliveryHandler(this::onDelivery))) {
            router.execute(new Command.RegisterUser(ANN, 0));
            for (int i = 0; i <= PUBLISHERS; i++) {
                final EntityId device = EntityId.of(0xe, i);
                router.execute(new Command.RegisterDevice(device, 16_384));
                router.execute(new Command.Claim(device, ANN));
            }
            router.execute(new Command.Subscribe(LISTENER, "n"));
            router.execute(new Command.GoOnline(LISTENER));
            final Thread[] threads = new Thread[PUBLISHERS];
            for (int i = 0; i < PUBLISHERS; i++) {
                final int publisher = i;
                threads[i] = new Thread(() -> publish(router, publisher));
                threads[i].start();
            }
            // Commands take their places among the events; this one changes nothing that is delivered.
            for (int i = 0; i < 200; i++) {
                router.execute(new Command.SetDeviceFlags(LISTENER, null, null, i % 2 == 0));
            }
            for (final Thread thread : threads) {
                thread.join();
            }
            final UsageSnapshot snapshot = router.usageSnapshot().join();

            assertEquals(null, firstFault);
            final long events = (long) PUBLISHERS * EVENTS_PER_PUBLISHER;
            assertEquals(events, router.counter(RouterCounter.EVENTS_ACCEPTED), "seed=" + seed);
            assertEquals(events, router.counter(RouterCounter.DELIVERIES_TO_DEVICES), "seed=" + seed);
            assertEquals(
                    backPressured.get(), router.counter(RouterCounter.EVENTS_REFUSED_BACK_PRESSURED), "seed=" + seed);
            assertTrue(backPressured.get() > 0, "the ring was full: seed=" + seed);
            long operations = 0;
            for (final long ofPublisher : expectedOperations) {
                operations += ofPublisher;
            }
            assertEquals(
                    new UsageSnapshot.Totals(operations, operations), snapshot.of(AccountId.user(ANN)), "seed=" + seed);
        }
    }

    // Half of the publishers bring one event at a time, the others several.
    private void publish(final EventRouter router, final int publisher) {
        final SplittableRandom random = new SplittableRandom(seed + publisher);
        final EventDraft[] drafts = new EventDraft[publisher % 2 == 0 ? 1 : 10];
        final UnsafeBuffer[] payloads = new UnsafeBuffer[drafts.length];
        for (int i = 0; i < drafts.length; i++) {
            payloads[i] = new UnsafeBuffer(new byte[16_384]);
            drafts[i] = new EventDraft().fromDevice(0xe, publisher + 1).name("number");
        }
        for (int number = 0; number < EVENTS_PER_PUBLISHER; number += drafts.length) {
            for (int i = 0; i < drafts.length; i++) {
                final int length = (number + i) % 1_000 == 0 ? random.nextInt(16_385) : random.nextInt(200);
                payloads[i].setMemory(0, length, (byte) (number + i));
                drafts[i].payload(payloads[i], 0, length).correlationId(number + i);
                expectedOperations[publisher] += DataOperations.of(length);
            }
            publishUntilAccepted(router, drafts);
        }
    }

    private void publishUntilAccepted(final EventRouter router, final EventDraft[] drafts) {
        if (drafts.length == 1) {
            while (router.publish(drafts[0]) == PublishResult.BACK_PRESSURED) {
                backPressured.incrementAndGet();
                Thread.yield();
            }
            return;
        }
        final EventDraft[] waiting = drafts.clone();
        int count = waiting.length;
        while (count > 0) {
            final int accepted = router.publishAll(waiting, count, new long[count]);
            count -= accepted;
            System.arraycopy(waiting, accepted, waiting, 0, count);
            backPressured.addAndGet(count);
        }
    }
}
