package io.eventrouter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.command.Command;
import io.eventrouter.command.EventStream;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.delivery.Delivery;
import io.eventrouter.event.EventDraft;
import io.eventrouter.event.PublishResult;
import io.eventrouter.event.RoutedEvent;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.identity.ScopeId;
import io.eventrouter.limits.TenantLimits;
import io.eventrouter.metering.UsageSnapshot;
import io.eventrouter.status.CloseReport;
import io.eventrouter.status.RouterCounter;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an embedder sees of fan-outs that are cut into slices: one account broadcasts, another wants to get through. */
@Timeout(300)
class SlicesTest {
    private static final int RECEIVERS = 100;
    private static final int SLICE = 10;
    private static final EntityId ANN = EntityId.of(0xa, 1);
    private static final EntityId BOB = EntityId.of(0xb, 1);
    private static final int OF_ANN = 1;
    private static final int OF_BOB = 2;

    private final List<String> log = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private final EventDraft draft = new EventDraft();

    private EventRouter launch(final RouterContext context) {
        final EventRouter router = EventRouter.launch(context.sliceLength(SLICE)
                .useInvoker(true)
                .ringSlots(2_048)
                .deliveryHandler(this::onDelivery)
                .refusalHandler((event, code) -> refused.add(event.name() + " " + PublishResult.describe(code))));
        register(router, ANN, OF_ANN);
        register(router, BOB, OF_BOB);
        return router;
    }

    private AttemptOutcome onDelivery(final Delivery delivery) {
        final RoutedEvent event = delivery.event();
        log.add(event.productId() + " " + event.name());
        if (event.name().equals("broken")) {
            throw new IllegalStateException("planted");
        }
        return AttemptOutcome.ACKNOWLEDGED_FIRST;
    }

    private static void register(final EventRouter router, final EntityId user, final int product) {
        router.execute(new Command.RegisterUser(user, 0));
        router.execute(new Command.RegisterProduct(product, AccountId.user(user)));
        for (int i = 0; i < RECEIVERS; i++) {
            final EntityId device = device(product, i);
            router.execute(new Command.RegisterDevice(device));
            router.execute(new Command.AddToProduct(device, product));
            router.execute(new Command.Subscribe(device, "all"));
            router.execute(new Command.Subscribe(device, "broken"));
            router.execute(new Command.GoOnline(device));
        }
        router.execute(new Command.Subscribe(device(product, 0), "one"));
    }

    private static EntityId device(final int product, final int number) {
        return EntityId.of(product, number);
    }

    private long publish(final EventRouter router, final int product, final String name) {
        return router.publish(draft.fromDevice(device(product, 1)).name(name).payload(new byte[8]));
    }

    private long delivered(final String event) {
        return log.stream().filter(event::equals).count();
    }

