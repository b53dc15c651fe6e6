package io.eventrouter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.command.Command;
import io.eventrouter.command.CommandRefusedException;
import io.eventrouter.command.EventStream;
import io.eventrouter.command.HookTopics;
import io.eventrouter.command.Refusal;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.delivery.Delivery;
import io.eventrouter.event.EventDraft;
import io.eventrouter.event.PublishResult;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.identity.ScopeId;
import io.eventrouter.metering.UsageHandler;
import io.eventrouter.metering.UsageRecord;
import io.eventrouter.metering.UsageSnapshot;
import io.eventrouter.metering.UsageThreshold;
import io.eventrouter.status.RouterCounter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an embedder sees of a router with several lanes; the test itself lends them its thread, one after the other. */
class LanesTest {
    private static final EntityId ANN = EntityId.of(0xa, 1);
    private static final EntityId LISTENER = EntityId.of(0xe, 0);
    private static final int DEVICES = 40;
    private static final int RING_SLOTS = 2_048;
    private static final long AWAIT_NS = TimeUnit.SECONDS.toNanos(60);

    private final List<String> deliveries = new ArrayList<>();
    private final List<String> thresholds = new ArrayList<>();
    private final Map<EntityId, Long> recorded = new HashMap<>();
    private AttemptOutcome outcome = AttemptOutcome.PENDING;
    private Runnable inHandler = () -> {};
    private long nowMs = Instant.parse("2026-11-01T00:00:00Z").toEpochMilli();
    private EventRouter router;

    @AfterEach
    void close() {
        if (router != null) {
            router.close();
        }
    }

    private RouterContext context(final int lanes) {
        return new RouterContext()
                .useInvoker(true)
                .lanes(lanes)
                .ringSlots(RING_SLOTS)
                .hashSeed(7)
                .epochClock(() -> nowMs)
                .usageHandler(new UsageHandler() {
                    @Override
                    public void onUsage(final UsageRecord record) {
                        recorded.merge(
                                EntityId.of(record.deviceIdHigh(), record.deviceIdLow()),
                                record.publishOperations() + record.subscribeOperations(),
                                Long::sum);
                    }

                    @Override
                    public void onThreshold(final UsageThreshold threshold) {
                        thresholds.add(threshold.percent() + "% at " + threshold.usedOperations());
                    }
                })
                .deliveryHandler(this::onDelivery);
    }

    private AttemptOutcome onDelivery(final Delivery delivery) {
        final Runnable action = inHandler;
        inHandler = () -> {};
        action.run();
        deliveries.add(delivery.event().publisherIdLow() + ":"
                + delivery.event().correlationId() + " -> "
                + (delivery.recipientId() == null ? "device " + delivery.deviceIdLow() : delivery.recipientId()));
        return outcome;
    }

    private void launch(final int lanes) {
        router = EventRouter.launch(context(lanes));
        router.execute(new Command.RegisterUser(ANN, 0));
        for (int i = 0; i < DEVICES; i++) {
            router.execute(new Command.RegisterDevice(device(i), 16_384));
            router.execute(new Command.Claim(device(i), ANN));
            router.execute(new Command.GoOnline(device(i)));
        }
    }

    private static EntityId device(final int number) {
        return EntityId.of(0xe, number);
    }

    private EventDraft event(final int device) {
        return new EventDraft().fromDevice(device(device)).name("temp");
    }

    /** A device whose events go through a lane, which its sequences tell. */
    private int deviceIn(final int lane) {
        for (int i = 1; i < DEVICES; i++) {
            final long sequence = router.publish(event(i).name("probe"));
            if ((sequence & 1) == lane) {
                drain();
                return i;
            }
        }
        throw new IllegalStateException("no device goes through lane " + lane);
    }

    private void drain() {
        while (router.invoke() > 0) {
            Thread.onSpinWait();
        }
    }

    private void publishAndDrain(final int device) {
        assertTrue(router.publish(event(device)) >= 0);
        drain();
    }

