package io.eventrouter.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.EventRouter;
import io.eventrouter.RouterContext;
import io.eventrouter.command.Command;
import io.eventrouter.command.EventStream;
import io.eventrouter.command.HookTopics;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.event.EventDraft;
import io.eventrouter.event.PublishResult;
import io.eventrouter.identity.EntityId;
import io.eventrouter.identity.ScopeId;
import java.lang.management.ManagementFactory;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Bytes that publishing and routing threads allocate once they are warm, as the JVM counts them per thread. */
@Timeout(300)
class AllocationTest {
    private static final EntityId ANN = EntityId.of(0xa, 1);
    private static final int WARM_UP_EVENTS = 200_000;
    private static final int EVENTS = 1_000_000;

    // What the JVM itself may charge to a thread while it compiles or deoptimizes, far below a byte an event.
    private static final long MAX_BYTES = 64 * 1_024;

    private final com.sun.management.ThreadMXBean threads =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final UnsafeBuffer payload = new UnsafeBuffer(new byte[16_384]);
    private long delivered;
    private long deliveredBytes;

    @Test
    void shouldAllocateNothingPerHookResponse() {
        try (EventRouter router =
                EventRouter.launch(new RouterContext().useInvoker(true).deliveryHandler(delivery -> {
                    delivered++;
                    return AttemptOutcome.PENDING;
                }))) {
            register(router);
            final EventDraft draft =
                    new EventDraft().fromHook(EntityId.of(0xe, 1)).name("temp").payload(payload, 0, 1_200);
            answer(router, draft, WARM_UP_EVENTS);
            final long thread = Thread.currentThread().getId();
            delivered = 0;

            final long before = threads.getThreadAllocatedBytes(thread);
            answer(router, draft, WARM_UP_EVENTS);
            final long allocated = threads.getThreadAllocatedBytes(thread) - before;

            assertTrue(allocated <= MAX_BYTES, "allocated=" + allocated + " bytes");
            assertEquals(3L * WARM_UP_EVENTS, delivered, "three chunks each, to a stream");
        }
    }

