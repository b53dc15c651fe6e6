package io.eventrouter.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.EventRouter;
import io.eventrouter.RouterContext;
import io.eventrouter.command.Command;
import io.eventrouter.command.HookTopics;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.delivery.RecipientKind;
import io.eventrouter.event.EventDraft;
import io.eventrouter.event.PublishResult;
import io.eventrouter.identity.EntityId;
import io.eventrouter.status.CloseReport;
import io.eventrouter.status.RouterCounter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever ends a publisher between taking slots and publishing them, the ring goes on, and what was not accepted is
 * not delivered.
 */
@Timeout(300)
class DyingPublisherTest {
    private static final long AWAIT_NS = TimeUnit.SECONDS.toNanos(60);
    private static final int STRIKES = 300;
    private static final EntityId ANN = EntityId.of(0xa, 1);
    private static final EntityId DEVICE = EntityId.of(0xe, 1);

    private final AtomicLong delivered = new AtomicLong();
    private final AtomicInteger clockFault = new AtomicInteger(-1);
    private EventRouter router;

    /** The ways into the ring. */
    enum Way {
        PUBLISH {
            @Override
            long publish(final EventRouter router, final DirectBuffer payload) {
                return router.publish(draft(payload)) >= 0 ? 1 : 0;
            }
        },
        PUBLISH_ALL {
            @Override
            long publish(final EventRouter router, final DirectBuffer payload) {
                final EventDraft[] drafts = {draft(payload), draft(payload), draft(payload)};
                return router.publishAll(drafts, drafts.length, new long[drafts.length]);
            }
        },
        HOOK_RESPONSE {
            @Override
            long publish(final EventRouter router, final DirectBuffer payload) {
                final EventDraft draft =
                        new EventDraft().fromHook(DEVICE).name("t").payload(payload, 0, payload.capacity());
                return router.publishHookResponse(HookTopics.SANDBOX_DEFAULT, false, draft) >= 0 ? 2 : 0;
            }
        };

        /** Publish, and return how many events were accepted. */
        abstract long publish(EventRouter router, DirectBuffer payload);

        static EventDraft draft(final DirectBuffer payload) {
            return new EventDraft().fromDevice(DEVICE).name("t").payload(payload, 0, payload.capacity());
        }
    }

    private EventRouter launch(final int lanes) {
        router = EventRouter.launch(new RouterContext()
                .lanes(lanes)
                .maxDevices(1_000)
                .maxAccounts(1_000)
                .ringSlots(2_048)
                .closeTimeout(AWAIT_NS, TimeUnit.NANOSECONDS)
                .controlTimeout(AWAIT_NS, TimeUnit.NANOSECONDS)
                .epochClock(() -> {
                    if (!Thread.currentThread().getName().startsWith("event-router")
                            && clockFault.getAndDecrement() == 0) {
                        throw new AssertionError("planted");
                    }
                    return SystemEpochClock.INSTANCE.time();
                })
                .deliveryHandler(delivery -> {
                    delivered.addAndGet(delivery.recipientKind() == RecipientKind.DEVICE ? 1 : 0);
                    return AttemptOutcome.PENDING;
                }));
        router.execute(new Command.RegisterUser(ANN, 0));
        router.execute(new Command.RegisterDevice(DEVICE));
        router.execute(new Command.Claim(DEVICE, ANN));
        router.execute(new Command.Subscribe(DEVICE, "t"));
        router.execute(new Command.Subscribe(DEVICE, "hook-response"));
        router.execute(new Command.GoOnline(DEVICE));
        return router;
    }

    @AfterEach
    void close() {
        if (router != null) {
            router.close();
        }
    }

    /** A buffer that throws at one of the calls it gets. */
    private static DirectBuffer throwing(final int call, final AtomicInteger calls) {
        final UnsafeBuffer bytes = new UnsafeBuffer(new byte[700]);
        return (DirectBuffer) Proxy.newProxyInstance(
                DyingPublisherTest.class.getClassLoader(),
                new Class<?>[] {DirectBuffer.class},
                (proxy, method, args) -> {
                    if (calls.getAndIncrement() == call) {
                        throw new AssertionError("planted");
                    }
                    try {
                        return method.invoke(bytes, args);
                    } catch (final InvocationTargetException problem) {
                        throw problem.getCause();
                    }
                });
    }

