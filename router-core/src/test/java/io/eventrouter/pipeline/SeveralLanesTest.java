package io.eventrouter.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.EventRouter;
import io.eventrouter.RouterContext;
import io.eventrouter.command.Command;
import io.eventrouter.command.EventStream;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several publishers against several lanes, while commands go through all of them. */
@Timeout(300)
class SeveralLanesTest {
    private static final int PUBLISHERS = 4;
    private static final int DEVICES_PER_PUBLISHER = 8;
    private static final int ROUNDS = 5_000;
    private static final int ROUNDS_FOR_A_COMMAND = 40;
    private static final int PRODUCT = 30301;
    private static final EntityId ANN = EntityId.of(0xa, 1);
    private static final EntityId BOB = EntityId.of(0xa, 2);
    private static final EntityId ACME = EntityId.of(0xa, 3);
    private static final EntityId LISTENER = EntityId.of(0xf, 0);

    private final long seed = System.nanoTime();
    private final AtomicReference<String> firstFault = new AtomicReference<>();
    private final Map<EntityId, AtomicLong> nextNumbers = new ConcurrentHashMap<>();
    private final Map<String, AtomicLong> recorded = new ConcurrentHashMap<>();
    private final AtomicLong heardByListener = new AtomicLong();
    private final AtomicInteger commands = new AtomicInteger();
    private volatile boolean noMoreCommands;

    private void fault(final String fault) {
        firstFault.compareAndSet(null, fault + ", seed=" + seed);
    }

    private static EntityId device(final int publisher, final int number) {
        return EntityId.of(0xe, publisher * DEVICES_PER_PUBLISHER + number);
    }

    private AttemptOutcome onDelivery(final Delivery delivery) {
        if (delivery.recipientId() == null) {
            heardByListener.incrementAndGet();
            return AttemptOutcome.PENDING;
        }
        final EntityId publisher =
                EntityId.of(delivery.event().publisherIdHigh(), delivery.event().publisherIdLow());
        final long expected = nextNumbers
                .computeIfAbsent(publisher, device -> new AtomicLong())
                .getAndIncrement();
        if (delivery.event().correlationId() != expected) {
            fault("publisher=" + publisher + ", number=" + delivery.event().correlationId() + ", expected=" + expected);
        }
        return AttemptOutcome.PENDING;
    }

    private void onUsage(final UsageRecord record) {
        recorded.computeIfAbsent(record.account() + " publish", key -> new AtomicLong())
                .addAndGet(record.publishOperations());
        recorded.computeIfAbsent(record.account() + " subscribe", key -> new AtomicLong())
                .addAndGet(record.subscribeOperations());
    }

    private long recorded(final String key) {
        return recorded.getOrDefault(key, new AtomicLong()).get();
    }

    /**
     * All devices but one of each publisher are in a product, whose stream must hear their numbers in order. That one
     * belongs to Ann or to Bob by turns, so Ann's listener must hear exactly what Ann pays for.
     */
    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void shouldKeepTheOrderOfEachPublisherAndLoseAndDoubleNothing(final int lanes) throws InterruptedException {
        try (EventRouter router = EventRouter.launch(new RouterContext()
                .lanes(lanes)
                .ringSlots(2_048)
                .controlTimeout(60, TimeUnit.SECONDS)
                .usageWindow(100, TimeUnit.MILLISECONDS)
                .usageHandler(this::onUsage)
                .errorHandler(problem -> fault(problem.toString()))
                .deliveryHandler(this::onDelivery))) {
            register(router);
            final Thread[] publishers = start(publisher -> publish(router, publisher));
            final SplittableRandom random = new SplittableRandom(seed);
            try {
                while (isAnyAlive(publishers)) {
                    final EntityId mover = mover(random.nextInt(PUBLISHERS));
                    router.submit(new Command.Claim(mover, random.nextBoolean() ? ANN : BOB));
                    commands.incrementAndGet();
                }
            } finally {
                noMoreCommands = true;
            }
            for (final Thread publisher : publishers) {
                publisher.join();
            }
            router.closeUsageWindow().join();
            final UsageSnapshot snapshot = router.usageSnapshot().join();

            assertNull(firstFault.get());
            final long ofMovers = (long) PUBLISHERS * ROUNDS;
            final long events = ofMovers * (DEVICES_PER_PUBLISHER + 1);
            assertTrue(commands.get() > 100, "commands=" + commands);
            assertEquals(events, router.counter(RouterCounter.EVENTS_ROUTED));
            assertEquals(events - ofMovers, router.counter(RouterCounter.DELIVERIES_TO_STREAMS));
            final UsageSnapshot.Totals ann = snapshot.of(AccountId.user(ANN));
            final UsageSnapshot.Totals bob = snapshot.of(AccountId.user(BOB));
            assertEquals(ofMovers, ann.publishOperations() + bob.publishOperations(), "seed=" + seed);
            assertTrue(ann.publishOperations() > 0 && bob.publishOperations() > 0);
            assertEquals(ann.publishOperations(), heardByListener.get(), "Ann hears what Ann publishes: seed=" + seed);
            assertEquals(ann.publishOperations(), ann.subscribeOperations());
            assertEquals(
                    events - ofMovers, snapshot.of(AccountId.organization(ACME)).publishOperations());
            assertEquals(ann.publishOperations(), recorded(AccountId.user(ANN) + " publish"), "seed=" + seed);
            assertEquals(ann.subscribeOperations(), recorded(AccountId.user(ANN) + " subscribe"));
            assertEquals(bob.publishOperations(), recorded(AccountId.user(BOB) + " publish"));
            assertEquals(0, router.counter(RouterCounter.ROUTING_FAILURES));
        }
    }