    @Test
    void shouldGiveSequencesThatAreUniqueAndWaitForEach() {
        launch(4);
        final Set<Long> sequences = new HashSet<>();
        final Set<Long> lanes = new HashSet<>();
        for (int i = 0; i < DEVICES; i++) {
            final long sequence = router.publish(event(i));
            assertTrue(sequences.add(sequence), "sequence=" + sequence);
            lanes.add(sequence & 3);
        }

        for (final long sequence : sequences) {
            assertTrue(router.awaitRouted(sequence, AWAIT_NS), "sequence=" + sequence);
        }
        assertEquals(Set.of(0L, 1L, 2L, 3L), lanes, "the lane is in the lowest bits");
        assertEquals(DEVICES, router.counter(RouterCounter.EVENTS_ROUTED));
    }

    /** Else a report could overtake an event that was published before it, or be overtaken by one behind it. */
    @Test
    void shouldPutReportsAndAnswersOfADeviceIntoTheLaneOfItsEvents() {
        launch(4);
        for (int i = 0; i < DEVICES; i++) {
            final EntityId id = device(i);
            final long lane = router.publish(event(i)) & 3;
            final EventDraft answer = new EventDraft().fromHook(id).name("temp");

            assertEquals(lane, router.reportAttempts(id.high(), id.low(), 1, AttemptOutcome.ACKNOWLEDGED_FIRST) & 3);
            for (final int length : new int[] {0, 1}) {
                answer.payload(new byte[length]);
                assertEquals(lane, router.publishHookResponse(HookTopics.SANDBOX_DEFAULT, false, answer) & 3);
            }
        }
    }

    @Test
    void shouldCountACommandOnceAndRefuseItOnce() {
        launch(4);
        final long applied = router.counter(RouterCounter.COMMANDS_APPLIED);

        final CommandRefusedException refused = assertThrows(
                CommandRefusedException.class, () -> router.execute(new Command.Claim(EntityId.of(9, 9), ANN)));
        router.execute(new Command.Unclaim(device(1)));

        assertEquals(Refusal.UNKNOWN_DEVICE, refused.refusal());
        assertEquals(1 + 3 * DEVICES, applied);
        assertEquals(applied + 1, router.counter(RouterCounter.COMMANDS_APPLIED));
        assertEquals(1, router.counter(RouterCounter.COMMANDS_REFUSED));
    }

    @Test
    void shouldLetEventsOfEveryLaneSeeACommandThatWasPutBeforeThem() {
        launch(4);
        router.submit(new Command.Subscribe(LISTENER, "t"));
        for (int i = 1; i < DEVICES; i++) {
            router.publish(event(i));
        }
        router.submit(new Command.Unsubscribe(LISTENER, "t"));
        for (int i = 1; i < DEVICES; i++) {
            router.publish(event(i));
        }
        drain();

        assertEquals(DEVICES - 1, deliveries.size());
        assertEquals(DEVICES - 1, new HashSet<>(deliveries).size());
    }

    @Test
    void shouldAddUpTotalsAndRecordsOfAllLanes() {
        launch(4);
        router.execute(new Command.Subscribe(LISTENER, "t"));
        for (int i = 1; i < DEVICES; i++) {
            router.publish(event(i));
        }
        drain();
        final CompletableFuture<Long> closed = router.closeUsageWindow();
        final CompletableFuture<UsageSnapshot> snapshot = router.usageSnapshot();
        drain();

        assertTrue(closed.isDone());
        assertEquals(closed.join() + 4, snapshot.join().sequence(), "it comes next in the first of four lanes");
        assertEquals(
                new UsageSnapshot.Totals(DEVICES - 1, DEVICES - 1),
                snapshot.join().of(AccountId.user(ANN)));
        assertEquals(DEVICES - 1, recorded.get(LISTENER), "records of one device come from several lanes");
        assertEquals(DEVICES, recorded.size());
    }

