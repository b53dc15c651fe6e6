package io.eventrouter.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.EventRouter;
import io.eventrouter.RouterContext;
import io.eventrouter.command.Command;
import io.eventrouter.command.CommandRefusedException;
import io.eventrouter.command.EventStream;
import io.eventrouter.command.Integration;
import io.eventrouter.command.Refusal;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.delivery.Delivery;
import io.eventrouter.event.EventDraft;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.identity.ScopeId;
import io.eventrouter.limits.TenantLimits;
import io.eventrouter.metering.UsageSnapshot;
import io.eventrouter.status.RouterCounter;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A tenant that takes all that it can get, of everything and as fast as it can, meets every limit; memory stays below
 * what was stated at the start, and the tenant beside it gets to the last event and operation what it gets on a router
 * of its own.
 */
@Timeout(300)
class HostileTenantTest {
    private static final EntityId VICTIM = EntityId.of(1, 1);
    private static final EntityId VICTIM_ORGANIZATION = EntityId.of(2, 1);
    private static final EntityId HOSTILE = EntityId.of(1, 2);
    private static final int VICTIM_PRODUCT = 1;
    private static final int VICTIM_DEVICES = 20;
    private static final int HOSTILE_DEVICES = 3_000;
    private static final int HOSTILE_STEPS_PER_VICTIM_STEP = 40;
    private static final int STEPS = 3_000;
    private static final long MAX_MATCHING_MEMORY = 3 << 20;
    private static final long LITTLE_MEMORY = 1 << 20;
    private static final String[] PREFIXES = {"t", "temp", "temp/", "x", "hook"};

    private final long seed = System.nanoTime();
    private long nowMs = 1_795_000_000_000L;

    @Test
    void shouldNotBeNoticedByItsNeighbour() {
        final Router alone = new Router(everyLimit(), MAX_MATCHING_MEMORY);
        final Router shared = new Router(everyLimit(), MAX_MATCHING_MEMORY);
        final SplittableRandom victim = new SplittableRandom(seed);
        final SplittableRandom hostile = new SplittableRandom(seed + 1);
        for (final Router router : List.of(alone, shared)) {
            router.setUpVictim();
        }
        shared.setUpHostile();
        for (int step = 0; step < STEPS; step++) {
            nowMs += 37;
            for (int i = 0; i < HOSTILE_STEPS_PER_VICTIM_STEP; i++) {
                shared.hostileStep(hostile);
            }
            final long choice = victim.nextLong();
            alone.victimStep(new SplittableRandom(choice));
            shared.victimStep(new SplittableRandom(choice));
            if (step % 16 == 0) {
                alone.drain();
                shared.drain();
            }
        }

        requireTheSame(alone, shared, STEPS);
        shared.requireThatEveryLimitWasMet();
        assertTrue(shared.matchingMemory() <= MAX_MATCHING_MEMORY, "memory=" + shared.matchingMemory());
        assertEquals(0, shared.router.counter(RouterCounter.EVENTS_REFUSED_BACK_PRESSURED), "the ring was never full");
        alone.router.close();
        shared.router.close();
    }

    /** Nothing holds it up but memory: it takes all of that, and goes on trying; who has subscribed before hears on. */
    @Test
    void shouldEndWhereMemoryForSubscriptionsEnds() {
        System.out.println("hostile tenant: seed=" + seed);
        final Router alone = new Router(new TenantLimits(), LITTLE_MEMORY);
        final Router shared = new Router(new TenantLimits(), LITTLE_MEMORY);
        final SplittableRandom random = new SplittableRandom(seed);
        for (final Router router : List.of(alone, shared)) {
            router.setUpVictim();
            for (int i = 0; i < VICTIM_DEVICES; i++) {
                router.execute(new Command.Subscribe(victim(i), PREFIXES[i % 4]));
            }
        }
        shared.setUpHostile();
        final List<CommandRefusedException> refused = new ArrayList<>();
        for (int step = 0; step < HOSTILE_DEVICES; step++) {
            nowMs += 37;
            shared.takeMemory(step, refused);
            final EntityId device = victim(random.nextInt(VICTIM_DEVICES));
            final int name = random.nextInt(3);
            alone.publish(device, "temp/" + name);
            shared.publish(device, "temp/" + name);
        }

        assertTrue(refused.size() > 1_000, "refused=" + refused.size() + ", memory=" + shared.matchingMemory());
        for (final CommandRefusedException refusal : refused) {
            assertEquals(Refusal.MATCHING_MEMORY_LIMIT, refusal.refusal());
            assertTrue(refusal.getMessage().contains("maxMatchingMemory=" + LITTLE_MEMORY), refusal.getMessage());
        }
        assertEquals(refused.size(), shared.router.counter(RouterCounter.COMMANDS_REFUSED_MATCHING_MEMORY_LIMIT));
        assertEquals(refused.size(), shared.router.counter(RouterCounter.COMMANDS_REFUSED));
        assertEquals(LITTLE_MEMORY, shared.matchingMemory(), "all of it, and no more");

        requireTheSame(alone, shared, HOSTILE_DEVICES);

        // When it lets go, there is room for others.
        for (int i = 0; i < HOSTILE_DEVICES; i++) {
            shared.execute(new Command.UnsubscribeAll(hostile(i)));
        }
        for (final Router router : List.of(alone, shared)) {
            for (int i = 0; i < VICTIM_DEVICES; i++) {
                router.execute(new Command.Subscribe(victim(i), "a new prefix of the victim, as long as it may be"));
            }
            router.publish(victim(0), "a new prefix of the victim, as long as it may be");
        }
        requireTheSame(alone, shared, HOSTILE_DEVICES + VICTIM_DEVICES);
        alone.router.close();
        shared.router.close();
    }