    private static void register(final EventRouter router) {
        router.execute(new Command.RegisterUser(ANN, 0));
        router.execute(new Command.RegisterUser(BOB, 0));
        router.execute(new Command.RegisterOrganization(ACME, 0));
        router.execute(new Command.RegisterProduct(PRODUCT, AccountId.organization(ACME)));
        for (int publisher = 0; publisher < PUBLISHERS; publisher++) {
            for (int number = 0; number < DEVICES_PER_PUBLISHER; number++) {
                router.execute(new Command.RegisterDevice(device(publisher, number)));
                router.execute(new Command.AddToProduct(device(publisher, number), PRODUCT));
            }
            final EntityId mover = mover(publisher);
            router.execute(new Command.RegisterDevice(mover));
            router.execute(new Command.Claim(mover, ANN));
        }
        router.execute(new Command.RegisterDevice(LISTENER));
        router.execute(new Command.Claim(LISTENER, ANN));
        router.execute(new Command.Subscribe(LISTENER, "n"));
        router.execute(new Command.GoOnline(LISTENER));
        router.execute(new Command.OpenStream(EventStream.of("all", ScopeId.product(PRODUCT))));
    }

    private static EntityId mover(final int publisher) {
        return EntityId.of(0xd, publisher);
    }

    private static Thread[] start(final IntConsumer publisher) {
        final Thread[] threads = new Thread[PUBLISHERS];
        for (int i = 0; i < PUBLISHERS; i++) {
            final int number = i;
            threads[i] = new Thread(() -> publisher.accept(number));
            threads[i].start();
        }
        return threads;
    }

    private static boolean isAnyAlive(final Thread[] threads) {
        boolean isAlive = false;
        for (final Thread thread : threads) {
            isAlive |= thread.isAlive();
        }
        return isAlive;
    }

    // One round is an event of each device; half of the publishers bring a round at once.
    private void publish(final EventRouter router, final int publisher) {
        final EventDraft[] round = new EventDraft[DEVICES_PER_PUBLISHER + 1];
        for (int i = 0; i < round.length; i++) {
            round[i] = new EventDraft()
                    .fromDevice(i < DEVICES_PER_PUBLISHER ? device(publisher, i) : mover(publisher))
                    .name("number");
        }
        for (int number = 0; number < ROUNDS; number++) {
            // Commands come between events from the first to the last, however seldom their thread has a processor.
            while (commands.get() < number / ROUNDS_FOR_A_COMMAND && !noMoreCommands) {
                Thread.yield();
            }
            for (final EventDraft draft : round) {
                draft.correlationId(number);
            }
            if (publisher % 2 == 0) {
                for (final EventDraft draft : round) {
                    publishUntilAccepted(router, new EventDraft[] {draft}, 1);
                }
            } else {
                publishUntilAccepted(router, round.clone(), round.length);
            }
        }
    }

