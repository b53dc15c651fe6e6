package io.eventrouter.routing;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.command.Command;
import io.eventrouter.command.EventStream;
import io.eventrouter.command.Integration;
import io.eventrouter.command.LogicFunction;
import io.eventrouter.command.Refusal;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.delivery.Delivery;
import io.eventrouter.delivery.RecipientKind;
import io.eventrouter.event.EventDraft;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.identity.ScopeId;
import io.eventrouter.limits.TenantLimits;
import io.eventrouter.memory.BlockMemory;
import io.eventrouter.memory.MemoryExhaustedException;
import io.eventrouter.memory.OffHeapMemory;
import io.eventrouter.memory.SeededHash;
import io.eventrouter.metering.DirectUsage;
import io.eventrouter.metering.ThresholdBoard;
import io.eventrouter.metering.UsageGranularity;
import io.eventrouter.metering.UsageHandler;
import io.eventrouter.ownership.KnownIds;
import io.eventrouter.status.RouterCounter;
import io.eventrouter.status.RouterCounters;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/**
 * When memory for subscriptions ends in the middle of a command, the command is refused and nothing has changed: every
 * command is tried with every one of its allocations failing before it may succeed. Compared with a twin that never
 * hears of what was refused.
 */
class ExhaustedMemoryTest {
    private static final int DEVICES = 12;
    private static final EntityId[] OWNERS = {EntityId.of(1, 1), EntityId.of(1, 2)};
    private static final int[] PRODUCTS = {7, 8};
    private static final String[] PREFIXES = {"a", "ab", "ab/", "abc", "b", "b/c/", "t", "temp", "temp/1"};
    private static final String[] NAMES = {"abc", "ab/x", "b/c/d", "temp/12", "t", "x"};

    private final long seed = System.nanoTime();
    private final SplittableRandom random = new SplittableRandom(seed);
    private final Core tested = new Core(new FailingMemory());
    private final Core twin = new Core(new BlockMemory(OffHeapMemory.reserve(64 << 20)));
    private long refused;
    private int refusalsPerLook = 1;

    @Test
    void shouldCarryOutEveryCommandWhollyOrNotAtAll() {
        setUp(DEVICES);
        for (int i = 0; i < 3_000; i++) {
            tryEveryFailure(anyCommand());
        }
        assertTrue(refused > 1_500, () -> "refused=" + refused + ", seed=" + seed);
        removeEverything(DEVICES);
    }

    /** Slots that grow part by part, parts that split, counters of lengths, runs of every length. */
    @Test
    void shouldCarryOutEveryCommandWhollyOrNotAtAllInALargeScope() {
        final int devices = 2_000;
        refusalsPerLook = 97;
        setUp(devices);
        for (int device = 0; device < devices; device++) {
            tryEveryFailure(new Command.Claim(device(device), OWNERS[0]));
            for (int own = 0; own < 4; own++) {
                tryEveryFailure(new Command.Subscribe(device(device), "own/" + device + "/" + own));
            }
            tryEveryFailure(new Command.Subscribe(device(device), "temp"));
        }
        for (int device = 0; device < devices; device++) {
            tryEveryFailure(new Command.AddToProduct(device(device), PRODUCTS[0]));
        }
        assertTrue(refused > 10_000, () -> "refused=" + refused + ", seed=" + seed);
        compare("all moved");
        removeEverything(devices);
    }

    private void setUp(final int devices) {
        for (final Core core : List.of(tested, twin)) {
            for (final EntityId owner : OWNERS) {
                core.accept(new Command.RegisterUser(owner, 0));
            }
            for (final int product : PRODUCTS) {
                core.accept(new Command.RegisterProduct(product, AccountId.user(OWNERS[0])));
            }
            for (int device = 0; device < devices; device++) {
                core.accept(new Command.RegisterDevice(device(device)));
                core.accept(new Command.GoOnline(device(device)));
            }
        }
    }

    private void tryEveryFailure(final Command command) {
        int allocations = 0;
        while (true) {
            tested.memory().failAfter(allocations);
            final Refusal refusal = tested.apply(command);
            tested.memory().failAfter(Long.MAX_VALUE);
            if (refusal != Refusal.MATCHING_MEMORY_LIMIT) {
                assertEquals(twin.apply(command), refusal, () -> command + ", seed=" + seed);
                if (allocations > 0 && refused % refusalsPerLook == 0) {
                    compare(command.toString());
                }
                return;
            }
            refused++;
            allocations++;
            if (refused % refusalsPerLook == 0) {
                compare("refused at allocation " + allocations + ": " + command);
            }
        }
    }

    private void compare(final String what) {
        for (final String name : NAMES) {
            final int publisher = random.nextInt(DEVICES);
            assertEquals(
                    twin.publish(publisher, name),
                    tested.publish(publisher, name),
                    () -> name + " by " + publisher + " after " + what + ", seed=" + seed);
        }
    }

    private void removeEverything(final int devices) {
        for (int device = 0; device < devices; device++) {
            tested.accept(new Command.UnsubscribeAll(device(device)));
        }
        for (final String id : PREFIXES) {
            tested.apply(new Command.RemoveIntegration(id));
            tested.apply(new Command.RemoveLogicFunction(id));
            tested.apply(new Command.CloseStream(id));
        }
        assertEquals(0, tested.memory().allocatedBytes(), "nothing is left behind, seed=" + seed);
    }

