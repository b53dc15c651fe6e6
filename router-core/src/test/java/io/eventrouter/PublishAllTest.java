package io.eventrouter;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.command.Command;
import io.eventrouter.command.HookTopics;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.event.EventDraft;
import io.eventrouter.event.PublishResult;
import io.eventrouter.event.RoutedEvent;
import io.eventrouter.identity.EntityId;
import io.eventrouter.limits.TenantLimits;
import io.eventrouter.status.RouterCounter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a gateway sees that publishes several events at once; the test itself lends the router its thread. */
class PublishAllTest {
    private static final EntityId ANN = EntityId.parse("597771d1f92bae142dbb7559");
    private static final EntityId THERMOMETER = EntityId.parse("e00fce68aabbccdd00000011");
    private static final EntityId STRANGER = EntityId.parse("e00fce68aabbccdd00000099");
    private static final int RING_SLOTS = 2_048;
    private static final long AWAIT_NS = TimeUnit.SECONDS.toNanos(60);

    private final List<Long> delivered = new ArrayList<>();
    private Consumer<RoutedEvent> inHandler = event -> {};
    private EventRouter router;

    @BeforeEach
    void launch() {
        launch(new TenantLimits());
    }

    private void launch(final TenantLimits limits) {
        router = EventRouter.launch(new RouterContext()
                .useInvoker(true)
                .ringSlots(RING_SLOTS)
                .tenantLimits(limits)
                .deliveryHandler(delivery -> {
                    delivered.add(delivery.event().correlationId());
                    inHandler.accept(delivery.event());
                    return AttemptOutcome.PENDING;
                }));
        router.execute(new Command.RegisterUser(ANN, 0));
        router.execute(new Command.RegisterDevice(THERMOMETER, 16_384));
        router.execute(new Command.Claim(THERMOMETER, ANN));
        router.execute(new Command.Subscribe(THERMOMETER, "t"));
        router.execute(new Command.GoOnline(THERMOMETER));
    }

    @AfterEach
    void close() {
        router.close();
    }

    private static EventDraft[] drafts(final int count, final int payloadLength) {
        final EventDraft[] drafts = new EventDraft[count];
        for (int i = 0; i < count; i++) {
            drafts[i] = new EventDraft()
                    .fromDevice(THERMOMETER)
                    .name("temperature")
                    .payload(new byte[payloadLength])
                    .correlationId(i);
        }
        return drafts;
    }

    private static List<Long> numbers(final int count) {
        final List<Long> numbers = new ArrayList<>();
        for (long i = 0; i < count; i++) {
            numbers.add(i);
        }
        return numbers;
    }

    @Test
    void shouldRouteAllInTheirOrderWhateverTheirLength() {
        for (final int payloadLength : new int[] {0, 64, 200, 16_384}) {
            delivered.clear();
            final long[] results = new long[12];

            final int accepted = router.publishAll(drafts(12, payloadLength), 12, results);

            assertEquals(12, accepted);
            for (int i = 1; i < 12; i++) {
                assertTrue(results[i] > results[i - 1], "sequences ascend: length=" + payloadLength);
            }
            assertTrue(router.awaitRouted(results[11], AWAIT_NS));
            assertEquals(numbers(12), delivered);
        }
    }

    @Test
    void shouldKeepNamesAndPayloadsOfEventsThatLieBehindOneAnotherWhateverTheirLengths() {
        final List<String> expected = new ArrayList<>();
        final List<String> handed = new ArrayList<>();
        inHandler = event -> {
            final byte[] payload = new byte[event.payloadLength()];
            event.buffer().getBytes(event.payloadOffset(), payload);
            handed.add(event.name() + " " + Arrays.toString(payload));
        };
        for (int nameLength = 1; nameLength <= 9; nameLength++) {
            for (int payloadLength = 0; payloadLength <= 130; payloadLength++) {
                final byte[] payload = new byte[payloadLength];
                Arrays.fill(payload, (byte) (nameLength + payloadLength));
                final String name = "t".repeat(nameLength);
                expected.add(name + " " + Arrays.toString(payload));
                assertTrue(router.publish(new EventDraft()
                                .fromDevice(THERMOMETER)
                                .name(name)
                                .payload(payload))
                        >= 0);
            }
        }

        drain();

        assertEquals(expected, handed);
    }

    @Test
    void shouldNotTakeAnEventForASystemEventBecauseOneWasInItsPlaceBefore() {
        final EventDraft system =
                new EventDraft().fromSystem(THERMOMETER).name("spark/status").noPayload();
        for (int i = 0; i < RING_SLOTS; i++) {
            assertTrue(router.publish(system) >= 0);
            drainEvery(100, i);
        }
        drain();
        assertEquals(List.of(), delivered);

        for (int i = 0; i < RING_SLOTS; i++) {
            assertTrue(router.publish(drafts(1, 1)[0].correlationId(i)) >= 0);
            drainEvery(100, i);
        }
        drain();

        assertEquals(numbers(RING_SLOTS), delivered);
        assertEquals(RING_SLOTS, router.counter(RouterCounter.PUBLISH_OPERATIONS), "no system event costs anything");
    }

    private void drainEvery(final int count, final int index) {
        if (index % count == 0) {
            drain();
        }
    }

    private void drain() {
        while (router.invoke() > 0) {
            Thread.onSpinWait();
        }
    }