    @Test
    void shouldPublishSeveralEventsInTheOrderOfTheirLanes() {
        launch(2);
        final int first = deviceIn(0);
        final int second = deviceIn(1);
        router.execute(new Command.OpenStream(EventStream.of("all", ScopeId.owner(ANN))));
        final EventDraft[] drafts = new EventDraft[10];
        for (int i = 0; i < drafts.length; i++) {
            drafts[i] = event(i % 3 == 0 ? first : second).correlationId(i);
        }
        drafts[4].name("spark");
        final long[] results = new long[drafts.length];

        assertEquals(9, router.publishAll(drafts, drafts.length, results));
        drain();

        for (int i = 0; i < drafts.length; i++) {
            assertEquals(
                    i == 4 ? PublishResult.RESERVED_NAME : i % 3 == 0 ? 0 : 1, i == 4 ? results[i] : results[i] & 1);
        }
        assertEquals(
                List.of(first + ":0", first + ":3", first + ":6", first + ":9"),
                deliveries.stream()
                        .filter(line -> line.startsWith(first + ":"))
                        .map(line -> line.split(" ")[0])
                        .toList());
        assertEquals(
                List.of(second + ":1", second + ":2", second + ":5", second + ":7", second + ":8"),
                deliveries.stream()
                        .filter(line -> line.startsWith(second + ":"))
                        .map(line -> line.split(" ")[0])
                        .toList());
    }

    @Test
    void shouldPressBackLaneByLaneAndLetNothingOvertakeInOne() {
        launch(2);
        final int first = deviceIn(0);
        final int second = deviceIn(1);
        while (router.publish(event(first)) >= 0) {
            Thread.onSpinWait();
        }
        final EventDraft[] drafts = {event(first), event(second), event(first), event(second)};
        final long[] results = new long[drafts.length];

        assertEquals(2, router.publishAll(drafts, drafts.length, results));

        assertEquals(PublishResult.BACK_PRESSURED, results[0]);
        assertEquals(PublishResult.BACK_PRESSURED, results[2]);
        assertTrue(results[3] > results[1] && results[1] >= 0);
        assertEquals(3, router.counter(RouterCounter.EVENTS_REFUSED_BACK_PRESSURED));
    }

    @Test
    void shouldLeaveRoomForCommandsWhenOneLaneIsFullOfEvents() {
        launch(2);
        final int first = deviceIn(0);
        final int second = deviceIn(1);
        router.execute(new Command.OpenStream(EventStream.of("all", ScopeId.owner(ANN))));
        final int[] events = new int[1];
        final int[] commands = new int[1];
        // While a handler runs, no lane gets on; and on the router's own thread nobody waits for room.
        inHandler = () -> {
            while (router.publish(event(second)) >= 0) {
                events[0]++;
            }
            while (canSubmit(new Command.SetMaxEventSize(LISTENER, 255 + commands[0]))) {
                commands[0]++;
            }
            assertEquals(PublishResult.BACK_PRESSURED, router.publish(event(second)));
            assertTrue(router.publish(event(first)) >= 0, "the other lane has room for events still");
        };
        publishAndDrain(first);

        assertEquals(RING_SLOTS - RING_SLOTS / 16, events[0]);
        assertEquals(RING_SLOTS / 16, commands[0], "until that lane is full of both");
        assertEquals(events[0] + 2, deliveries.size());
        assertEquals(
                255 + commands[0] - 1,
                router.ownershipOf(LISTENER).orElseThrow().maxEventSize());
        publishAndDrain(first);
        publishAndDrain(second);
        assertEquals(events[0] + 4, deliveries.size());
        assertEquals(0, router.counter(RouterCounter.DELIVERIES_HANDLER_FAILED));
        assertEquals(0, router.counter(RouterCounter.ROUTING_FAILURES));
    }

    private boolean canSubmit(final Command command) {
        try {
            router.submit(command);
            return true;
        } catch (final IllegalStateException noRoom) {
            return false;
        }
    }

    @Test
    void shouldTakeADeviceOfflineInAllLanesWhenItsAttemptsFailInOne() {
        launch(2);
        final int first = deviceIn(0);
        final int second = deviceIn(1);
        router.execute(new Command.Subscribe(LISTENER, "t"));
        outcome = AttemptOutcome.FAILED;
        publishAndDrain(first);
        outcome = AttemptOutcome.PENDING;

        publishAndDrain(first);
        publishAndDrain(second);

        assertEquals(1, deliveries.size());
        assertEquals(1, router.counter(RouterCounter.DEVICES_TIMED_OUT));
        assertEquals(2, router.counter(RouterCounter.DEVICES_SKIPPED_OFFLINE));
        assertEquals(3, router.counter(RouterCounter.SUBSCRIBE_OPERATIONS));
        router.execute(new Command.GoOnline(LISTENER));
        publishAndDrain(first);
        publishAndDrain(second);
        assertEquals(3, deliveries.size());
    }

