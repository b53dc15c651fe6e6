package io.eventrouter.benchmarks;

import io.eventrouter.EventRouter;
import io.eventrouter.RouterContext;
import io.eventrouter.command.Command;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.delivery.Delivery;
import io.eventrouter.event.EventDraft;
import io.eventrouter.event.PublishResult;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.status.RouterCounter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What lanes bring and what they cost, on the fleet of the whole path. A gateway publishes sixteen events at a time;
 * its events wait in the rings while every lane is held up in its handler, as by a transport that stalls. So filling
 * the rings costs the publisher alone, and catching up costs the lanes alone; the third benchmark is both together.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar Lanes -p lanes=1,2</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 2)
@Measurement(iterations = 4, time = 2)
@Fork(
        value = 1,
        jvmArgsPrepend = {"--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED", "-Xms2g", "-Xmx2g"})
public class LanesBenchmark {
    private static final int BACKLOG_EVENTS = 1 << 17;
    private static final int RING_SLOTS = 1 << 18;
    private static final int EVENTS_AT_ONCE = 16;
    private static final int CLAIMS = 1 << 14;
    private static final int LONGS_PER_CACHE_LINE = 8;
    private static final long AWAIT_NS = TimeUnit.SECONDS.toNanos(30);

    @Param({"1", "2"})
    public int lanes;

    @Param({"1000000"})
    public int devices;

    @Param({"100000"})
    public int subscriptions;

    private final EventDraft[] drafts = new EventDraft[EVENTS_AT_ONCE];
    private final EventDraft[] waiting = new EventDraft[EVENTS_AT_ONCE];
    private final long[] results = new long[EVENTS_AT_ONCE];
    private final List<EntityId> claimed = new ArrayList<>();
    private final List<EntityId> owners = new ArrayList<>();
    private FleetWorkload workload;
    private EventRouter router;
    private long[] lastSequences;
    private long[] deliveredBytes;
    private int nextEvent;
    private int nextClaim;
    private long published;
    private long commands;
    private volatile boolean isHeld;

    @Setup(Level.Trial)
    public void start() {
        workload = new FleetWorkload(devices, subscriptions, false, 42);
        lastSequences = new long[lanes];
        deliveredBytes = new long[(lanes + 1) * LONGS_PER_CACHE_LINE];
        for (int i = 0; i < drafts.length; i++) {
            drafts[i] = new EventDraft();
        }
        router = EventRouter.launch(new RouterContext()
                .lanes(lanes)
                .ringSlots(RING_SLOTS)
                .maxDevices(devices)
                .idleStrategy(() -> YieldingIdleStrategy.INSTANCE)
                .deliveryHandler(this::onDelivery));
        workload.visit(new Registration(router, claimed, owners));
        router.closeUsageWindow().join();
        commands = router.counter(RouterCounter.COMMANDS_APPLIED);
        requireEqual("refused commands", 0, router.counter(RouterCounter.COMMANDS_REFUSED));
    }

    // Lanes run at the same time: each adds to a cache line of its own.
    private AttemptOutcome onDelivery(final Delivery delivery) {
        while (isHeld) {
            LockSupport.parkNanos(1_000);
        }
        final int lane = (int) delivery.event().sequence() & lanes - 1;
        deliveredBytes[(lane + 1) * LONGS_PER_CACHE_LINE] += delivery.event().payloadLength() + delivery.deviceIdLow();
        return AttemptOutcome.PENDING;
    }

    /** Rings with room and lanes that are held up. */
    @State(Scope.Benchmark)
    public static class HeldLanes {
        @Setup(Level.Invocation)
        public void hold(final LanesBenchmark benchmark) {
            benchmark.isHeld = true;
        }

        @TearDown(Level.Invocation)
        public void catchUp(final LanesBenchmark benchmark) {
            benchmark.releaseAndAwait();
        }
    }

    /** Rings with a backlog of events. */
    @State(Scope.Benchmark)
    public static class Backlog {
        @Setup(Level.Invocation)
        public void fill(final LanesBenchmark benchmark) {
            benchmark.isHeld = true;
            benchmark.publish(BACKLOG_EVENTS);
        }
    }

    /** Rings with a backlog of claims, the lanes being held up before them. */
    @State(Scope.Benchmark)
    public static class BacklogOfClaims {
        @Setup(Level.Invocation)
        public void fill(final LanesBenchmark benchmark) {
            benchmark.isHeld = true;
            benchmark.publish(64 * benchmark.lanes);
            benchmark.claim();
        }
    }

    @Benchmark
    @OperationsPerInvocation(BACKLOG_EVENTS)
    public long fillRingsOfHeldLanes(final HeldLanes held) {
        publish(BACKLOG_EVENTS);
        return published;
    }

    @Benchmark
    @OperationsPerInvocation(BACKLOG_EVENTS)
    public long catchUpWithEvents(final Backlog backlog) {
        releaseAndAwait();
        return published;
    }

