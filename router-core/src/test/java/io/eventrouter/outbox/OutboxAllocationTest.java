package io.eventrouter.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.EventRouter;
import io.eventrouter.RouterContext;
import io.eventrouter.command.Command;
import io.eventrouter.command.EventStream;
import io.eventrouter.delivery.RecipientKind;
import io.eventrouter.event.EventDraft;
import io.eventrouter.event.PublishResult;
import io.eventrouter.identity.EntityId;
import io.eventrouter.identity.ScopeId;
import io.eventrouter.status.RouterCounter;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bytes that the routing thread allocates for deliveries that are taken, and for all that can be dropped. */
@Timeout(300)
class OutboxAllocationTest {
    private static final EntityId ANN = EntityId.of(0xa, 1);
    private static final int WARM_UP_EVENTS = 200_000;
    private static final int EVENTS = 500_000;

    // What the JVM itself may charge to a thread while it compiles or deoptimizes, far below a byte an event.
    private static final long MAX_BYTES = 64 * 1_024;

    private final com.sun.management.ThreadMXBean threads =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final UnsafeBuffer payload = new UnsafeBuffer(new byte[100_000]);
    private final String[] names =
            IntStream.range(0, 100).mapToObj(i -> "t" + i).toArray(String[]::new);
    private final CountDownLatch released = new CountDownLatch(1);

    @Test
    void shouldAllocateNothingOnTheRoutingThreadWhateverBecomesOfADelivery() {
        final Outboxes outboxes = Outboxes.launch(new OutboxesContext()
                .deviceOutboxes(3)
                .workers(1)
                .failureLimit(1)
                .pause(1, 1, TimeUnit.HOURS)
                .stuckTimeout(10, TimeUnit.MILLISECONDS)
                .bytesPerOutbox(OutboxesContext.MIN_BYTES_PER_OUTBOX)
                .errorHandler(problem -> {}));
        try (EventRouter router =
                EventRouter.launch(new RouterContext().useInvoker(true).deliveryHandler(outboxes))) {
            outboxes.reportTo(router::reportAttempts);
            register(router);
            final Outbox good = outboxes.open(RecipientKind.STREAM, "good", delivery -> null);
            final Outbox failing = outboxes.open(RecipientKind.STREAM, "failing", delivery -> {
                throw new IllegalStateException("not today");
            });
            final Outbox blocked = outboxes.open(RecipientKind.STREAM, "blocked", delivery -> {
                try {
                    released.await();
                } catch (final InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                }
                return null;
            });
            outboxes.openForDevices(0, delivery -> null);
            outboxes.openForDevices(1, delivery -> null);
            final EventDraft draft = new EventDraft();
            publish(router, draft, WARM_UP_EVENTS);
            publish(router, draft, WARM_UP_EVENTS);
            while (failing.count(OutboxCounter.DROPPED_SET_ASIDE) == 0
                    || blocked.count(OutboxCounter.DROPPED_STUCK) == 0) {
                publish(router, draft, WARM_UP_EVENTS);
            }
            final long thread = Thread.currentThread().getId();

            final long before = threads.getThreadAllocatedBytes(thread);
            // The worker takes its part when it has a processor.
            do {
                publish(router, draft, EVENTS);
            } while (good.count(OutboxCounter.TAKEN) <= 100_000);
            final long allocated = threads.getThreadAllocatedBytes(thread) - before;

            assertTrue(allocated <= MAX_BYTES, "allocated=" + allocated + " bytes for " + EVENTS + " events or more");
            // Everything has happened that was to be measured.
            for (final Outbox outbox : List.of(good, failing, blocked)) {
                assertEquals(outbox.count(OutboxCounter.OFFERED), outbox.count(OutboxCounter.TAKEN) + outbox.dropped());
            }
            assertTrue(good.count(OutboxCounter.TAKEN) > 100_000, "taken=" + good.count(OutboxCounter.TAKEN));
            assertTrue(good.count(OutboxCounter.DROPPED_TOO_LONG) > 0);
            assertTrue(failing.count(OutboxCounter.DROPPED_SET_ASIDE) > 0);
            assertTrue(blocked.count(OutboxCounter.DROPPED_STUCK) > 0);
            assertTrue(outboxes.withoutOutbox() > 0);
            assertTrue(router.counter(RouterCounter.DELIVERIES_TO_DEVICES) > 0);
            released.countDown();
            outboxes.close();
        }
    }

    private static void register(final EventRouter router) {
        router.execute(new Command.RegisterUser(ANN, 0));
        for (int i = 0; i < 100; i++) {
            router.execute(new Command.RegisterDevice(EntityId.of(0xe, i)));
            router.execute(new Command.Claim(EntityId.of(0xe, i), ANN));
            router.execute(new Command.Subscribe(EntityId.of(0xe, i), "t" + i));
            router.execute(new Command.GoOnline(EntityId.of(0xe, i)));
        }
        for (final String stream : List.of("good", "failing", "blocked", "nobody")) {
            router.execute(new Command.OpenStream(EventStream.of(stream, ScopeId.owner(ANN))));
        }
    }

    private void publish(final EventRouter router, final EventDraft draft, final int events) {
        for (int i = 0; i < events; i++) {
            if (i % 10_000 == 0) {
                draft.fromLogicAsDevice(EntityId.of(0xe, 1)).name("large").payload(payload, 0, 100_000);
            } else {
                draft.fromDevice(0xe, i % 100).name(names[i * 7 % 100]).payload(payload, 0, i % 100);
            }
            while (router.publish(draft) == PublishResult.BACK_PRESSURED) {
                router.invoke();
            }
        }
        while (router.invoke() > 0) {
            Thread.onSpinWait();
        }
    }
}
