package io.eventrouter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.command.Command;
import io.eventrouter.command.CommandRefusedException;
import io.eventrouter.command.Refusal;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.event.EventDraft;
import io.eventrouter.event.PublishResult;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.metering.UsageHandler;
import io.eventrouter.metering.UsageRecord;
import io.eventrouter.metering.UsageSnapshot;
import io.eventrouter.metering.UsageThreshold;
import io.eventrouter.ownership.DeviceOwnership;
import io.eventrouter.status.RouterCounter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an embedder sees of a router that runs on its own threads. */
@Timeout(300)
class EventRouterTest {
    private static final long AWAIT_NS = TimeUnit.SECONDS.toNanos(60);
    private static final EntityId ANN = EntityId.parse("597771d1f92bae142dbb7559");
    private static final EntityId THERMOMETER = EntityId.parse("e00fce68aabbccdd00000011");
    private static final EntityId DISPLAY = EntityId.parse("e00fce68aabbccdd00000021");

    private final List<String> deliveries = Collections.synchronizedList(new ArrayList<>());

    private RouterContext context() {
        // Neither a window nor a month ends, which would take a sequence.
        return new RouterContext().epochClock(() -> 1_000_000).deliveryHandler(delivery -> {
            deliveries.add(EntityId.toText(delivery.deviceIdHigh(), delivery.deviceIdLow()) + " "
                    + delivery.event().name());
            return AttemptOutcome.ACKNOWLEDGED_FIRST;
        });
    }

    private static void registerTwoDevicesOfAnn(final EventRouter router) {
        router.execute(new Command.RegisterUser(ANN, 0));
        for (final EntityId device : List.of(THERMOMETER, DISPLAY)) {
            router.execute(new Command.RegisterDevice(device));
            router.execute(new Command.Claim(device, ANN));
        }
        router.execute(new Command.Subscribe(DISPLAY, "temp"));
        router.execute(new Command.GoOnline(DISPLAY));
    }

    private static EventDraft temperature() {
        return new EventDraft()
                .fromDevice(THERMOMETER)
                .name("temperature")
                .payload("21.5".getBytes(StandardCharsets.US_ASCII));
    }

    @Test
    void shouldDeliverToSubscribedDeviceOfSameOwnerAndChargeBoth() {
        try (EventRouter router = EventRouter.launch(context())) {
            registerTwoDevicesOfAnn(router);

            final long sequence = router.publish(temperature());

            assertTrue(sequence >= 0, PublishResult.describe(sequence));
            assertTrue(router.awaitRouted(sequence, AWAIT_NS));
            assertEquals(List.of(DISPLAY + " temperature"), deliveries);
            assertEquals(
                    new UsageSnapshot.Totals(1, 1),
                    router.usageSnapshot().join().of(AccountId.user(ANN)));
        }
    }

    @Test
    void shouldLetInEveryRegisteredDeviceAlsoThoseThatPublishersDoNotFindAtOnce() {
        // As full as an index may be before it is split: a few of a hundred ids are far from where they are looked for.
        final int devices = 6_400;
        try (EventRouter router = EventRouter.launch(context().maxDevices(devices))) {
            for (int i = 0; i < devices; i++) {
                router.execute(new Command.RegisterDevice(EntityId.of(0xe, i)));
            }
            for (int i = 0; i < devices; i++) {
                final EventDraft draft = temperature().fromDevice(EntityId.of(0xe, i));
                long result;
                do {
                    result = router.publish(draft);
                } while (result == PublishResult.BACK_PRESSURED || result == PublishResult.RING_SHARE_EXCEEDED);
                assertTrue(result >= 0, PublishResult.describe(result) + " " + i);
            }
        }
    }

    @Test
    void shouldHaveCountedACommandWhenItIsAcknowledged() throws InterruptedException {
        final CountDownLatch begun = new CountDownLatch(1);
        final CountDownLatch go = new CountDownLatch(1);
        final CountDownLatch release = new CountDownLatch(1);
        final EventRouter router = EventRouter.launch(context().deliveryHandler(delivery -> {
            begun.countDown();
            awaitUninterrupted(deliveries.isEmpty() ? go : release);
            deliveries.add(delivery.event().name());
            return AttemptOutcome.ACKNOWLEDGED_FIRST;
        }));
        try {
            registerTwoDevicesOfAnn(router);
            final long appliedBefore = router.counter(RouterCounter.COMMANDS_APPLIED);
            router.publish(temperature());
            begun.await();
            final CompletableFuture<Long> command = router.submit(new Command.GoOnline(THERMOMETER));
            router.publish(temperature());
            go.countDown();

            command.join();

            // The thread that has carried it out is in the handler of what is behind it.
            assertEquals(appliedBefore + 1, router.counter(RouterCounter.COMMANDS_APPLIED));
        } finally {
            go.countDown();
            release.countDown();
            router.close();
        }
    }