    @ParameterizedTest
    @EnumSource
    void shouldLeaveNoHoleWhenABufferThrowsAtAnyCall(final Way way) {
        launch(1);
        long accepted = 0;
        int faults = 0;
        for (int call = 0; call >= 0; call++) {
            final AtomicInteger calls = new AtomicInteger();
            final DirectBuffer payload = throwing(call, calls);
            try {
                accepted += way.publish(router, payload);
                call = calls.get() <= call ? -2 : call;
            } catch (final AssertionError planted) {
                faults++;
            }
            accepted += check(accepted);
        }
        assertTrue(faults > 3, "faults=" + faults);
    }

    @ParameterizedTest
    @EnumSource
    void shouldLeaveNoHoleWhenTheClockThrowsAtAnyReading(final Way way) {
        launch(1);
        final DirectBuffer payload = new UnsafeBuffer(new byte[700]);
        long accepted = 0;
        int faults = 0;
        for (int reading = 0; reading < 4; reading++) {
            clockFault.set(reading);
            try {
                accepted += way.publish(router, payload);
            } catch (final AssertionError planted) {
                assertEquals(-1, clockFault.get());
                faults++;
            }
            clockFault.set(-1);
            accepted += check(accepted);
        }
        assertTrue(faults > 0, "faults=" + faults);
    }

    /** A stack that ends ever closer throws at every call that publishing makes, one after the other. */
    @ParameterizedTest
    @EnumSource
    void shouldLeaveNoHoleWhenTheStackEndsAtAnyCall(final Way way) throws InterruptedException {
        launch(1);
        final DirectBuffer payload = new UnsafeBuffer(new byte[700]);
        final AtomicLong accepted = new AtomicLong();
        EndOfStack.strike(STRIKES, () -> accepted.addAndGet(way.publish(router, payload)));

        final CloseReport report = goOnAndClose();
        assertEquals(0, report.slotsUnpublished(), report::toString);
        assertTrue(delivered.get() >= accepted.get(), "delivered=" + delivered + ", accepted=" + accepted);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldLeaveNoHoleWhenTheStackOfACommandEndsAtAnyCall(final int lanes) throws InterruptedException {
        launch(lanes);
        EndOfStack.strike(STRIKES, () -> {
            if (router.remainingSlots() > 1_024) {
                router.submit(new Command.GoOnline(DEVICE));
            }
        });

        router.execute(new Command.GoOffline(DEVICE));
        final CloseReport report = goOnAndClose();
        assertTrue(report.isComplete(), report::toString);
    }

    private CloseReport goOnAndClose() {
        // There may be more than has room at once, and who publishes does not wait.
        final long startNs = System.nanoTime();
        while (router.remainingSlots() < router.ringSlots() / 2 && System.nanoTime() - startNs < AWAIT_NS) {
            LockSupport.parkNanos(20_000);
        }
        final long sequence = router.publish(Way.draft(new UnsafeBuffer(new byte[1])));
        assertTrue(sequence >= 0, PublishResult.describe(sequence));
        assertTrue(
                router.awaitRouted(sequence, AWAIT_NS),
                () -> router.closeAndReport().toString());
        return router.closeAndReport();
    }

    // The ring goes on, and all that was accepted was delivered, and nothing else.
    private long check(final long accepted) {
        final long sequence = router.publish(Way.draft(new UnsafeBuffer(new byte[1])));
        assertTrue(sequence >= 0, PublishResult.describe(sequence));
        assertTrue(
                router.awaitRouted(sequence, AWAIT_NS),
                () -> router.closeAndReport().toString());
        assertEquals(accepted + 1, delivered.get());
        assertEquals(accepted + 1, router.counter(RouterCounter.EVENTS_ACCEPTED));
        return 1;
    }
}
