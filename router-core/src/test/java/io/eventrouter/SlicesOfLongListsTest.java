package io.eventrouter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.command.Command;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.delivery.Delivery;
import io.eventrouter.event.EventDraft;
import io.eventrouter.event.PublishResult;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.metering.UsageRecord;
import io.eventrouter.metering.UsageSnapshot;
import io.eventrouter.routing.Era;
import io.eventrouter.routing.ProductScope;
import io.eventrouter.status.RouterCounter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Two routers get the same events for lists of hundreds of devices, and the same commands and reports about any of
 * these. One does each thing wholly before it gets the next, the other cuts lists into slices and gets more meanwhile:
 * every device must hear the same events in the same order from both, and all counts must be the same.
 */
@Timeout(300)
class SlicesOfLongListsTest {
    private static final int ROUNDS = Integer.getInteger("router.rounds", 6);
    private static final int STEPS = 300;
    private static final int DEVICES = 260;
    private static final int PUBLISHES_BETWEEN_CHECKS = 20;
    private static final int PRODUCT = 7;
    private static final int OTHER_PRODUCT = 8;
    private static final EntityId ANN = EntityId.of(0xa, 1);
    private static final EntityId BOB = EntityId.of(0xb, 1);
    private static final EntityId CARL = EntityId.of(0xc, 1);
    private static final EntityId[] OWNERS = {ANN, BOB, CARL};
    private static final AccountId[] ACCOUNTS = {AccountId.user(ANN), AccountId.user(BOB)};
    private static final String[] PREFIXES = {"a", "al", "all", "all/", "b"};
    private static final String[] NAMES = {"all", "all/x", "a", "b", "alt"};
    private static final Integer[] LENGTHS = {0, 8, 900, 1_100, 5_000};
    private static final AttemptOutcome[] REPORTED = {
        AttemptOutcome.ACKNOWLEDGED_FIRST, AttemptOutcome.ACKNOWLEDGED_THIRD, AttemptOutcome.FAILED
    };

    private static final RouterCounter[] COUNTERS = {
        RouterCounter.EVENTS_ACCEPTED,
        RouterCounter.EVENTS_ROUTED,
        RouterCounter.EVENTS_UNROUTABLE,
        RouterCounter.EVENTS_DROPPED_PAUSED,
        RouterCounter.EVENTS_REFUSED_TOO_MANY_PENDING_FAN_OUTS,
        RouterCounter.DEVICES_MATCHED,
        RouterCounter.DELIVERIES_TO_DEVICES,
        RouterCounter.DEVICES_SKIPPED_OFFLINE,
        RouterCounter.DEVICES_SKIPPED_TOO_LARGE,
        RouterCounter.DEVICES_SKIPPED_PAUSED,
        RouterCounter.DEVICES_SKIPPED_NOT_ATTEMPTED,
        RouterCounter.DELIVERIES_HANDLER_FAILED,
        RouterCounter.DEVICES_TIMED_OUT,
        RouterCounter.SUBSCRIBE_OPERATIONS,
        RouterCounter.ROUTING_FAILURES
    };

    private final long firstSeed = Long.getLong("router.seed", System.nanoTime());
    private Random random;
    private long nowMs;

    /** A router, and what its devices heard. */
    private final class Side implements AutoCloseable {
        private final EventRouter router;
        private final Map<EntityId, List<Long>> heard = new TreeMap<>();
        private final Map<String, Long> usage = new TreeMap<>();

        Side(final int sliceLength, final Era era, final ProductScope productScope) {
            router = EventRouter.launch(new RouterContext()
                    .useInvoker(true)
                    .era(era)
                    .productScope(productScope)
                    .maxDevices(10_000)
                    .ringSlots(4_096)
                    .pendingFanOutsPerAccount(64)
                    .epochClock(() -> nowMs)
                    .usageWindow(3_650, TimeUnit.DAYS)
                    .usageHandler(this::onUsage)
                    .errorHandler(problem -> {})
                    .deliveryHandler(this::onDelivery)
                    .sliceLength(sliceLength));
        }