    @Test
    void shouldTakeADeviceOfflineInAllLanesWhenFailedAttemptsAreReported() {
        launch(4);
        router.execute(new Command.Subscribe(LISTENER, "t"));

        router.reportAttempts(LISTENER.high(), LISTENER.low(), 1, AttemptOutcome.FAILED);
        drain();
        for (int i = 1; i < DEVICES; i++) {
            router.publish(event(i));
        }
        drain();

        assertEquals(List.of(), deliveries);
        assertEquals(1, router.counter(RouterCounter.DEVICES_TIMED_OUT));
        assertEquals(DEVICES - 1, router.counter(RouterCounter.DEVICES_SKIPPED_OFFLINE));
    }

    @Test
    void shouldApplyAReportBehindTheEventsThatAreBeforeIt() {
        launch(1);
        router.execute(new Command.Subscribe(LISTENER, "t"));
        router.publish(event(1));
        router.reportAttempts(LISTENER.high(), LISTENER.low(), 1, AttemptOutcome.FAILED);
        router.publish(event(2));
        drain();

        assertEquals(List.of("1:0 -> device 0"), deliveries, "then it was taken offline");
    }

    @Test
    void shouldNotTakeAPayloadForACommand() {
        launch(1);
        final byte[] payload = new byte[300];
        for (byte value = 0; value < 4; value++) {
            Arrays.fill(payload, value);
            final CompletableFuture<Long> before = router.submit(new Command.GoOnline(LISTENER));
            router.publish(event(1).payload(payload));
            final CompletableFuture<Long> behind = router.submit(new Command.GoOnline(LISTENER));
            drain();
            assertTrue(behind.join() - before.join() > 2, "the event takes several slots");
        }
        assertEquals(4, router.counter(RouterCounter.EVENTS_ROUTED));
        assertEquals(0, router.counter(RouterCounter.ROUTING_FAILURES));
    }

    @Test
    void shouldTakeADeviceOfflineInAnotherLaneAlsoWhenThatIsFullAtTheMoment() {
        launch(2);
        final int first = deviceIn(0);
        final int second = deviceIn(1);
        router.execute(new Command.Subscribe(LISTENER, "t"));
        // Until the first lane is done with this event, the second gets on with nothing.
        inHandler = () -> {
            while (router.publish(event(second).name("other")) >= 0) {
                Thread.onSpinWait();
            }
            while (canSubmit(new Command.SetMaxEventSize(device(first), 16_384))) {
                Thread.onSpinWait();
            }
        };
        outcome = AttemptOutcome.FAILED;
        publishAndDrain(first);
        outcome = AttemptOutcome.PENDING;

        publishAndDrain(second);

        assertEquals(1, deliveries.size(), "it missed the first event, and is not tried again");
        assertEquals(1, router.counter(RouterCounter.DEVICES_SKIPPED_OFFLINE));
    }

    @Test
    void shouldNotTakeADeviceOfflineThatCameOnlineBehindTheEventThatItMissed() {
        launch(2);
        final int first = deviceIn(0);
        final int second = deviceIn(1);
        router.execute(new Command.Subscribe(LISTENER, "t"));
        outcome = AttemptOutcome.FAILED;
        router.publish(event(first));
        router.submit(new Command.GoOnline(LISTENER));
        drain();
        outcome = AttemptOutcome.PENDING;

        publishAndDrain(first);
        publishAndDrain(second);

        assertEquals(3, deliveries.size(), "as on one lane: it failed, then it came back");
        assertEquals(0, router.counter(RouterCounter.DEVICES_SKIPPED_OFFLINE));
    }