    private static void drain(final EventRouter router) {
        while (router.invoke() > 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void shouldLetAnotherAccountThroughWithinASlice() {
        try (EventRouter router = launch(new RouterContext())) {
            publish(router, OF_ANN, "all");
            router.invoke();
            assertEquals(SLICE, delivered("1 all"));

            publish(router, OF_BOB, "one");
            router.invoke();

            assertEquals(1, delivered("2 one"));
            assertEquals(2 * SLICE, delivered("1 all"), "and a slice for every round");
            drain(router);
            assertEquals(RECEIVERS, delivered("1 all"));
        }
    }

    @Test
    void shouldFinishFanOutsWhenItIsClosed() {
        final EventRouter router = launch(new RouterContext());
        publish(router, OF_ANN, "all");
        router.invoke();
        assertEquals(SLICE, delivered("1 all"));

        final CloseReport report = router.closeAndReport();

        assertTrue(report.isComplete(), report::toString);
        assertEquals(RECEIVERS, delivered("1 all"));
    }

    @Test
    void shouldGoOnWithAFanOutWhileOthersHaveMoreThanItsSlicesWouldTake() {
        try (EventRouter router = launch(new RouterContext())) {
            publish(router, OF_ANN, "all");
            router.invoke();
            assertEquals(SLICE, delivered("1 all"));
            final int others = 300;
            for (int i = 0; i < others; i++) {
                publish(router, OF_BOB, "one");
            }

            router.invoke();

            assertEquals(others, delivered("2 one"));
            assertEquals(SLICE + others / 64 * SLICE + SLICE, delivered("1 all"), "one for 64 events, and at the end");
        }
    }

    @Test
    void shouldGiveAccountsTheirTurnsHoweverManyFanOutsOneHas() {
        try (EventRouter router = launch(new RouterContext())) {
            for (int i = 0; i < 5; i++) {
                publish(router, OF_ANN, "all/" + i);
            }
            router.invoke();
            assertEquals(SLICE, log.size(), "one slice of the first");
            publish(router, OF_BOB, "all/");

            for (int i = 0; i < 2 * RECEIVERS / SLICE; i++) {
                router.invoke();
            }

            assertEquals(RECEIVERS, delivered("2 all/"), "every other slice was Bob's");
            assertEquals(RECEIVERS, delivered("1 all/0"), "and Ann's first came first");
            drain(router);
            assertEquals(6L * RECEIVERS, log.size());
        }
    }

    @Test
    void shouldServeOthersThoughNewFanOutsOfOneKeepComing() {
        try (EventRouter router = launch(new RouterContext().pendingFanOutsPerAccount(64))) {
            publish(router, OF_ANN, "all/0");
            router.invoke();
            publish(router, OF_BOB, "all/");
            for (int i = 0; i < 2 * RECEIVERS / SLICE; i++) {
                publish(router, OF_ANN, "all/" + (i + 1));
                router.invoke();
            }

            assertEquals(List.of(), refused);
            assertEquals(RECEIVERS, delivered("2 all/"), "every other slice was Bob's");
        }
    }

    @Test
    void shouldKeepApartWhatDifferentOwnersHavePending() {
        try (EventRouter router = launch(new RouterContext().pendingFanOutsPerAccount(1))) {
            for (final EntityId owner : List.of(ANN, BOB)) {
                for (int i = 0; i <= SLICE; i++) {
                    final EntityId device = EntityId.of(owner.high(), 100 + i);
                    router.execute(new Command.RegisterDevice(device));
                    router.execute(new Command.Claim(device, owner));
                    router.execute(new Command.Subscribe(device, "all"));
                    router.execute(new Command.GoOnline(device));
                }
            }
            for (final EntityId owner : List.of(ANN, BOB, BOB)) {
                router.publish(new EventDraft().fromUser(owner).name("all").noPayload());
            }
            drain(router);

            assertEquals(List.of("all too many pending fan-outs"), refused, "Bob's second");
            assertEquals(2L * (SLICE + 1), log.size());
        }
    }

    @Test
    void shouldDeliverAtOnceWhatIsNoLongerThanASlice() {
        try (EventRouter router = launch(new RouterContext().pendingFanOutsPerAccount(1))) {
            for (int i = 0; i < SLICE; i++) {
                router.execute(new Command.Subscribe(device(OF_ANN, i), "some"));
            }
            for (int i = 0; i < 3; i++) {
                publish(router, OF_ANN, "some");
            }
            drain(router);

            assertEquals(List.of(), refused, "nothing was pending");
            assertEquals(3L * SLICE, delivered("1 some"));
        }
    }

    @Test
    void shouldGiveBackTheMemoryOfFanOutsWhenItIsClosed() {
        final EventRouter router = launch(new RouterContext());
        publish(router, OF_ANN, "all/1");
        publish(router, OF_ANN, "all/2");
        router.invoke();
        assertTrue(router.offHeapBytes() > 0);

        router.close();

        assertEquals(0, router.offHeapBytes());
    }

    @Test
    void shouldDeliverALaterEventOfTheSameAccountAtOnceAndBehindTheEarlierOne() {
        try (EventRouter router = launch(new RouterContext())) {
            publish(router, OF_ANN, "all");
            publish(router, OF_ANN, "one");

            router.invoke();

            assertEquals(List.of("1 all", "1 one"), log.subList(0, 2), "the device was delivered to out of turn");
            assertEquals(2 + SLICE, log.size());
        }
    }

    @Test
    void shouldSayThatAnEventIsRoutedWhenItHasBeenDeliveredToAll() {
        try (EventRouter router = launch(new RouterContext())) {
            final long sequence = publish(router, OF_ANN, "all");
            router.invoke();
            assertEquals(router.ringSlots(), router.remainingSlots(), "its slots are free");

            assertFalse(router.awaitRouted(sequence, 0));

            assertTrue(router.awaitRouted(sequence, TimeUnit.SECONDS.toNanos(20)));
            assertEquals(RECEIVERS, delivered("1 all"));
            assertEquals(RECEIVERS, router.counter(RouterCounter.DELIVERIES_TO_DEVICES));
        }
    }

    @Test
    void shouldKeepNameAndPayloadWhenTheRingHasGoneOn() {
        final byte[] payload = new byte[1_024];
        for (int i = 0; i < payload.length; i++) {
            payload[i] = (byte) i;
        }
        final List<Boolean> intact = new ArrayList<>();
        final RouterContext context = new RouterContext()
                .sliceLength(1)
                .useInvoker(true)
                .ringSlots(2_048)
                .deliveryHandler(delivery -> {
                    final RoutedEvent event = delivery.event();
                    if (event.name().equals("all")) {
                        final byte[] bytes = new byte[event.payloadLength()];
                        event.buffer().getBytes(event.payloadOffset(), bytes);
                        intact.add(new UnsafeBuffer(bytes).equals(new UnsafeBuffer(payload)));
                    }
                    return null;
                });
        try (EventRouter router = EventRouter.launch(context)) {
            register(router, ANN, OF_ANN);
            router.publish(draft.fromDevice(device(OF_ANN, 1)).name("all").payload(payload));
            router.invoke();
            for (int i = 0; i < 3 * router.ringSlots(); i++) {
                while (publish(router, OF_ANN, "nobody") == PublishResult.BACK_PRESSURED) {
                    router.invoke();
                }
            }
            drain(router);
        }
        assertEquals(Collections.nCopies(RECEIVERS, true), intact);
    }

    @Test
    void shouldRefuseWhatIsMoreThanAnAccountMayHavePendingAndChargeNothing() {
        try (EventRouter router = launch(new RouterContext().pendingFanOutsPerAccount(2))) {
            router.execute(new Command.OpenStream(EventStream.of("all of Ann", ScopeId.product(OF_ANN))));
            for (int i = 0; i < 4; i++) {
                assertTrue(publish(router, OF_ANN, "all/" + i) >= 0, "it is refused at its place");
            }
            publish(router, OF_BOB, "all/");
            publish(router, OF_ANN, "one");
            drain(router);

            assertEquals(List.of("all/2 too many pending fan-outs", "all/3 too many pending fan-outs"), refused);
            assertEquals(2, router.counter(RouterCounter.EVENTS_REFUSED_TOO_MANY_PENDING_FAN_OUTS));
            assertEquals(4, router.counter(RouterCounter.EVENTS_ACCEPTED));
            assertEquals(0, delivered("1 all/2"), "not to streams either");
            assertEquals(RECEIVERS + 1, delivered("1 all/1"));
            assertEquals(RECEIVERS, delivered("2 all/"), "others are not concerned");
            assertEquals(2, delivered("1 one"), "nor are events that need not wait");
            assertEquals(
                    new UsageSnapshot.Totals(3, 2L * RECEIVERS + 1),
                    snapshot(router).of(AccountId.user(ANN)));

            publish(router, OF_ANN, "all/4");
            drain(router);
            assertEquals(RECEIVERS + 1, delivered("1 all/4"), "there is room again");
        }
    }

    @Test
    void shouldTakeNoTokenForWhatIsMoreThanAnAccountMayHavePending() {
        final RouterContext context = new RouterContext()
                .pendingFanOutsPerAccount(1)
                .epochClock(() -> 1_795_000_000_000L)
                .tenantLimits(new TenantLimits().publishRatePerAccount(1, 3).publishRatePerDevice(1, 3));
        try (EventRouter router = launch(context)) {
            for (int i = 0; i < 4; i++) {
                publish(router, OF_ANN, "all/" + i);
            }
            for (int i = 0; i < 3; i++) {
                publish(router, OF_ANN, "one");
            }
            drain(router);

            assertEquals(3, router.counter(RouterCounter.EVENTS_REFUSED_TOO_MANY_PENDING_FAN_OUTS));
            assertEquals(2, delivered("1 one"), "the tokens behind the first");
            assertEquals(1, router.counter(RouterCounter.EVENTS_REFUSED_DEVICE_RATE_EXCEEDED));
            assertEquals(3, snapshot(router).of(AccountId.user(ANN)).publishOperations());
        }
    }

    @Test
    void shouldLeaveRoomForAccountsThatHaveNothingPending() {
        try (EventRouter router = launch(new RouterContext().pendingFanOutsPerAccount(64))) {
            for (int i = 0; i < 64; i++) {
                publish(router, OF_ANN, "all/" + i);
            }
            for (int i = 0; i < 64; i++) {
                publish(router, OF_BOB, "all/" + i);
            }
            // So that all are met before a slice is through.
            router.invoke();

            assertTrue(delivered("1 all/0") > 0);
            drain(router);
            assertEquals(
                    32,
                    log.stream()
                            .filter(line -> line.startsWith("1 all"))
                            .distinct()
                            .count(),
                    "half of all");
            assertEquals(
                    16,
                    log.stream()
                            .filter(line -> line.startsWith("2 all"))
                            .distinct()
                            .count(),
                    "half the rest");
            assertEquals(128 - 48, refused.size());
        }
    }

    @Test
    void shouldDeliverEverythingBeforeItIsClosed() {
        final EventRouter router = launch(new RouterContext());
        publish(router, OF_ANN, "all");
        publish(router, OF_BOB, "all");
        router.invoke();

        router.close();

        assertEquals(2L * RECEIVERS, log.size());
    }

    @Test
    void shouldGoOnWhenAHandlerThrowsInASlice() {
        final List<Throwable> errors = new ArrayList<>();
        try (EventRouter router = launch(new RouterContext().errorHandler(errors::add))) {
            publish(router, OF_ANN, "broken");
            drain(router);

            assertEquals(RECEIVERS, delivered("1 broken"));
            assertEquals(RECEIVERS, errors.size());
            assertEquals(RECEIVERS, router.counter(RouterCounter.DELIVERIES_HANDLER_FAILED));
        }
    }

    @Test
    void shouldTakeSnapshotsAsOfTheirPlace() {
        try (EventRouter router = launch(new RouterContext())) {
            publish(router, OF_ANN, "all");
            final CompletableFuture<UsageSnapshot> first = router.usageSnapshot();
            publish(router, OF_ANN, "all");
            final UsageSnapshot second = snapshot(router);

            assertEquals(new UsageSnapshot.Totals(1, RECEIVERS), first.join().of(AccountId.user(ANN)));
            assertEquals(new UsageSnapshot.Totals(2, 2L * RECEIVERS), second.of(AccountId.user(ANN)));
        }
    }

    private static UsageSnapshot snapshot(final EventRouter router) {
        final CompletableFuture<UsageSnapshot> snapshot = router.usageSnapshot();
        drain(router);
        return snapshot.join();
    }
}