    // What was pressed back comes again, in its order; nothing else can be refused here.
    private void publishUntilAccepted(final EventRouter router, final EventDraft[] drafts, final int count) {
        int waiting = count;
        final long[] results = new long[count];
        while (waiting > 0) {
            router.publishAll(drafts, waiting, results);
            int left = 0;
            for (int i = 0; i < waiting; i++) {
                if (results[i] == PublishResult.BACK_PRESSURED) {
                    drafts[left++] = drafts[i];
                } else if (results[i] < 0) {
                    fault("refused: " + PublishResult.describe(results[i]));
                }
            }
            waiting = left;
            if (waiting > 0) {
                Thread.yield();
            }
        }
    }

    /** Accounts with plans of all sizes, each used up to the last operation: every threshold once, none missed. */
    @ParameterizedTest
    @ValueSource(ints = {2, 8})
    void shouldTellEveryThresholdExactlyOnce(final int lanes) throws InterruptedException {
        final int accounts = 200;
        final long[] granted = new long[accounts];
        final SplittableRandom random = new SplittableRandom(seed);
        final Map<AccountId, List<UsageThreshold>> told = new ConcurrentHashMap<>();
        final EventRouter router = EventRouter.launch(new RouterContext()
                .lanes(lanes)
                .ringSlots(2_048)
                .controlTimeout(60, TimeUnit.SECONDS)
                .closeTimeout(60, TimeUnit.SECONDS)
                // No month ends.
                .epochClock(() -> 1_000_000)
                .errorHandler(problem -> fault(problem.toString()))
                .deliveryHandler(delivery -> AttemptOutcome.PENDING)
                .usageHandler(new UsageHandler() {
                    @Override
                    public void onUsage(final UsageRecord record) {}

                    @Override
                    public void onThreshold(final UsageThreshold threshold) {
                        told.computeIfAbsent(threshold.account(), account -> new ArrayList<>())
                                .add(threshold);
                    }
                }));
        for (int i = 0; i < accounts; i++) {
            granted[i] = i < accounts / 2 ? 1 + random.nextInt(20) : 1 + random.nextInt(3_000);
            router.submit(new Command.RegisterUser(EntityId.of(0xa, i), granted[i]));
            for (int k = 0; k < PUBLISHERS; k++) {
                router.submit(new Command.RegisterDevice(EntityId.of(0xe, i * PUBLISHERS + k)));
                router.submit(new Command.Claim(EntityId.of(0xe, i * PUBLISHERS + k), EntityId.of(0xa, i)));
            }
        }
        router.usageSnapshot().join();
        final Thread[] publishers = start(publisher -> {
            for (int account = 0; account < accounts; account++) {
                // Together the publishers use exactly what is granted; one account after the other, so that they meet.
                final long share = granted[account] / PUBLISHERS + (publisher < granted[account] % PUBLISHERS ? 1 : 0);
                final EventDraft draft = new EventDraft()
                        .fromDevice(0xe, account * PUBLISHERS + publisher)
                        .name("t");
                for (long i = 0; i < share; i++) {
                    publishUntilAccepted(router, new EventDraft[] {draft}, 1);
                }
            }
        });
        for (final Thread publisher : publishers) {
            publisher.join();
        }
        router.close();

        assertNull(firstFault.get());
        for (int i = 0; i < accounts; i++) {
            final List<UsageThreshold> ofAccount = told.getOrDefault(AccountId.user(EntityId.of(0xa, i)), List.of());
            assertEquals(
                    List.of(70, 90, 100),
                    ofAccount.stream().map(UsageThreshold::percent).toList(),
                    "granted=" + granted[i] + ", seed=" + seed);
            for (final UsageThreshold threshold : ofAccount) {
                assertTrue(threshold.usedOperations() * 100 >= granted[i] * threshold.percent(), threshold.toString());
                assertTrue(threshold.usedOperations() <= granted[i], threshold.toString());
            }
        }
    }