    private void requireTheSame(final Router alone, final Router shared, final int deliveries) {
        alone.drain();
        shared.drain();
        assertEquals(alone.deliveries, shared.deliveries, "seed=" + seed);
        assertTrue(alone.deliveries.size() > deliveries, "deliveries=" + alone.deliveries.size());
        for (final AccountId account : List.of(AccountId.user(VICTIM), AccountId.organization(VICTIM_ORGANIZATION))) {
            assertEquals(alone.usage().of(account), shared.usage().of(account), account + ", seed=" + seed);
        }
    }

    private static TenantLimits everyLimit() {
        return new TenantLimits()
                .devicesPerOwner(2_000)
                .devicesPerProduct(2_000)
                .productsPerAccount(2)
                .servicesPerScope(50)
                .publishRatePerDevice(30, 30)
                .publishRatePerAccount(100, 100)
                .subscribeRatePerDevice(20, 5)
                .subscribeRatePerAccount(100, 100)
                .ringSharePerPublisher(16);
    }

    private final class Router {
        private final List<String> deliveries = new ArrayList<>();
        private final EventDraft draft = new EventDraft();
        private final EventRouter router;

        Router(final TenantLimits limits, final long maxMatchingMemory) {
            router = EventRouter.launch(new RouterContext()
                    .useInvoker(true)
                    .ringSlots(CommandRing.MIN_SLOTS)
                    .maxDevices(VICTIM_DEVICES + HOSTILE_DEVICES)
                    .maxAccounts(64)
                    .maxMatchingMemory(maxMatchingMemory)
                    .subscriptionsPerDevice(4)
                    .epochClock(() -> nowMs)
                    .tenantLimits(limits)
                    .deliveryHandler(this::onDelivery));
        }

        private AttemptOutcome onDelivery(final Delivery delivery) {
            final boolean isVictims = delivery.event().hasOwner()
                            && delivery.event().ownerIdHigh() == VICTIM.high()
                            && delivery.event().ownerIdLow() == VICTIM.low()
                    || delivery.event().productId() == VICTIM_PRODUCT;
            if (isVictims) {
                deliveries.add(delivery.event().name() + " " + delivery.event().correlationId() + " -> "
                        + delivery.recipientKind() + " " + delivery.recipientId() + " "
                        + EntityId.toText(delivery.deviceIdHigh(), delivery.deviceIdLow()));
            }
            return AttemptOutcome.PENDING;
        }

        void setUpVictim() {
            router.execute(new Command.RegisterUser(VICTIM, 0));
            router.execute(new Command.RegisterOrganization(VICTIM_ORGANIZATION, 0));
            router.execute(new Command.RegisterProduct(VICTIM_PRODUCT, AccountId.organization(VICTIM_ORGANIZATION)));
            for (int i = 0; i < VICTIM_DEVICES; i++) {
                router.execute(new Command.RegisterDevice(victim(i)));
                router.execute(new Command.GoOnline(victim(i)));
                router.execute(new Command.Claim(victim(i), VICTIM));
            }
        }

        void setUpHostile() {
            router.execute(new Command.RegisterUser(HOSTILE, 0));
            router.execute(new Command.RegisterProduct(100, AccountId.user(HOSTILE)));
            for (int i = 0; i < HOSTILE_DEVICES; i++) {
                router.execute(new Command.RegisterDevice(hostile(i)));
            }
        }

        // Within its limits, as most tenants are most of the time: 27 steps a second.
        void victimStep(final SplittableRandom random) {
            final EntityId device = victim(random.nextInt(VICTIM_DEVICES));
            final String prefix = PREFIXES[random.nextInt(4)];
            switch (random.nextInt(12)) {
                case 0 -> router.execute(new Command.UnsubscribeAll(device));
                case 1 -> router.execute(new Command.Subscribe(device, prefix));
                case 2 -> router.execute(new Command.AddToProduct(device, VICTIM_PRODUCT));
                case 3 -> router.execute(new Command.RemoveFromProduct(device));
                case 4 ->
                    router.execute(new Command.PutIntegration(
                            Integration.ofProduct("victim " + random.nextInt(4), VICTIM_PRODUCT, prefix)));
                default -> {
                    draft.fromDevice(device).name("temp/" + random.nextInt(3)).correlationId(random.nextInt());
                    assertTrue(router.publish(draft) >= 0, "the victim always finds room");
                }
            }
        }