        // What a device answers depends on the device and the event alone.
        private AttemptOutcome onDelivery(final Delivery delivery) {
            final EntityId device = EntityId.of(delivery.deviceIdHigh(), delivery.deviceIdLow());
            final long event = delivery.event().correlationId();
            heard.computeIfAbsent(device, id -> new ArrayList<>()).add(event);
            final int answer = new Random(31 * event + device.low()).nextInt(40);
            if (answer == 0) {
                throw new IllegalStateException("planted");
            }
            return answer < AttemptOutcome.values().length ? AttemptOutcome.of(answer) : AttemptOutcome.PENDING;
        }

        private void onUsage(final UsageRecord record) {
            final String key = record.windowStartMs() + " " + record.account() + " " + record.productId() + " "
                    + EntityId.toText(record.deviceIdHigh(), record.deviceIdLow());
            usage.merge(key + " publish", record.publishOperations(), Long::sum);
            usage.merge(key + " subscribe", record.subscribeOperations(), Long::sum);
        }

        void drain() {
            while (router.invoke() > 0) {
                Thread.onSpinWait();
            }
        }

        List<Object> counts() {
            final CompletableFuture<UsageSnapshot> snapshot = router.usageSnapshot();
            drain();
            final List<Object> counts = new ArrayList<>();
            for (final AccountId account : ACCOUNTS) {
                counts.add(account + " " + snapshot.join().of(account));
            }
            counts.add(snapshot.join().ofProduct(PRODUCT));
            counts.add(snapshot.join().ofProduct(OTHER_PRODUCT));
            for (final RouterCounter counter : COUNTERS) {
                counts.add(counter + "=" + router.counter(counter));
            }
            return counts;
        }

        @Override
        public void close() {
            router.close();
        }
    }

    /** Something that both routers get. */
    private interface Step {
        void take(EventRouter router);
    }

    @Test
    void shouldDeliverAndCountTheSameInSlicesAsAtOnceWhateverChangesMeanwhile() {
        for (int round = 0; round < ROUNDS; round++) {
            run(firstSeed + round);
        }
    }

    private void run(final long seed) {
        random = new Random(seed);
        nowMs = 1_000_000;
        final int sliceLength = 20 + random.nextInt(180);
        final Era era = random.nextInt(4) == 0 ? Era.BEFORE_2023_03 : Era.AFTER_2023_03;
        final ProductScope productScope = ProductScope.values()[random.nextInt(ProductScope.values().length)];
        final String what = "sliceLength=" + sliceLength + ", seed=" + seed;
        try (Side atOnce = new Side(RouterContext.UNCUT, era, productScope);
                Side inSlices = new Side(sliceLength, era, productScope)) {
            final List<Step> steps = fleet();
            steps.forEach(step -> takeAndDrain(atOnce, step));
            steps.forEach(step -> takeAndDrain(inSlices, step));
            int publishes = 0;
            for (int i = 0; i < STEPS; i++) {
                nowMs++;
                final boolean isPublish = random.nextInt(3) == 0;
                final Step step = isPublish ? anyEvent(i) : anyChange();
                takeAndDrain(atOnce, step);
                step.take(inSlices.router);
                for (int rounds = random.nextInt(3); rounds > 0; rounds--) {
                    inSlices.router.invoke();
                }
                publishes += isPublish ? 1 : 0;
                if (publishes == PUBLISHES_BETWEEN_CHECKS || i == STEPS - 1) {
                    publishes = 0;
                    compare(atOnce, inSlices, "step=" + i + ", " + what);
                }
            }
        }
    }

    private static void takeAndDrain(final Side side, final Step step) {
        step.take(side.router);
        side.drain();
    }

