package io.eventrouter.benchmarks;

import io.eventrouter.EventRouter;
import io.eventrouter.RouterContext;
import io.eventrouter.benchmarks.workload.Fleet;
import io.eventrouter.command.Command;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.status.RouterCounter;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Memory for each thing that a router holds: how much the process grows outside of the heap, and the heap, while a
 * fleet is registered step by step. Every device is a member of a product and online; subscriptions are the product's
 * alone. Linux only. The heap is touched in advance and collected without threads, so that all else that grows is the
 * router's; a smaller router that stays open has made the JVM load and compile what it needs before.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar jmh Memory</pre>
 */
@State(Scope.Benchmark)
@Warmup(iterations = 0)
@Fork(
        value = 1,
        jvmArgsPrepend = {
            "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
            "-Xms2g",
            "-Xmx2g",
            "-XX:+AlwaysPreTouch",
            "-XX:+UseSerialGC"
        })
public class MemoryBenchmark extends SingleShotSuite {
    private static final int REHEARSAL = 200_000;
    private static final int MIN_RING_SLOTS = 2_048;

    @Param({"1000000", "10000000"})
    public int devices;

    @Param({"1000000"})
    public int subscriptions;

    /** What was measured beside the time. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Sizes {
        public double bytesPerDevice;
        public double heapBytesPerDevice;
        public double bytesPerSubscriptionOfItsOwn;
        public double bytesPerFurtherSubscriber;
        public double heapBytesPerSubscription;
        public double tableBytesPerDevice;
        public double tableBytesPerSubscriptionOfItsOwn;
        public double tableBytesPerFurtherSubscriber;
    }

    @Benchmark
    public void fill(final Sizes sizes) {
        try (Filling rehearsal = new Filling(REHEARSAL)) {
            rehearsal.register();
            rehearsal.subscribe(REHEARSAL, true);
            rehearsal.subscribe(REHEARSAL, false);
            measure(sizes);
        }
    }

    private void measure(final Sizes sizes) {
        final ProcessMemory before = ProcessMemory.now();
        try (Filling filling = new Filling(devices)) {
            filling.register();
            final long ofDevices = filling.router.offHeapBytes();
            sizes.tableBytesPerDevice = (double) ofDevices / devices;
            final ProcessMemory registered = ProcessMemory.now();
            sizes.bytesPerDevice = registered.outsideHeapSince(before, devices);
            sizes.heapBytesPerDevice = registered.heapSince(before, devices);
            filling.subscribe(subscriptions, true);
            final long withOwn = filling.router.offHeapBytes();
            sizes.tableBytesPerSubscriptionOfItsOwn = (double) (withOwn - ofDevices) / subscriptions;
            final ProcessMemory subscribed = ProcessMemory.now();
            sizes.bytesPerSubscriptionOfItsOwn = subscribed.outsideHeapSince(registered, subscriptions);
            filling.subscribe(subscriptions, false);
            sizes.tableBytesPerFurtherSubscriber = (double) (filling.router.offHeapBytes() - withOwn) / subscriptions;
            final ProcessMemory all = ProcessMemory.now();
            sizes.bytesPerFurtherSubscriber = all.outsideHeapSince(subscribed, subscriptions);
            sizes.heapBytesPerSubscription = all.heapSince(registered, 2L * subscriptions);
        }
    }

    /** A router that is filled. */
    private static final class Filling implements AutoCloseable {
        private static final EntityId ORGANIZATION = EntityId.of(1, 2);
        private static final int PRODUCT = 1;
        private static final String COMMON_PREFIX = "news/";

        private final Fleet fleet;
        private final EventRouter router;
        private long submitted;

        Filling(final int devices) {
            fleet = new Fleet(devices, Fleet.SUBSCRIPTIONS_PER_PRODUCT, 42);
            router = EventRouter.launch(new RouterContext()
                    .ringSlots(MIN_RING_SLOTS)
                    .maxDevices(devices)
                    .deliveryHandler(new TouchingHandler()));
        }

        void register() {
            submit(new Command.RegisterOrganization(ORGANIZATION, 0));
            submit(new Command.RegisterProduct(PRODUCT, AccountId.organization(ORGANIZATION)));
            for (int i = 0; i < fleet.devices(); i++) {
                submit(new Command.RegisterDevice(fleet.device(i)));
                submit(new Command.AddToProduct(fleet.device(i), PRODUCT));
                submit(new Command.GoOnline(fleet.device(i)));
            }
            await();
        }

        void subscribe(final int subscribers, final boolean eachToItsOwn) {
            for (int i = 0; i < subscribers; i++) {
                final EntityId device = fleet.device(i);
                submit(new Command.Subscribe(device, eachToItsOwn ? device + "/" : COMMON_PREFIX));
            }
            await();
        }

        @Override
        public void close() {
            router.close();
        }

        private void submit(final Command command) {
            router.submit(command);
            submitted++;
        }

        private void await() {
            router.closeUsageWindow().join();
            Work.requireEqual("commands", submitted, router.counter(RouterCounter.COMMANDS_APPLIED));
        }
    }
}
