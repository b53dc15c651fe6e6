package io.eventrouter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.command.Command;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.event.EventDraft;
import io.eventrouter.event.PublishResult;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.metering.UsageSnapshot;
import io.eventrouter.status.RouterCounter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that keep the handles of their devices; the test itself lends the router its thread. */
class DeviceHandleTest {
    private static final int LANES = 4;
    private static final int DEVICES = 100;
    private static final EntityId ANN = EntityId.parse("597771d1f92bae142dbb7559");
    private static final EntityId BOB = EntityId.parse("597771d1f92bae142dbb7560");
    private static final EntityId STRANGER = EntityId.of(7, -1);
    private static final int HANDLE_OF_ANOTHER = 2;

    private final List<String> delivered = new ArrayList<>();
    private final List<String> refused = new ArrayList<>();
    private EventRouter router;

    /** Ann has the devices of even numbers, Bob the others; each hears its owner's events, once. */
    private void launch(final int lanes) {
        router = EventRouter.launch(new RouterContext()
                .useInvoker(true)
                .lanes(lanes)
                .maxDevices(DEVICES)
                .refusalHandler((event, code) -> refused.add(event.name() + " " + PublishResult.describe(code)))
                .deliveryHandler(delivery -> {
                    delivered.add(delivery.event().name() + " -> " + delivery.deviceIdLow());
                    return AttemptOutcome.PENDING;
                }));
        router.execute(new Command.RegisterUser(ANN, 0));
        router.execute(new Command.RegisterUser(BOB, 0));
        for (int number = 1; number <= DEVICES; number++) {
            router.execute(new Command.RegisterDevice(device(number)));
            router.execute(new Command.Claim(device(number), number % 2 == 0 ? ANN : BOB));
            router.execute(new Command.GoOnline(device(number)));
            router.execute(new Command.Subscribe(device(number), name(number)));
        }
    }

    @AfterEach
    void close() {
        router.close();
    }

    private static EntityId device(final int number) {
        return EntityId.of(0xE00F_CE68L << 32, number);
    }

    /** None is the beginning of another. */
    private static String name(final int number) {
        return "from-" + (1_000 + number);
    }

    private static EventDraft draft(final int number, final int handle) {
        final EntityId device = device(number);
        return new EventDraft()
                .fromDevice(device.high(), device.low(), handle)
                .name(name(number))
                .noPayload();
    }

    private void drain() {
        while (router.invoke() > 0) {
            Thread.onSpinWait();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, LANES})
    void shouldRouteEventsOfConnectionsThatHaveKeptTheHandleOfTheirDevice(final int lanes) {
        launch(lanes);
        for (int number = 1; number <= DEVICES; number++) {
            final int handle = router.deviceHandle(device(number));
            assertNotEquals(0, handle);
            assertTrue(router.publish(draft(number, handle)) >= 0);
            drain();
        }

        assertEquals(eachOnce(), delivered);
        assertEquals(DEVICES, router.counter(RouterCounter.PUBLISH_OPERATIONS));
        assertEquals(DEVICES, router.counter(RouterCounter.SUBSCRIBE_OPERATIONS));
    }

    private static List<String> eachOnce() {
        final List<String> expected = new ArrayList<>();
        for (int number = 1; number <= DEVICES; number++) {
            expected.add(name(number) + " -> " + number);
        }
        return expected;
    }

    /** Also what no device has: the first number behind the last handle, and such as no table is long enough for. */
    @ParameterizedTest
    @ValueSource(
            ints = {HANDLE_OF_ANOTHER, 0, -1, DEVICES + 1, 1 << 27, Integer.MAX_VALUE, Integer.MIN_VALUE, 0xF000_0001})
    void shouldTakeAnEventForThatOfItsIdWhateverItsHandle(final int handle) {
        launch(LANES);

        assertTrue(router.publish(draft(1, handle)) >= 0);
        drain();

        assertEquals(List.of(name(1) + " -> 1"), delivered);
        assertEquals(2, operationsOf(BOB));
        assertEquals(0, operationsOf(ANN));
    }

    private long operationsOf(final EntityId user) {
        final CompletableFuture<UsageSnapshot> snapshot = router.usageSnapshot();
        drain();
        final UsageSnapshot.Totals totals = snapshot.join().of(AccountId.user(user));
        return totals.publishOperations() + totals.subscribeOperations();
    }

    @Test
    void shouldRouteEventsThatArePublishedTogetherWithAndWithoutHandles() {
        launch(LANES);
        final EventDraft[] drafts = new EventDraft[DEVICES];
        for (int i = 0; i < DEVICES; i++) {
            final int[] handles = {0, router.deviceHandle(device(i + 1)), HANDLE_OF_ANOTHER, -1, Integer.MAX_VALUE};
            drafts[i] = draft(i + 1, handles[i % handles.length]);
        }
        final long[] results = new long[DEVICES];

        assertEquals(DEVICES, router.publishAll(drafts, DEVICES, results));
        drain();

        assertEquals(sorted(eachOnce()), sorted(delivered));
        assertEquals(DEVICES, router.counter(RouterCounter.EVENTS_ROUTED));
    }

    private static List<String> sorted(final List<String> lines) {
        return lines.stream().sorted().toList();
    }

    @ParameterizedTest
    @ValueSource(ints = {HANDLE_OF_ANOTHER, DEVICES + 1})
    void shouldRefuseAnEventOfAnUnknownDeviceThatBringsAHandleAtItsPlaceAndCountIt(final int handle) {
        launch(1);
        final EventDraft draft = new EventDraft()
                .fromDevice(STRANGER.high(), STRANGER.low(), handle)
                .name(name(1))
                .noPayload();

        assertTrue(router.publish(draft) >= 0);
        drain();

        assertEquals(List.of(name(1) + " " + PublishResult.describe(PublishResult.UNKNOWN_DEVICE)), refused);
        assertEquals(1, router.counter(RouterCounter.EVENTS_REFUSED_UNKNOWN_DEVICE));
        assertEquals(0, router.counter(RouterCounter.EVENTS_ACCEPTED));
        assertEquals(List.of(), delivered);
    }

    @Test
    void shouldHaveAHandleOfItsOwnForEveryDeviceAndNoneForOneThatIsNotRegistered() {
        launch(1);

        final long handles = IntStream.rangeClosed(1, DEVICES)
                .map(number -> router.deviceHandle(device(number)))
                .distinct()
                .count();

        assertEquals(DEVICES, handles);
        assertEquals(0, router.deviceHandle(STRANGER));
    }

    @Test
    void shouldForgetAHandleWithTheDeviceThatItWasGivenWith() {
        launch(1);
        final EventDraft draft = draft(1, HANDLE_OF_ANOTHER);

        assertEquals(HANDLE_OF_ANOTHER, draft.deviceHandle());
        assertEquals(0, draft.fromDevice(device(1)).deviceHandle());
        assertEquals(0, draft(1, HANDLE_OF_ANOTHER).fromUser(ANN).deviceHandle());
    }

    @Test
    void shouldAnswerAfterTheRouterIsClosedAndRefuseTheEvent() {
        launch(1);
        router.close();

        final int handle = router.deviceHandle(device(1));

        assertEquals(PublishResult.CLOSED, router.publish(draft(1, handle)));
        assertEquals(PublishResult.CLOSED, router.publish(draft(1, 1)));
    }
}