    @Test
    void shouldNotTakeADeviceOfflineThatIsJustComingOnlineBehindTheEventThatItMissed() {
        launch(2);
        final int first = deviceIn(0);
        final int second = deviceIn(1);
        router.execute(new Command.Subscribe(LISTENER, "t"));
        // The lane in which it fails comes to this only in its next round.
        inHandler = () -> router.submit(new Command.GoOnline(LISTENER));
        outcome = AttemptOutcome.FAILED;
        publishAndDrain(first);
        outcome = AttemptOutcome.PENDING;

        publishAndDrain(first);
        publishAndDrain(second);

        assertEquals(3, deliveries.size(), "as on one lane: it failed, then it came back");
        assertEquals(0, router.counter(RouterCounter.DEVICES_SKIPPED_OFFLINE));
    }

    @Test
    void shouldTellThresholdsOnceOverTheSumOfLanes() {
        launch(4);
        router.execute(new Command.SetOperationsPerMonth(AccountId.user(ANN), 100));
        for (int i = 0; i < 110; i++) {
            publishAndDrain(i % DEVICES);
        }

        assertEquals(List.of("70% at 70", "90% at 90", "100% at 100"), thresholds);
    }

    @Test
    void shouldTellThresholdsAfreshInTheNextMonth() {
        launch(2);
        router.execute(new Command.SetOperationsPerMonth(AccountId.user(ANN), 10));
        for (int i = 0; i < 9; i++) {
            publishAndDrain(i);
        }
        nowMs = Instant.parse("2026-12-01T00:00:00Z").toEpochMilli();
        drain();
        for (int i = 0; i < 8; i++) {
            publishAndDrain(i);
        }

        assertEquals(List.of("70% at 7", "90% at 9", "70% at 7"), thresholds);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldTellThresholdsAfreshAlsoWhenAllWereToldInTheMonthBefore(final int lanes) {
        launch(lanes);
        router.execute(new Command.SetOperationsPerMonth(AccountId.user(ANN), 10));
        for (int i = 0; i < 12; i++) {
            publishAndDrain(i % DEVICES);
        }
        nowMs = Instant.parse("2026-12-01T00:00:00Z").toEpochMilli();
        drain();
        for (int i = 0; i < 9; i++) {
            publishAndDrain(i % DEVICES);
        }

        assertEquals(List.of("70% at 7", "90% at 9", "100% at 10", "70% at 7", "90% at 9"), thresholds);
    }

    @Test
    void shouldTellAThresholdThatASmallerGrantHasPassedAtTheNextCharge() {
        launch(2);
        for (int i = 0; i < 9; i++) {
            publishAndDrain(i);
        }
        router.execute(new Command.SetOperationsPerMonth(AccountId.user(ANN), 10));
        drain();
        assertEquals(List.of(), thresholds);

        publishAndDrain(1);

        assertEquals(List.of("70% at 10", "90% at 10", "100% at 10"), thresholds);
    }

    @Test
    void shouldKeepTheChunksOfAnAnswerTogether() {
        launch(4);
        router.execute(new Command.OpenStream(EventStream.of("all", ScopeId.owner(ANN))));

        final long sequence = router.publishHookResponse(
                HookTopics.SANDBOX_DEFAULT,
                false,
                new EventDraft().fromHook(device(3)).name("temp").payload(new byte[1_200]));

        assertTrue(router.awaitRouted(sequence, AWAIT_NS));
        assertEquals(3, deliveries.size());
    }

    @Test
    void shouldKnowOwnersInAllLanesAgainAfterRestart(@TempDir final Path directory) {
        router = EventRouter.launch(context(2).dataDirectory(directory));
        router.execute(new Command.RegisterUser(ANN, 0));
        for (int i = 0; i < DEVICES; i++) {
            router.execute(new Command.RegisterDevice(device(i)));
            router.execute(new Command.Claim(device(i), ANN));
        }
        router.close();

        router = EventRouter.launch(context(4).dataDirectory(directory));
        router.execute(new Command.OpenStream(EventStream.of("all", ScopeId.owner(ANN))));
        for (int i = 0; i < DEVICES; i++) {
            assertTrue(router.publish(event(i)) >= 0);
        }
        drain();

        assertEquals(DEVICES, deliveries.size());
        assertEquals(ANN, router.ownershipOf(device(5)).orElseThrow().owner().orElseThrow());
    }
}