    @Test
    void shouldRefuseWhatBreaksRulesAndLetTheOthersIn() {
        final EventDraft[] drafts = drafts(4, 1);
        drafts[0].name("spark");
        drafts[2].fromDevice(STRANGER);
        final long[] results = new long[4];

        final int accepted = router.publishAll(drafts, 4, results);

        assertEquals(2, accepted);
        assertEquals(PublishResult.RESERVED_NAME, results[0]);
        assertEquals(PublishResult.UNKNOWN_DEVICE, results[2]);
        assertTrue(router.awaitRouted(results[3], AWAIT_NS));
        assertEquals(List.of(1L, 3L), delivered);
        assertEquals(1, router.counter(RouterCounter.EVENTS_REFUSED_RESERVED_NAME));
        assertEquals(1, router.counter(RouterCounter.EVENTS_REFUSED_UNKNOWN_DEVICE));
    }

    @Test
    void shouldLetInWhatFitsAndPressBackEverythingBehindIt() {
        final int count = RING_SLOTS + 100;
        final long[] results = new long[count];

        final int accepted = router.publishAll(drafts(count, 1), count, results);

        assertTrue(accepted > 0 && accepted <= RING_SLOTS, "accepted=" + accepted);
        for (int i = 0; i < count; i++) {
            assertEquals(i < accepted, results[i] >= 0, "index=" + i);
            assertTrue(i < accepted || results[i] == PublishResult.BACK_PRESSURED, "index=" + i);
        }
        assertEquals(count - accepted, router.counter(RouterCounter.EVENTS_REFUSED_BACK_PRESSURED));
        assertTrue(router.awaitRouted(results[accepted - 1], AWAIT_NS));
        assertEquals(numbers(accepted), delivered);
    }

    /** Whatever the ring was like before: events of 1 to 100 slots of five devices, which have 128 slots each. */
    @Test
    void shouldLetNothingOvertakeWhatWasRefusedForTheShareOfItsPublisher() {
        router.close();
        launch(new TenantLimits().ringSharePerPublisher(16));
        final EntityId[] devices = new EntityId[5];
        for (int i = 0; i < devices.length; i++) {
            devices[i] = EntityId.of(0xd, i);
            router.execute(new Command.RegisterDevice(devices[i], 16_384));
        }
        final long seed = System.nanoTime();
        final Random random = new Random(seed);
        int refused = 0;
        int behindRefusedOfOthers = 0;
        long accepted = 0;
        for (int batch = 0; batch < 500; batch++) {
            if (random.nextInt(3) == 0) {
                router.invoke();
            }
            final int[] publishers =
                    random.ints(1 + random.nextInt(100), 0, devices.length).toArray();
            final EventDraft[] drafts = new EventDraft[publishers.length];
            for (int i = 0; i < drafts.length; i++) {
                final int length = random.nextInt(4) == 0 ? random.nextInt(12_000) : random.nextInt(100);
                drafts[i] = new EventDraft()
                        .fromDevice(devices[publishers[i]])
                        .name("t")
                        .payload(new byte[length]);
            }
            final long[] results = new long[drafts.length];

            accepted += router.publishAll(drafts, drafts.length, results);

            final boolean[] hasRefused = new boolean[devices.length];
            boolean hasAnyRefused = false;
            for (int i = 0; i < drafts.length; i++) {
                assertTrue(!hasRefused[publishers[i]] || results[i] < 0, "seed=" + seed + ", batch=" + batch);
                behindRefusedOfOthers += hasAnyRefused && results[i] >= 0 ? 1 : 0;
                hasRefused[publishers[i]] |= results[i] < 0;
                hasAnyRefused |= results[i] < 0;
                refused += results[i] == PublishResult.RING_SHARE_EXCEEDED ? 1 : 0;
            }
        }
        assertTrue(
                refused > 0 && behindRefusedOfOthers > 0,
                "seed=" + seed + ", refused=" + refused + ", ofOthers=" + behindRefusedOfOthers);
        assertEquals(refused, router.counter(RouterCounter.EVENTS_REFUSED_RING_SHARE_EXCEEDED));
        while (router.invoke() > 0) {
            Thread.onSpinWait();
        }
        assertEquals(accepted, router.counter(RouterCounter.EVENTS_ACCEPTED), "seed=" + seed);
    }

    @Test
    void shouldPublishNothingForACountOfNothing() {
        assertEquals(0, router.publishAll(drafts(1, 1), 0, new long[1]));
    }

    @Test
    void shouldRefuseACountThatTheArraysDoNotHaveAndChangeNothing() {
        assertThrows(IndexOutOfBoundsException.class, () -> router.publishAll(drafts(2, 1), 2, new long[1]));
        assertThrows(IndexOutOfBoundsException.class, () -> router.publishAll(drafts(2, 1), 3, new long[3]));
        router.invoke();
        assertEquals(List.of(), delivered);
    }

    @Test
    void shouldRefuseAllOnceClosed() {
        router.close();
        final long[] results = new long[2];

        assertEquals(0, router.publishAll(drafts(2, 1), 2, results));
        assertArrayEquals(new long[] {PublishResult.CLOSED, PublishResult.CLOSED}, results);
    }

    /** Whoever is pressed back tries again, and a closed router has no room for ever. */
    @Test
    void shouldRefuseMoreThanARingHoldsAsClosedAndNotForWantOfRoom() {
        router.close();
        final EventDraft event = drafts(1, 1)[0];
        final EventDraft answer =
                new EventDraft().fromHook(THERMOMETER).name("t").payload(new byte[1]);
        for (int i = 0; i < RING_SLOTS; i++) {
            assertEquals(PublishResult.CLOSED, router.publish(event));
            assertEquals(PublishResult.CLOSED, router.publishHookResponse(HookTopics.SANDBOX_DEFAULT, false, answer));
        }
        assertEquals(PublishResult.CLOSED, router.publish(event));
        assertEquals(PublishResult.CLOSED, router.publishHookResponse(HookTopics.SANDBOX_DEFAULT, false, answer));
    }
}
