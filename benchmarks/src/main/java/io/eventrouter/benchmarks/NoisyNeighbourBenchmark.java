package io.eventrouter.benchmarks;

import io.eventrouter.EventRouter;
import io.eventrouter.RouterContext;
import io.eventrouter.command.Command;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.delivery.Delivery;
import io.eventrouter.event.EventDraft;
import io.eventrouter.event.PublishResult;
import io.eventrouter.identity.EntityId;
import io.eventrouter.limits.TenantLimits;
import io.eventrouter.status.RouterCounter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What a tenant notices of a neighbour that <b>floods or churns</b>, and how limits help. For a neighbour whose
 * <b>broadcasts are long</b>, and for slices, see {@link NeighbourBenchmark}.
 *
 * <p>The neighbour is a device that publishes as fast as one thread lets it, or an account that subscribes and
 * unsubscribes a million times. In one run and in turns, on routers of their own: without the neighbour (alone), with
 * it (open), with it and limits (limited), and back. The tenant publishes at a fixed rate that waits for nobody and
 * does not try again what is refused; its latency is from when a publish is due until the handler has it.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar jmh NoisyNeighbour</pre>
 */
@State(Scope.Benchmark)
public class NoisyNeighbourBenchmark extends SingleShotSuite {
    private static final int SUBSCRIBING_DEVICES = 250_000;
    private static final int SUBSCRIPTIONS_PER_DEVICE = 4;
    private static final int VICTIMS = 1_000;
    private static final int TURNS = 2;
    private static final long MAX_LATENCY_NS = TimeUnit.SECONDS.toNanos(60);
    private static final EntityId VICTIM = EntityId.of(1, 1);
    private static final EntityId NEIGHBOUR = EntityId.of(2, 1);
    private static final EntityId FLOODER = EntityId.of(4, 0);

    @Param({"2000"})
    public int eventsPerSecond;

    @Param({"1000"})
    public int roundMs;

    /** What was measured beside the time. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Latencies {
        public long aloneP50Ns;
        public long aloneP999Ns;
        public long openP50Ns;
        public long openP999Ns;
        public long openRefusedPerMille;
        public long openAttackPerSecond;
        public long limitedP50Ns;
        public long limitedP999Ns;
        public long limitedRefusedPerMille;
        public long limitedAttackPerSecond;
    }

    /** What a neighbour does until it is stopped. */
    private interface Attack {
        void run(EventRouter router, Neighbourhood neighbourhood);
    }

    /** A share of the ring for each publisher. */
    @Benchmark
    public void publishBesideAFloodLimitedByShare(final Latencies result) {
        compare(result, NoisyNeighbourBenchmark::flood, new TenantLimits().ringSharePerPublisher(16));
    }

    /** A share of the ring, and 100 events a second for each device. */
    @Benchmark
    public void publishBesideAFloodLimitedByShareAndRate(final Latencies result) {
        compare(
                result,
                NoisyNeighbourBenchmark::flood,
                new TenantLimits().ringSharePerPublisher(16).publishRatePerDevice(100, 100));
    }

    /** 1,000 subscriptions a second for each account. */
    @Benchmark
    public void publishBesideChurnOfSubscriptions(final Latencies result) {
        compare(
                result,
                NoisyNeighbourBenchmark::churn,
                new TenantLimits().ringSharePerPublisher(16).subscribeRatePerAccount(1_000, 1_000));
    }

    private void compare(final Latencies result, final Attack attack, final TenantLimits limits) {
        final Round alone = new Round();
        final Round open = new Round();
        final Round limited = new Round();
        for (int i = 0; i < TURNS; i++) {
            measure(alone, null, new TenantLimits());
            measure(open, attack, new TenantLimits());
            measure(limited, attack, limits);
            measure(limited, attack, limits);
            measure(open, attack, new TenantLimits());
            measure(alone, null, new TenantLimits());
        }
        result.aloneP50Ns = alone.latencies.getValueAtPercentile(50);
        result.aloneP999Ns = alone.latencies.getValueAtPercentile(99.9);
        result.openP50Ns = open.latencies.getValueAtPercentile(50);
        result.openP999Ns = open.latencies.getValueAtPercentile(99.9);
        result.openRefusedPerMille = open.refused * 1_000 / open.offered;
        result.openAttackPerSecond = open.attackOperations * 1_000 / (2L * TURNS * roundMs);
        result.limitedP50Ns = limited.latencies.getValueAtPercentile(50);
        result.limitedP999Ns = limited.latencies.getValueAtPercentile(99.9);
        result.limitedRefusedPerMille = limited.refused * 1_000 / limited.offered;
        result.limitedAttackPerSecond = limited.attackOperations * 1_000 / (2L * TURNS * roundMs);
        Work.requireEqual("refused without a neighbour", 0, alone.refused);
    }

    private void measure(final Round round, final Attack attackOrNull, final TenantLimits limits) {
        try (Neighbourhood neighbourhood = new Neighbourhood(limits, round.latencies)) {
            final Thread attacker = new Thread(() -> attackOrNull.run(neighbourhood.router, neighbourhood));
            if (attackOrNull != null) {
                attacker.start();
            }
            publishAsVictim(round, neighbourhood);
            neighbourhood.stopped = true;
            if (attackOrNull != null) {
                join(attacker);
            }
            round.attackOperations += neighbourhood.attackOperations;
        }
    }