    private static void answer(final EventRouter router, final EventDraft draft, final int answers) {
        for (int i = 0; i < answers; i++) {
            while (router.publishHookResponse(HookTopics.PRODUCT_DEFAULT, false, draft)
                    == PublishResult.BACK_PRESSURED) {
                router.invoke();
            }
        }
        while (router.invoke() > 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void shouldAllocateNothingPerEventOnPublishingAndRoutingThread() {
        try (EventRouter router =
                EventRouter.launch(new RouterContext().useInvoker(true).deliveryHandler(delivery -> {
                    delivered++;
                    deliveredBytes += delivery.event().payloadLength();
                    return delivered % 3 == 0 ? AttemptOutcome.ACKNOWLEDGED_SECOND : AttemptOutcome.PENDING;
                }))) {
            register(router);
            final EventDraft draft = new EventDraft();
            publish(router, draft, WARM_UP_EVENTS);
            publish(router, draft, WARM_UP_EVENTS);
            final long thread = Thread.currentThread().getId();
            delivered = 0;
            deliveredBytes = 0;

            final long before = threads.getThreadAllocatedBytes(thread);
            final long payloadBytes = publish(router, draft, EVENTS);
            final long allocated = threads.getThreadAllocatedBytes(thread) - before;

            assertTrue(allocated <= MAX_BYTES, "allocated=" + allocated + " bytes for " + EVENTS + " events");
            assertEquals(2L * EVENTS, delivered, "a device and a stream each");
            assertEquals(2 * payloadBytes, deliveredBytes);
        }
    }

    @Test
    void shouldAllocateNothingWhenSeveralEventsGoToSeveralLanes() {
        try (EventRouter router =
                EventRouter.launch(new RouterContext().useInvoker(true).lanes(4).deliveryHandler(delivery -> {
                    delivered++;
                    return AttemptOutcome.PENDING;
                }))) {
            register(router);
            final EventDraft[] drafts = new EventDraft[16];
            for (int i = 0; i < drafts.length; i++) {
                drafts[i] = new EventDraft().fromDevice(0xe, i).name("x").payload(payload, 0, 64);
            }
            final long[] results = new long[drafts.length];
            publishTogether(router, drafts, results, 2 * WARM_UP_EVENTS);
            final long thread = Thread.currentThread().getId();
            delivered = 0;

            final long before = threads.getThreadAllocatedBytes(thread);
            publishTogether(router, drafts, results, EVENTS);
            final long allocated = threads.getThreadAllocatedBytes(thread) - before;

            assertTrue(allocated <= MAX_BYTES, "allocated=" + allocated + " bytes for " + EVENTS + " events");
            assertEquals(EVENTS, delivered, "a stream each");
        }
    }

    @Test
    void shouldAllocateNothingPerEventThatIsDeliveredInSlices() {
        try (EventRouter router = EventRouter.launch(
                new RouterContext().useInvoker(true).sliceLength(7).deliveryHandler(delivery -> {
                    delivered++;
                    deliveredBytes += delivery.event().payloadLength();
                    return delivered % 3 == 0 ? AttemptOutcome.ACKNOWLEDGED_SECOND : AttemptOutcome.PENDING;
                }))) {
            register(router);
            for (int i = 0; i < 100; i++) {
                router.execute(new Command.Subscribe(EntityId.of(0xe, i), "all"));
            }
            final EventDraft draft = new EventDraft().fromUser(ANN).name("all");
            broadcast(router, draft, WARM_UP_EVENTS / 20);
            final long thread = Thread.currentThread().getId();
            delivered = 0;

            final long before = threads.getThreadAllocatedBytes(thread);
            broadcast(router, draft, EVENTS / 100);
            final long allocated = threads.getThreadAllocatedBytes(thread) - before;

            assertTrue(allocated <= MAX_BYTES, "allocated=" + allocated + " bytes");
            assertEquals(EVENTS / 100 * 101L, delivered, "a hundred devices and a stream each");
        }
    }

    private void broadcast(final EventRouter router, final EventDraft draft, final int events) {
        for (int i = 0; i < events; i++) {
            draft.payload(payload, 0, i % 1_000);
            assertTrue(router.publish(draft) >= 0);
            if (i % 8 == 0) {
                while (router.invoke() > 0) {
                    Thread.onSpinWait();
                }
            }
        }
        while (router.invoke() > 0) {
            Thread.onSpinWait();
        }
    }

    private static void publishTogether(
            final EventRouter router, final EventDraft[] drafts, final long[] results, final int events) {
        for (int i = 0; i < events; i += drafts.length) {
            assertEquals(drafts.length, router.publishAll(drafts, drafts.length, results));
            if (i % 1_024 == 0) {
                while (router.invoke() > 0) {
                    Thread.onSpinWait();
                }
            }
        }
        while (router.invoke() > 0) {
            Thread.onSpinWait();
        }
    }

    private static void register(final EventRouter router) {
        router.execute(new Command.RegisterUser(ANN, 0));
        for (int i = 0; i < 100; i++) {
            router.execute(new Command.RegisterDevice(EntityId.of(0xe, i), 16_384));
            router.execute(new Command.Claim(EntityId.of(0xe, i), ANN));
            router.execute(new Command.Subscribe(EntityId.of(0xe, i), "t" + i + "/"));
            router.execute(new Command.GoOnline(EntityId.of(0xe, i)));
        }
        router.execute(new Command.OpenStream(EventStream.of("all", ScopeId.owner(ANN))));
    }

    private long publish(final EventRouter router, final EventDraft draft, final int events) {
        final String[] names = new String[100];
        for (int i = 0; i < names.length; i++) {
            names[i] = "t" + i + "/" + "x".repeat(64 - 2 - String.valueOf(i).length());
        }
        long payloadBytes = 0;
        for (int i = 0; i < events; i++) {
            final int length = i % 1_000 == 0 ? 16_384 : i % 100;
            draft.fromDevice(0xe, i % 100).name(names[i * 7 % 100]).payload(payload, 0, length);
            while (router.publish(draft) == PublishResult.BACK_PRESSURED) {
                router.invoke();
            }
            payloadBytes += length;
        }
        while (router.invoke() > 0) {
            Thread.onSpinWait();
        }
        return payloadBytes;
    }
}