    @Benchmark
    @OperationsPerInvocation(CLAIMS)
    public long catchUpWithClaims(final BacklogOfClaims backlog) {
        releaseAndAwait();
        router.execute(new Command.GoOnline(claimed.get(0)));
        commands++;
        return commands;
    }

    @Benchmark
    @OperationsPerInvocation(BACKLOG_EVENTS)
    public long publishSixteenAtATime() {
        publish(BACKLOG_EVENTS);
        return published;
    }

    /** Every event was accepted, routed and charged, and found its subscribers; every command was applied once. */
    @TearDown(Level.Trial)
    public void checkAndStop() {
        releaseAndAwait();
        requireEqual("accepted", published, router.counter(RouterCounter.EVENTS_ACCEPTED));
        requireEqual("routed", published, router.counter(RouterCounter.EVENTS_ROUTED));
        requireEqual("publish operations", published, router.counter(RouterCounter.PUBLISH_OPERATIONS));
        requireEqual("commands", commands, router.counter(RouterCounter.COMMANDS_APPLIED));
        final long delivered = router.counter(RouterCounter.DELIVERIES_TO_DEVICES);
        requireEqual("subscribe operations", delivered, router.counter(RouterCounter.SUBSCRIBE_OPERATIONS));
        require(delivered > published / 2, "about one delivery an event: delivered=" + delivered);
        router.close();
    }

    private void publish(final int count) {
        for (int i = 0; i < count; i += EVENTS_AT_ONCE) {
            for (int k = 0; k < EVENTS_AT_ONCE; k++) {
                draft(drafts[k], nextEvent++);
            }
            publishSixteen();
        }
        published += count;
    }

    private void draft(final EventDraft draft, final int event) {
        draft.fromDevice(workload.eventIdHigh(event), workload.eventIdLow(event))
                .name(workload.names(), workload.nameOffset(event), workload.nameLength(event))
                .payload(workload.payload(), 0, FleetWorkload.PAYLOAD_LENGTH)
                .publishedAtMs(event);
    }

    // Those of a full lane come again, the others do not wait for them.
    private void publishSixteen() {
        System.arraycopy(drafts, 0, waiting, 0, EVENTS_AT_ONCE);
        int count = EVENTS_AT_ONCE;
        while (count > 0) {
            router.publishAll(waiting, count, results);
            int left = 0;
            for (int i = 0; i < count; i++) {
                if (results[i] >= 0) {
                    lastSequences[(int) results[i] & lanes - 1] = results[i];
                } else {
                    require(results[i] == PublishResult.BACK_PRESSURED, PublishResult.describe(results[i]));
                    waiting[left++] = waiting[i];
                }
            }
            count = left;
            if (count > 0) {
                Thread.yield();
            }
        }
    }

    // Every claim moves a device, with its subscription if it has one, to another user.
    private void claim() {
        for (int i = 0; i < CLAIMS; i++) {
            final int device = nextClaim++ % claimed.size();
            final int owner = (device + nextClaim / claimed.size() + 1) % owners.size();
            router.submit(new Command.Claim(claimed.get(device), owners.get(owner)));
        }
        commands += CLAIMS;
    }

    private void releaseAndAwait() {
        isHeld = false;
        for (final long sequence : lastSequences) {
            require(router.awaitRouted(sequence, AWAIT_NS), "everything is routed");
        }
    }

    private static void requireEqual(final String what, final long expected, final long actual) {
        require(expected == actual, what + ": expected=" + expected + ", actual=" + actual);
    }

    private static void require(final boolean holds, final String what) {
        if (!holds) {
            throw new IllegalStateException("the benchmark did not do its work: " + what);
        }
    }

    /** Registers a fleet with a router; all devices are online. Remembers some of them to be claimed later. */
    private record Registration(EventRouter router, List<EntityId> claimed, List<EntityId> owners)
            implements FleetWorkload.Visitor {
        @Override
        public void organization(final EntityId organization) {
            router.submit(new Command.RegisterOrganization(organization, 0));
        }

        @Override
        public void product(final int productId, final EntityId organization) {
            router.submit(new Command.RegisterProduct(productId, AccountId.organization(organization)));
        }

        @Override
        public void user(final EntityId user) {
            router.submit(new Command.RegisterUser(user, 0));
        }

        @Override
        public void device(final EntityId device, final int productId, final EntityId owner, final String prefix) {
            router.submit(new Command.RegisterDevice(device));
            router.submit(new Command.AddToProduct(device, productId));
            router.submit(new Command.Claim(device, owner));
            router.submit(new Command.GoOnline(device));
            if (prefix != null) {
                router.submit(new Command.Subscribe(device, prefix));
            }
            if (device.low() % 16 == 0) {
                claimed.add(device);
                owners.add(owner);
            }
        }
    }
}