    @Test
    void shouldRouteAllThatWasAcceptedWhenClosedUnderLoad() throws InterruptedException {
        for (int round = 0; round < 20; round++) {
            final AtomicLong accepted = new AtomicLong();
            final AtomicLong delivered = new AtomicLong();
            final EventRouter router = EventRouter.launch(new RouterContext()
                    .lanes(4)
                    .ringSlots(2_048)
                    .closeTimeout(60, TimeUnit.SECONDS)
                    .deliveryHandler(delivery -> {
                        delivered.incrementAndGet();
                        return AttemptOutcome.PENDING;
                    }));
            register(router);
            final Thread[] publishers = start(publisher -> {
                final EventDraft[] drafts = new EventDraft[DEVICES_PER_PUBLISHER];
                for (int i = 0; i < drafts.length; i++) {
                    drafts[i] =
                            new EventDraft().fromDevice(device(publisher, i)).name("number");
                }
                final long[] results = new long[drafts.length];
                do {
                    accepted.addAndGet(router.publishAll(drafts, drafts.length, results));
                } while (results[0] != PublishResult.CLOSED);
            });
            do {
                Thread.sleep(5);
            } while (accepted.get() == 0);

            router.close();

            for (final Thread publisher : publishers) {
                publisher.join();
            }
            assertEquals(accepted.get(), router.counter(RouterCounter.EVENTS_ROUTED), "round=" + round);
            assertEquals(accepted.get(), delivered.get(), "round=" + round);
        }
    }

    /** Devices fail in all lanes at once and come back; in the end the commands alone say who is online. */
    @Test
    void shouldAgreeAboutPresenceWhateverFailsMeanwhile() throws InterruptedException {
        final AtomicInteger deliveries = new AtomicInteger();
        final AtomicReference<AttemptOutcome> outcome = new AtomicReference<>(AttemptOutcome.FAILED);
        try (EventRouter router = EventRouter.launch(new RouterContext()
                .lanes(4)
                .controlTimeout(60, TimeUnit.SECONDS)
                .errorHandler(problem -> fault(problem.toString()))
                .deliveryHandler(delivery -> {
                    deliveries.incrementAndGet();
                    return outcome.get();
                }))) {
            router.execute(new Command.RegisterUser(ANN, 0));
            final int devices = PUBLISHERS * DEVICES_PER_PUBLISHER;
            for (int i = 0; i < devices; i++) {
                router.execute(new Command.RegisterDevice(EntityId.of(0xe, i)));
                router.execute(new Command.Claim(EntityId.of(0xe, i), ANN));
                router.execute(new Command.Subscribe(EntityId.of(0xe, i), "n"));
                router.execute(new Command.GoOnline(EntityId.of(0xe, i)));
            }
            final Thread[] publishers = start(publisher -> {
                for (int i = 0; i < 2_000; i++) {
                    publishUntilAccepted(
                            router,
                            new EventDraft[] {
                                new EventDraft()
                                        .fromDevice(device(publisher, i % DEVICES_PER_PUBLISHER))
                                        .name("n")
                            },
                            1);
                }
            });
            final SplittableRandom random = new SplittableRandom(seed);
            while (isAnyAlive(publishers)) {
                router.submit(new Command.GoOnline(EntityId.of(0xe, random.nextInt(devices))));
            }
            for (final Thread publisher : publishers) {
                publisher.join();
            }
            // All that was published has failed by then.
            router.usageSnapshot().join();
            outcome.set(AttemptOutcome.PENDING);
            awaitQuiet(router);

            // An event of each device, one by one: every lane must have the same listeners.
            final int first = deliveriesOf(router, device(0, 0), deliveries);
            for (int i = 1; i < devices; i++) {
                assertEquals(first, deliveriesOf(router, EntityId.of(0xe, i), deliveries), "seed=" + seed);
            }
            for (int i = 0; i < devices; i++) {
                router.execute(new Command.GoOnline(EntityId.of(0xe, i)));
            }
            awaitQuiet(router);
            for (int i = 0; i < devices; i++) {
                assertEquals(devices, deliveriesOf(router, EntityId.of(0xe, i), deliveries), "seed=" + seed);
            }
            assertTrue(router.counter(RouterCounter.DEVICES_TIMED_OUT) > 0);
            assertNull(firstFault.get());
        }
    }

    private static int deliveriesOf(final EventRouter router, final EntityId device, final AtomicInteger deliveries) {
        final int before = deliveries.get();
        final long sequence = router.publish(new EventDraft().fromDevice(device).name("n"));
        assertTrue(router.awaitRouted(sequence, TimeUnit.SECONDS.toNanos(60)));
        return deliveries.get() - before;
    }

    // What timed out is told at the end of a duty cycle; commands that are put in afterwards come behind it.
    private static void awaitQuiet(final EventRouter router) throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            router.usageSnapshot().join();
            Thread.sleep(5);
        }
    }
}