    private void publishAsVictim(final Round round, final Neighbourhood neighbourhood) {
        final EventDraft draft = new EventDraft().name("temp").payload(new byte[64]);
        final long count = (long) eventsPerSecond * roundMs / 1_000;
        final long beginNs = System.nanoTime();
        long accepted = 0;
        for (long i = 0; i < count; i++) {
            final long intendedNs = beginNs + i * 1_000_000_000L / eventsPerSecond;
            while (System.nanoTime() < intendedNs) {
                LockSupport.parkNanos(intendedNs - System.nanoTime());
            }
            draft.fromDevice(victim((int) i % VICTIMS)).correlationId(intendedNs);
            final long result = neighbourhood.router.publish(draft);
            if (result >= 0) {
                accepted++;
            } else {
                Work.require(result == PublishResult.BACK_PRESSURED, "a victim is refused for a full ring only");
                round.refused++;
            }
        }
        round.offered += count;
        neighbourhood.accepted = accepted;
    }

    private static void flood(final EventRouter router, final Neighbourhood neighbourhood) {
        final EventDraft draft =
                new EventDraft().fromDevice(FLOODER).name("flood").payload(new byte[64]);
        long accepted = 0;
        while (!neighbourhood.stopped) {
            accepted += router.publish(draft) >= 0 ? 1 : 0;
        }
        neighbourhood.attackOperations = accepted;
    }

    private static void churn(final EventRouter router, final Neighbourhood neighbourhood) {
        long submitted = 0;
        for (int round = 0; !neighbourhood.stopped; round++) {
            for (int i = 0; i < SUBSCRIBING_DEVICES * SUBSCRIPTIONS_PER_DEVICE && !neighbourhood.stopped; i++) {
                final EntityId device = EntityId.of(3, i / SUBSCRIPTIONS_PER_DEVICE);
                final String prefix = "own/" + i;
                router.submit(
                        round % 2 == 0
                                ? new Command.Subscribe(device, prefix)
                                : new Command.Unsubscribe(device, prefix));
                submitted++;
            }
        }
        neighbourhood.attackOperations = submitted;
    }

    private static EntityId victim(final int number) {
        return EntityId.of(5, number);
    }

    private static void join(final Thread thread) {
        try {
            thread.join();
        } catch (final InterruptedException problem) {
            throw new IllegalStateException(problem);
        }
    }

    /** All rounds of one kind. */
    private static final class Round {
        private final Histogram latencies = new Histogram(MAX_LATENCY_NS, 3);
        private long offered;
        private long refused;
        private long attackOperations;
    }

    /** A router with a tenant of a thousand devices and a display, and its neighbour. */
    private static final class Neighbourhood implements AutoCloseable {
        private final EventRouter router;
        private final long samplesBefore;
        private final Histogram latencies;
        private volatile boolean stopped;
        private volatile long attackOperations;
        private long accepted;

        Neighbourhood(final TenantLimits limits, final Histogram latencies) {
            this.latencies = latencies;
            samplesBefore = latencies.getTotalCount();
            router = EventRouter.launch(new RouterContext()
                    .maxDevices(SUBSCRIBING_DEVICES + VICTIMS + 3)
                    .idleStrategy(YieldingIdleStrategy.INSTANCE)
                    .tenantLimits(limits)
                    .deliveryHandler(this::onDelivery));
            for (final EntityId user : new EntityId[] {VICTIM, NEIGHBOUR}) {
                router.submit(new Command.RegisterUser(user, 0));
            }
            for (int i = 0; i < VICTIMS; i++) {
                add(victim(i), VICTIM);
            }
            add(EntityId.of(6, 0), VICTIM);
            router.submit(new Command.Subscribe(EntityId.of(6, 0), "temp"));
            add(FLOODER, NEIGHBOUR);
            router.submit(new Command.Subscribe(FLOODER, "flood"));
            for (int i = 0; i < SUBSCRIBING_DEVICES; i++) {
                add(EntityId.of(3, i), NEIGHBOUR);
            }
            router.execute(new Command.GoOnline(FLOODER));
        }

        private void add(final EntityId device, final EntityId owner) {
            router.submit(new Command.RegisterDevice(device));
            router.submit(new Command.Claim(device, owner));
            router.submit(new Command.GoOnline(device));
        }

        private AttemptOutcome onDelivery(final Delivery delivery) {
            final long intendedNs = delivery.event().correlationId();
            if (intendedNs != 0) {
                latencies.recordValue(System.nanoTime() - intendedNs);
            }
            return AttemptOutcome.PENDING;
        }

        @Override
        public void close() {
            router.close();
            Work.requireEqual("deliveries to the victim", accepted, latencies.getTotalCount() - samplesBefore);
            Work.requireEqual("faults", 0, router.counter(RouterCounter.ROUTING_FAILURES));
        }
    }
}