        void hostileStep(final SplittableRandom random) {
            final EntityId device = hostile(random.nextInt(HOSTILE_DEVICES));
            try {
                switch (random.nextInt(14)) {
                    case 0 -> router.execute(new Command.Claim(device, HOSTILE));
                    case 1 -> router.execute(new Command.AddToProduct(device, 100));
                    case 2 ->
                        router.execute(new Command.RegisterProduct(100 + random.nextInt(50), AccountId.user(HOSTILE)));
                    case 3 ->
                        router.execute(new Command.PutIntegration(
                                Integration.ofUser("hostile " + random.nextInt(200), HOSTILE, PREFIXES[0])));
                    case 4 ->
                        router.execute(new Command.OpenStream(
                                EventStream.of("hostile " + random.nextInt(200), ScopeId.owner(HOSTILE))));
                    case 5, 6, 7 ->
                        router.execute(new Command.Subscribe(
                                device,
                                "a prefix as long as it may be, so that memory will end " + random.nextInt(99_999)));
                    case 8 -> router.execute(new Command.Subscribe(hostile(0), PREFIXES[random.nextInt(5)]));
                    default -> flood(random, device);
                }
            } catch (final CommandRefusedException refused) {
                // That is what limits are for.
            }
        }

        /** A prefix of its own for every subscription, so that none can share its memory with another. */
        void takeMemory(final int step, final List<CommandRefusedException> refused) {
            final EntityId device = hostile(step);
            execute(new Command.Claim(device, HOSTILE));
            for (int i = 0; i < 4; i++) {
                try {
                    execute(new Command.Subscribe(
                            device, "a prefix as long as it may be, so that memory will end " + (step + i * 100_000)));
                } catch (final CommandRefusedException refusal) {
                    refused.add(refusal);
                }
            }
        }

        void publish(final EntityId device, final String name) {
            draft.fromDevice(device).name(name).correlationId(0);
            assertTrue(router.publish(draft) >= 0, "the victim always finds room");
            drain();
        }

        void execute(final Command command) {
            router.execute(command);
        }

        private void flood(final SplittableRandom random, final EntityId device) {
            draft.fromDevice(random.nextBoolean() ? hostile(0) : device)
                    .name("temp")
                    .correlationId(0);
            for (int i = random.nextInt(200) == 0 ? 1_500 : 1; i > 0; i--) {
                router.publish(draft);
            }
        }

        void requireThatEveryLimitWasMet() {
            final Set<RouterCounter> never = EnumSet.noneOf(RouterCounter.class);
            for (final RouterCounter counter : EnumSet.of(
                    RouterCounter.EVENTS_REFUSED_DEVICE_RATE_EXCEEDED,
                    RouterCounter.EVENTS_REFUSED_ACCOUNT_RATE_EXCEEDED,
                    RouterCounter.EVENTS_REFUSED_RING_SHARE_EXCEEDED,
                    RouterCounter.COMMANDS_REFUSED_OWNER_DEVICE_LIMIT,
                    RouterCounter.COMMANDS_REFUSED_PRODUCT_DEVICE_LIMIT,
                    RouterCounter.COMMANDS_REFUSED_PRODUCT_LIMIT,
                    RouterCounter.COMMANDS_REFUSED_SERVICE_LIMIT,
                    RouterCounter.COMMANDS_REFUSED_SUBSCRIPTION_LIMIT,
                    RouterCounter.COMMANDS_REFUSED_DEVICE_SUBSCRIBE_RATE,
                    RouterCounter.COMMANDS_REFUSED_ACCOUNT_SUBSCRIBE_RATE)) {
                if (router.counter(counter) == 0) {
                    never.add(counter);
                }
            }
            assertEquals(Set.of(), never, "limits that were never met, seed=" + seed);
        }

        long matchingMemory() {
            return LaneFault.pipelineOf(router).lane(0).core().matchingCapacity();
        }

        UsageSnapshot usage() {
            final var snapshot = router.usageSnapshot();
            drain();
            return snapshot.join();
        }

        void drain() {
            for (int idle = 0; idle < 2; ) {
                idle = router.invoke() == 0 ? idle + 1 : 0;
            }
        }
    }

    private static EntityId victim(final int number) {
        return EntityId.of(5, number);
    }

    private static EntityId hostile(final int number) {
        return EntityId.of(6, number);
    }
}