    private Command anyCommand() {
        final EntityId device = device(random.nextInt(DEVICES));
        final String prefix = PREFIXES[random.nextInt(PREFIXES.length)];
        final String id = PREFIXES[random.nextInt(3)];
        final int product = PRODUCTS[random.nextInt(2)];
        return switch (random.nextInt(14)) {
            case 0, 1, 2 -> new Command.Subscribe(device, prefix);
            case 3 -> new Command.Unsubscribe(device, prefix);
            case 4 -> new Command.EndSession(device);
            case 5 -> new Command.GoOnline(device);
            case 6 -> new Command.Claim(device, OWNERS[random.nextInt(2)]);
            case 7 -> new Command.Unclaim(device);
            case 8 -> new Command.AddToProduct(device, product);
            case 9 -> new Command.SetDeviceFlags(device, random.nextBoolean(), null, null);
            case 10 ->
                new Command.PutIntegration(
                        Integration.ofProduct(id, product, prefix).enabled(random.nextInt(3) > 0));
            case 11 -> new Command.EnableIntegration(id, random.nextBoolean());
            case 12 ->
                new Command.PutLogicFunction(new LogicFunction(
                        id,
                        true,
                        List.of(
                                new LogicFunction.Trigger(PRODUCTS[0], prefix, true),
                                new LogicFunction.Trigger(product, NAMES[random.nextInt(3)], true))));
            default ->
                random.nextBoolean()
                        ? new Command.OpenStream(new EventStream(id, ScopeId.product(product), null, prefix))
                        : new Command.CloseStream(id);
        };
    }

    private static EntityId device(final int number) {
        return EntityId.of(0xe00fce68L << 32, number);
    }

    /** Fails from the allocation on that it is told. */
    private static final class FailingMemory extends BlockMemory {
        private long left = Long.MAX_VALUE;

        FailingMemory() {
            super(OffHeapMemory.reserve(64 << 20));
        }

        void failAfter(final long allocations) {
            left = allocations;
        }

        @Override
        public int allocate(final int sizeClass) {
            if (left-- <= 0) {
                throw new MemoryExhaustedException("as the test wants it");
            }
            return super.allocate(sizeClass);
        }
    }

    private final class Core {
        private final UnsafeBuffer slot = new UnsafeBuffer(java.nio.ByteBuffer.allocateDirect(4_096));
        private final TreeSet<String> receivers = new TreeSet<>();
        private final List<String> deliveries = new ArrayList<>();
        private final RouterCounters counters = new RouterCounters();
        private final EventDraft draft = new EventDraft();
        private final BlockMemory memory;
        private final RoutingCore core;

        Core(final BlockMemory memory) {
            this.memory = memory;
            final SeededHash hash = new SeededHash(42);
            core = new RoutingCore(
                    new RoutingCore.Settings(
                            Era.AFTER_2023_03,
                            ProductScope.ALL,
                            4_096,
                            64,
                            Integer.MAX_VALUE,
                            new TenantLimits(),
                            BlockMemory.MAX_LENGTH,
                            16,
                            1_024,
                            UsageGranularity.DEVICE,
                            0),
                    new RoutingCore.Handlers(this::onDelivery, UsageHandler.NONE, (event, code) -> {}, problem -> {
                        throw new AssertionError("seed=" + seed, problem);
                    }),
                    new RoutingCore.Shared(hash, new KnownIds(hash, 64), counters, new ThresholdBoard(), 1),
                    new DirectUsage(UsageHandler.NONE, problem -> {}, counters, new AtomicLong()),
                    slot,
                    memory);
        }

        FailingMemory memory() {
            return (FailingMemory) memory;
        }

        Refusal apply(final Command command) {
            final long before = count(RouterCounter.COMMANDS_REFUSED_MATCHING_MEMORY_LIMIT);
            final Refusal refusal = core.apply(command, 0);
            final boolean isCounted = count(RouterCounter.COMMANDS_REFUSED_MATCHING_MEMORY_LIMIT) > before;
            assertEquals(refusal == Refusal.MATCHING_MEMORY_LIMIT, isCounted, () -> command + ", seed=" + seed);
            return refusal;
        }

        void accept(final Command command) {
            assertNull(apply(command), () -> command + ", seed=" + seed);
        }

        private long count(final RouterCounter counter) {
            core.tellCounters();
            return counters.get(counter);
        }

        List<String> publish(final int publisher, final String name) {
            receivers.clear();
            deliveries.clear();
            draft.fromDevice(device(publisher)).name(name).payload(name.getBytes(US_ASCII));
            SlotLayout.writeEvent(slot, 0, draft, 0, 0);
            core.events().onEvent(slot.addressOffset(), 1);
            core.events().routeEvents();
            deliveries.sort(null);
            assertEquals(deliveries.size(), receivers.size(), () -> "once each: seed=" + seed);
            return List.copyOf(deliveries);
        }

        private AttemptOutcome onDelivery(final Delivery delivery) {
            final String receiver = delivery.recipientKind() == RecipientKind.DEVICE
                    ? EntityId.toText(delivery.deviceIdHigh(), delivery.deviceIdLow())
                    : delivery.recipientKind() + " " + delivery.recipientId();
            receivers.add(receiver);
            deliveries.add(receiver);
            return AttemptOutcome.PENDING;
        }
    }
}