    private static void compare(final Side atOnce, final Side inSlices, final String what) {
        atOnce.drain();
        inSlices.drain();
        for (int i = 0; i < DEVICES; i++) {
            assertEquals(
                    atOnce.heard.get(device(i)), inSlices.heard.get(device(i)), () -> "heard by some device, " + what);
        }
        assertEquals(atOnce.counts(), inSlices.counts(), what);
        for (final Side side : List.of(atOnce, inSlices)) {
            side.router.closeUsageWindow();
            side.drain();
        }
        assertEquals(atOnce.usage, inSlices.usage, what);
    }

    private List<Step> fleet() {
        final List<Step> steps = new ArrayList<>();
        steps.add(command(new Command.RegisterUser(ANN, 0)));
        steps.add(command(new Command.RegisterUser(BOB, 0)));
        steps.add(command(new Command.RegisterProduct(PRODUCT, AccountId.user(BOB))));
        steps.add(command(new Command.RegisterProduct(OTHER_PRODUCT, AccountId.user(ANN))));
        steps.add(command(new Command.RegisterCustomer(CARL, PRODUCT)));
        for (int i = 0; i < DEVICES; i++) {
            steps.add(command(new Command.RegisterDevice(device(i))));
            steps.add(command(new Command.GoOnline(device(i))));
            steps.add(command(new Command.AddToProduct(device(i), PRODUCT)));
            if (random.nextInt(3) == 0) {
                steps.add(command(new Command.Claim(device(i), any(OWNERS))));
            }
            steps.add(command(new Command.Subscribe(device(i), "all")));
        }
        return steps;
    }

    private Step anyEvent(final long number) {
        final EntityId device = device(random.nextInt(DEVICES));
        final String name = any(NAMES);
        final byte[] payload = new byte[any(LENGTHS)];
        final int origin = random.nextInt(8);
        final EntityId user = random.nextBoolean() ? ANN : BOB;
        return router -> {
            final EventDraft draft = new EventDraft();
            switch (origin) {
                case 0 -> draft.fromUser(user).name(name);
                case 1 -> draft.toProduct(PRODUCT, user).name(name);
                case 2 -> draft.fromLogic(PRODUCT).name(name);
                case 3 -> draft.fromHook(device).name(name);
                case 4 -> draft.fromSystem(device).name("spark/" + name);
                default -> draft.fromDevice(device).name(name);
            }
            final long sequence = router.publish(draft.payload(payload).correlationId(number));
            assertTrue(sequence >= 0, () -> PublishResult.describe(sequence));
        };
    }

    private Step anyChange() {
        final EntityId device = device(random.nextInt(DEVICES));
        switch (random.nextInt(16)) {
            case 0:
                return command(new Command.Claim(device, any(OWNERS)));
            case 1:
                return command(new Command.Unclaim(device));
            case 2:
                return command(new Command.AddToProduct(device, random.nextInt(4) == 0 ? OTHER_PRODUCT : PRODUCT));
            case 3:
                return command(new Command.RemoveFromProduct(device));
            case 4:
                return command(new Command.SetDeviceFlags(device, random.nextBoolean(), null, null));
            case 5, 6:
                return command(new Command.GoOnline(device));
            case 7:
                return command(new Command.GoOffline(device));
            case 8:
                return command(new Command.EndSession(device));
            case 9, 10:
                return command(new Command.Subscribe(device, any(PREFIXES)));
            case 11:
                return command(new Command.Unsubscribe(device, any(PREFIXES)));
            case 12:
                return command(new Command.SetMaxEventSize(device, any(LENGTHS) + 1_000));
            case 13:
                return command(
                        random.nextInt(3) == 0
                                ? new Command.PauseAccount(any(ACCOUNTS))
                                : new Command.ResumeAccount(any(ACCOUNTS)));
            case 14:
                return EventRouter::closeUsageWindow;
            default:
                final AttemptOutcome outcome = any(REPORTED);
                return router -> router.reportAttempts(device.high(), device.low(), 1, outcome);
        }
    }

    private static Step command(final Command command) {
        return router -> router.submit(command);
    }

    private <T> T any(final T[] values) {
        return values[random.nextInt(values.length)];
    }

    private static EntityId device(final int number) {
        return EntityId.of(0xe, number);
    }
}
