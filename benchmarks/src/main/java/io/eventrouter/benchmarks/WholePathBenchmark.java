package io.eventrouter.benchmarks;

import io.eventrouter.EventRouter;
import io.eventrouter.RouterContext;
import io.eventrouter.command.Command;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.event.EventDraft;
import io.eventrouter.event.PublishResult;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.status.RouterCounter;
import java.util.concurrent.TimeUnit;
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
 * A gateway publishes device events one at a time; a router on its own thread looks owners up, matches three scopes,
 * counts, and hands deliveries to a handler that reads them. Reported per event.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar WholePath -prof gc</pre>
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 3)
@Fork(
        value = 1,
        jvmArgsPrepend = {"--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED", "-Xms2g", "-Xmx2g"})
public class WholePathBenchmark {
    private static final int EVENTS_PER_INVOCATION = 16_384;
    private static final long AWAIT_NS = TimeUnit.SECONDS.toNanos(30);

    @Param({"1000000"})
    public int devices;

    @Param({"100000"})
    public int subscriptions;

    @Param({"uniform", "zipf"})
    public String skew;

    private final EventDraft draft = new EventDraft();
    private FleetWorkload workload;
    private EventRouter router;
    private int nextEvent;
    private long published;
    private long lastSequence;
    private long deliveredBytes;

    @Setup(Level.Trial)
    public void start() {
        workload = new FleetWorkload(devices, subscriptions, "zipf".equals(skew), 42);
        router = EventRouter.launch(new RouterContext()
                .maxDevices(devices)
                .idleStrategy(YieldingIdleStrategy.INSTANCE)
                .deliveryHandler(delivery -> {
                    deliveredBytes += delivery.event().payloadLength() + delivery.deviceIdLow();
                    return AttemptOutcome.PENDING;
                }));
        workload.visit(new Registration(router));
        router.closeUsageWindow().join();
        requireEqual("refused commands", 0, router.counter(RouterCounter.COMMANDS_REFUSED));
    }

    @Benchmark
    @OperationsPerInvocation(EVENTS_PER_INVOCATION)
    public long publishOneAtATime() {
        for (int i = 0; i < EVENTS_PER_INVOCATION; i++) {
            final int event = nextEvent++;
            draft.fromDevice(workload.eventIdHigh(event), workload.eventIdLow(event))
                    .name(workload.names(), workload.nameOffset(event), workload.nameLength(event))
                    .payload(workload.payload(), 0, FleetWorkload.PAYLOAD_LENGTH)
                    .publishedAtMs(event);
            long sequence = router.publish(draft);
            while (sequence == PublishResult.BACK_PRESSURED) {
                Thread.yield();
                sequence = router.publish(draft);
            }
            lastSequence = sequence;
        }
        published += EVENTS_PER_INVOCATION;
        return lastSequence;
    }

    /** Every event was accepted, routed and charged, and found its subscribers. */
    @TearDown(Level.Trial)
    public void checkAndStop() {
        require(router.awaitRouted(lastSequence, AWAIT_NS), "everything is routed");
        requireEqual("accepted", published, router.counter(RouterCounter.EVENTS_ACCEPTED));
        requireEqual("routed", published, router.counter(RouterCounter.EVENTS_ROUTED));
        requireEqual("publish operations", published, router.counter(RouterCounter.PUBLISH_OPERATIONS));
        final long delivered = router.counter(RouterCounter.DELIVERIES_TO_DEVICES);
        requireEqual("subscribe operations", delivered, router.counter(RouterCounter.SUBSCRIBE_OPERATIONS));
        require(delivered > published / 2, "about one delivery an event: delivered=" + delivered);
        router.close();
    }

    private static void requireEqual(final String what, final long expected, final long actual) {
        require(expected == actual, what + ": expected=" + expected + ", actual=" + actual);
    }

    private static void require(final boolean holds, final String what) {
        if (!holds) {
            throw new IllegalStateException("the benchmark did not do its work: " + what);
        }
    }

    /** Registers a fleet with a router; all devices are online. */
    private record Registration(EventRouter router) implements FleetWorkload.Visitor {
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
        }
    }
}