    private static void awaitUninterrupted(final CountDownLatch latch) {
        try {
            latch.await();
        } catch (final InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void shouldHoldAcknowledgedClaimForEveryEventPublishedAfter() {
        try (EventRouter router = EventRouter.launch(context())) {
            registerTwoDevicesOfAnn(router);
            router.execute(new Command.Unclaim(DISPLAY));

            final long sequence = router.publish(temperature());

            assertTrue(router.awaitRouted(sequence, AWAIT_NS));
            assertEquals(List.of(), deliveries);
        }
    }

    @Test
    void shouldRefuseUnknownDeviceWithCodeAndCountIt() {
        try (EventRouter router = EventRouter.launch(context())) {
            final EventDraft draft = temperature();

            final long result = router.publish(draft);

            assertEquals(PublishResult.UNKNOWN_DEVICE, result);
            assertEquals("device is not registered: device=" + THERMOMETER, draft.explain(result));
            assertEquals(1, router.counter(RouterCounter.EVENTS_REFUSED_UNKNOWN_DEVICE));
        }
    }

    @Test
    void shouldThrowWithValueAndLimitWhenCommandIsRefused() {
        try (EventRouter router = EventRouter.launch(context().maxDevices(1))) {
            router.execute(new Command.RegisterDevice(THERMOMETER));

            final CommandRefusedException refused = assertThrows(
                    CommandRefusedException.class, () -> router.execute(new Command.RegisterDevice(DISPLAY)));

            assertEquals(Refusal.DEVICE_LIMIT, refused.refusal());
            assertTrue(refused.getMessage().contains("maxDevices=1"), refused.getMessage());
            assertTrue(refused.getMessage().contains(DISPLAY.toString()), refused.getMessage());
        }
    }

    @Test
    void shouldRefuseAccountsProductsAndCustomersThatDoNotFit() {
        final EntityId acme = EntityId.of(2, 1);
        final EntityId customer = EntityId.of(3, 1);
        final EntityId other = EntityId.of(4, 1);
        try (EventRouter router = EventRouter.launch(context().maxAccounts(4))) {
            router.execute(new Command.RegisterUser(ANN, 0));
            router.execute(new Command.RegisterOrganization(acme, 0));
            router.execute(new Command.RegisterProduct(7, AccountId.organization(acme)));
            router.execute(new Command.RegisterCustomer(customer, 7));

            for (final Command oneMore : List.of(
                    new Command.RegisterUser(other, 0),
                    new Command.RegisterOrganization(other, 0),
                    new Command.RegisterProduct(8, AccountId.user(ANN)),
                    new Command.RegisterCustomer(other, 7))) {
                final CommandRefusedException refused =
                        assertThrows(CommandRefusedException.class, () -> router.execute(oneMore));
                assertEquals(Refusal.ACCOUNT_LIMIT, refused.refusal(), oneMore::toString);
                assertTrue(refused.getMessage().contains("maxAccounts=4"), refused.getMessage());
            }
        }
    }

    @Test
    void shouldSayHowManySubscriptionsADeviceMayHaveWhenItHasThem() {
        try (EventRouter router = EventRouter.launch(context().subscriptionsPerDevice(1))) {
            router.execute(new Command.RegisterDevice(DISPLAY));
            router.execute(new Command.Subscribe(DISPLAY, "temp"));

            final CommandRefusedException refused = assertThrows(
                    CommandRefusedException.class, () -> router.execute(new Command.Subscribe(DISPLAY, "hum")));

            assertEquals(Refusal.SUBSCRIPTION_LIMIT, refused.refusal());
            assertTrue(refused.getMessage().contains("subscriptionsPerDevice=1"), refused.getMessage());
            assertTrue(refused.getMessage().contains("hum"), refused.getMessage());
        }
    }

    @Test
    void shouldRefuseUnknownDevicesAtOnceThoughThereAreManyMoreUsers() {
        try (EventRouter router = EventRouter.launch(context().maxDevices(100).maxAccounts(20_000))) {
            final List<CompletableFuture<Long>> registered = new ArrayList<>();
            for (int i = 0; i < 15_000; i++) {
                registered.add(router.submit(new Command.RegisterUser(EntityId.of(0xa, i), 0)));
            }
            registered.forEach(CompletableFuture::join);

            int letIn = 0;
            final EventDraft draft = new EventDraft().name("temp");
            for (int i = 0; i < 1_000; i++) {
                letIn += router.publish(draft.fromDevice(0xe, i)) >= 0 ? 1 : 0;
            }

            assertTrue(letIn < 50, "letIn=" + letIn);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void shouldHaveHandedOverWhatWasPublishedBeforeASnapshotWhenThatIsThere(final int lanes) {
        final int devices = 50;
        try (EventRouter router = EventRouter.launch(context().lanes(lanes).sliceLength(8))) {
            router.execute(new Command.RegisterUser(ANN, 0));
            for (int i = 0; i < devices; i++) {
                final EntityId device = EntityId.of(0xe, i);
                router.submit(new Command.RegisterDevice(device));
                router.submit(new Command.Claim(device, ANN));
                router.submit(new Command.Subscribe(device, "temp"));
                router.submit(new Command.GoOnline(device));
            }
            router.usageSnapshot().join();
            int accepted = 0;
            for (int i = 0; i < devices; i++) {
                final long sequence =
                        router.publish(new EventDraft().fromDevice(0xe, i).name("temp"));
                accepted += sequence >= 0 ? 1 : 0;
            }

            router.usageSnapshot().join();

            assertTrue(accepted > 0, "some were not refused for too many that are pending");
            assertEquals(
                    devices * (accepted - router.counter(RouterCounter.EVENTS_REFUSED_TOO_MANY_PENDING_FAN_OUTS)),
                    deliveries.size());
        }
    }

    /** A thread that is still interrupted does not sleep: parked, it comes back at once. */
    @Test
    void shouldPutAnInterruptAsideWhileItsThreadWaits() throws InterruptedException {
        final AtomicBoolean isRouted = new AtomicBoolean();
        final AtomicBoolean isInterruptedAfterwards = new AtomicBoolean();
        try (EventRouter router = EventRouter.launch(context())) {
            registerTwoDevicesOfAnn(router);
            final long next = router.publish(temperature()) + 1;
            final Thread waiting = new Thread(() -> {
                Thread.currentThread().interrupt();
                isRouted.set(router.awaitRouted(next, Long.MAX_VALUE));
                isInterruptedAfterwards.set(Thread.interrupted());
            });
            waiting.setDaemon(true);
            waiting.start();
            while (waiting.getState() != Thread.State.TIMED_WAITING || waiting.isInterrupted()) {
                Thread.sleep(1);
            }

            assertEquals(next, router.publish(temperature()));
            waiting.join();
        }
        assertTrue(isRouted.get(), "the event is routed");
        assertTrue(isInterruptedAfterwards.get(), "the thread is still interrupted");
    }

    @Test
    void shouldRefuseAtOnceWhenHandlerStallsAndLoseNothing() throws InterruptedException {
        final CountDownLatch stalled = new CountDownLatch(1);
        final CountDownLatch release = new CountDownLatch(1);
        final RouterContext context = new RouterContext().ringSlots(2_048).deliveryHandler(delivery -> {
            stalled.countDown();
            try {
                release.await();
            } catch (final InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
            deliveries.add(delivery.event().name());
            return AttemptOutcome.PENDING;
        });
        try (EventRouter router = EventRouter.launch(context)) {
            registerTwoDevicesOfAnn(router);
            assertTrue(router.publish(temperature()) >= 0);
            stalled.await();

            int accepted = 1;
            long last = 0;
            long result = router.publish(temperature());
            while (result >= 0) {
                last = result;
                accepted++;
                result = router.publish(temperature());
            }

            assertEquals(PublishResult.BACK_PRESSURED, result);
            assertEquals(1, router.counter(RouterCounter.EVENTS_REFUSED_BACK_PRESSURED));
            assertTrue(accepted > 1_900, "accepted=" + accepted);
            release.countDown();
            assertTrue(router.awaitRouted(last, AWAIT_NS));
            assertEquals(accepted, deliveries.size());
            assertEquals(accepted, router.counter(RouterCounter.EVENTS_ACCEPTED));
        }
    }

    @Test
    void shouldRefuseEverythingAfterClose() {
        final EventRouter router = EventRouter.launch(context());
        registerTwoDevicesOfAnn(router);

        router.close();
        router.close();

        assertEquals(PublishResult.CLOSED, router.publish(temperature()));
        final CommandRefusedException refused =
                assertThrows(CommandRefusedException.class, () -> router.execute(new Command.RegisterDevice(DISPLAY)));
        assertEquals(Refusal.CLOSED, refused.refusal());
    }

    @Test
    void shouldKnowOwnersAgainAfterRestartFromDirectory(@TempDir final Path directory) {
        final EntityId customer = EntityId.parse("5bb1d2e3f405162738495a6b");
        try (EventRouter router = EventRouter.launch(context().dataDirectory(directory))) {
            registerTwoDevicesOfAnn(router);
            router.execute(new Command.RegisterProduct(30301, AccountId.user(ANN)));
            router.execute(new Command.RegisterCustomer(customer, 30301));
            router.execute(new Command.AddToProduct(DISPLAY, 30301));
            router.execute(new Command.Claim(DISPLAY, customer));
            router.execute(new Command.SetDeviceFlags(DISPLAY, true, null, true));
            router.execute(new Command.SetMaxEventSize(DISPLAY, 16_384));
        }
        final DeviceOwnership expected =
                new DeviceOwnership(DISPLAY, Optional.of(customer), true, 30301, true, false, true, 16_384);

        try (EventRouter router = EventRouter.launch(context().dataDirectory(directory))) {
            assertEquals(Optional.of(expected), router.ownershipOf(DISPLAY));
            router.execute(new Command.SetDeviceFlags(DISPLAY, false, null, null));
            router.execute(new Command.Subscribe(DISPLAY, "temp"));
            router.execute(new Command.GoOnline(DISPLAY));
            router.execute(new Command.AddToProduct(THERMOMETER, 30301));

            assertTrue(router.awaitRouted(router.publish(temperature()), AWAIT_NS));

            assertEquals(List.of(DISPLAY + " temperature"), deliveries);
        }
    }

    @Test
    void shouldKnowPausesAndPlansAgainAfterRestartFromDirectory(@TempDir final Path directory) {
        final EntityId acme = EntityId.parse("5da78e60c2b7e3d40012ab34");
        final List<String> thresholds = Collections.synchronizedList(new ArrayList<>());
        final UsageHandler handler = new UsageHandler() {
            @Override
            public void onUsage(final UsageRecord record) {}

            @Override
            public void onThreshold(final UsageThreshold threshold) {
                thresholds.add(
                        threshold.account() + " " + threshold.percent() + "% of " + threshold.operationsPerMonth());
            }
        };
        try (EventRouter router = EventRouter.launch(context().dataDirectory(directory))) {
            registerTwoDevicesOfAnn(router);
            router.execute(new Command.RegisterOrganization(acme, 0));
            router.execute(new Command.RegisterProduct(30301, AccountId.organization(acme)));
            router.execute(new Command.AddToProduct(DISPLAY, 30301));
            router.execute(new Command.SetOperationsPerMonth(AccountId.organization(acme), 1));
            router.execute(new Command.PauseAccount(AccountId.user(ANN)));
        }

        try (EventRouter router =
                EventRouter.launch(context().dataDirectory(directory).usageHandler(handler))) {
            assertTrue(router.awaitRouted(router.publish(temperature()), AWAIT_NS));
            assertTrue(router.awaitRouted(router.publish(temperature().fromDevice(DISPLAY)), AWAIT_NS));
            router.usageSnapshot().join();

            assertEquals(1, router.counter(RouterCounter.EVENTS_DROPPED_PAUSED));
            assertEquals(1, router.counter(RouterCounter.EVENTS_ROUTED));
        }
        final String of1 = AccountId.organization(acme) + " %s%% of 1";
        assertEquals(List.of(of1.formatted(70), of1.formatted(90), of1.formatted(100)), thresholds);
    }

    @Test
    void shouldAnswerWhoOwnsADeviceWithoutStoreToo() {
        try (EventRouter router = EventRouter.launch(context())) {
            registerTwoDevicesOfAnn(router);

            assertEquals(
                    Optional.of(ANN), router.ownershipOf(DISPLAY).orElseThrow().owner());
            assertEquals(Optional.empty(), router.ownershipOf(EntityId.of(1, 2)));
        }
    }

    @Test
    void shouldChangeTheFlagsThatACommandNamesAndLeaveTheOthers() {
        try (EventRouter router = EventRouter.launch(context())) {
            registerTwoDevicesOfAnn(router);

            router.execute(new Command.SetDeviceFlags(DISPLAY, null, null, true));
            assertEquals("quarantined=false denied=false development=true", flags(router));
            router.execute(new Command.SetDeviceFlags(DISPLAY, true, null, null));
            assertEquals("quarantined=true denied=false development=true", flags(router));
            router.execute(new Command.SetDeviceFlags(DISPLAY, false, true, false));
            assertEquals("quarantined=false denied=true development=false", flags(router));
        }
    }

    private static String flags(final EventRouter router) {
        final DeviceOwnership device = router.ownershipOf(DISPLAY).orElseThrow();
        return "quarantined=" + device.quarantined() + " denied=" + device.denied() + " development="
                + device.development();
    }

    @Test
    void shouldRefuseSecondRouterOnOneDirectory(@TempDir final Path directory) {
        try (EventRouter router = EventRouter.launch(context().dataDirectory(directory))) {
            final IllegalStateException refused = assertThrows(
                    IllegalStateException.class,
                    () -> EventRouter.launch(context().dataDirectory(directory)));

            assertTrue(refused.getMessage().contains(directory.toString()), refused.getMessage());
            assertEquals(router.ringSlots(), router.remainingSlots());
        }
    }
}
