package io.eventrouter.benchmarks;

import io.eventrouter.EventRouter;
import io.eventrouter.benchmarks.workload.EventSequence;
import io.eventrouter.benchmarks.workload.Fleet;
import io.eventrouter.command.Command;
import io.eventrouter.event.EventDraft;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.status.RouterCounter;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.IdleStrategy;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A fleet grows from nothing while it publishes: how long the routing thread is away from events at a time. It gets
 * little at a time, a dozen commands and some events, and each of its rounds is timed; a table that grew all at
 * once would show in the longest. Reported: the time of the whole, and in counters the longest round by the clock
 * ({@code maxPauseNs}) and in processor time of the thread ({@code maxPauseCpuNs}), and how many rounds took more than
 * a millisecond of either. Other programs and the garbage collector do not add to the processor time, but a hypervisor
 * does that takes the processor away and counts that as the thread's. What a table does shows in every run, at the same
 * size; what the machine does shows as well when the same number of commands changes a fleet that has its size already
 * ({@code change}), where no table grows. The heap is the process's from the start, so that only tables wait for
 * memory.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar jmh TableGrowth</pre>
 */
@State(Scope.Benchmark)
@Warmup(iterations = 0)
@Fork(
        value = 1,
        jvmArgsPrepend = {
            "--add-opens=java.base/jdk.internal.misc=ALL-UNNAMED",
            "-Xms4g",
            "-Xmx4g",
            "-XX:+AlwaysPreTouch"
        })
public class TableGrowthBenchmark extends SingleShotSuite {
    private static final int SLOTS_IN_FLIGHT = 16;
    private static final int EVENTS_BEHIND = 2 * SLOTS_IN_FLIGHT;
    private static final int DEVICES_OF_REHEARSAL = 100_000;
    private static final long LONG_NS = TimeUnit.MILLISECONDS.toNanos(1);

    @Param({"1000000", "10000000"})
    public int devices;

    /** What was measured beside the time. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Pauses {
        public long maxPauseNs;
        public long maxPauseCpuNs;
        public long pausesOverOneMs;
        public long cpuPausesOverOneMs;
    }

    @Benchmark
    public long grow(final Pauses pauses) {
        rehearse();
        final GrowingFleet growing = new GrowingFleet(devices);
        growing.time(pauses);
        growing.grow();
        return growing.finish();
    }

    @Benchmark
    public long change(final Pauses pauses) {
        rehearse();
        final GrowingFleet grown = new GrowingFleet(devices);
        grown.grow();
        grown.time(pauses);
        grown.change();
        return grown.finish();
    }

    private static void rehearse() {
        final GrowingFleet small = new GrowingFleet(DEVICES_OF_REHEARSAL);
        small.grow();
        small.change();
        small.finish();
    }

    /** One fleet that grows from nothing; one device in ten subscribes to a prefix of its own. */
    private static final class GrowingFleet {
        private static final EntityId ORGANIZATION = EntityId.of(1, 2);
        private static final EntityId USER = EntityId.of(1, 1);
        private static final int PRODUCT = 1;
        private static final int EVENTS = 1 << 16;
        private static final long AWAIT_NS = TimeUnit.SECONDS.toNanos(60);

        private final Fleet fleet;
        private final EventSequence events;
        private final RoundTimer timer = new RoundTimer();
        private final EventRouter router;
        private final EventDraft draft = new EventDraft();
        private long published;
        private long lastSequence;
        private long submitted;
        private CompletableFuture<Long> last;

        GrowingFleet(final int devices) {
            this.fleet = new Fleet(devices, Fleet.SUBSCRIPTIONS_PER_PRODUCT, 42);
            this.events = new EventSequence(fleet, EVENTS, "uniform", 42);
            router = EventRouter.launch(
                    RunningRouter.context(fleet).idleStrategy(timer).deliveryHandler(new TouchingHandler()));
        }

        /** From the next round on. */
        void time(final Pauses pauses) {
            timer.pauses = pauses;
        }

        void grow() {
            submit(new Command.RegisterOrganization(ORGANIZATION, 0));
            submit(new Command.RegisterProduct(PRODUCT, AccountId.organization(ORGANIZATION)));
            submit(new Command.RegisterUser(USER, 0));
            for (int i = 0; i < fleet.devices(); i++) {
                final EntityId device = fleet.device(i);
                submit(new Command.RegisterDevice(device));
                takeIn(i, device);
            }
            awaitAll();
        }

        /** As many commands about as many devices, in the same order; afterwards everything is as it was. */
        void change() {
            for (int i = 0; i < fleet.devices(); i++) {
                final EntityId device = fleet.device(i);
                submit(new Command.RemoveFromProduct(device));
                takeIn(i, device);
            }
            awaitAll();
        }

        private void takeIn(final int number, final EntityId device) {
            submit(new Command.AddToProduct(device, PRODUCT));
            submit(new Command.Claim(device, USER));
            if (number % 10 == 0) {
                submit(new Command.Subscribe(device, device + "/"));
            }
            publishFrom(number);
        }

        // An event of a device that was registered long enough ago to be known.
        private void publishFrom(final int device) {
            if (device > EVENTS_BEHIND) {
                events.draft(published, draft)
                        .fromDevice(fleet.idHigh(device - EVENTS_BEHIND), fleet.idLow(device - EVENTS_BEHIND));
                lastSequence = router.publish(draft);
                Work.require(lastSequence >= 0, "an event was taken");
                published++;
            }
        }

        private void submit(final Command command) {
            last = router.submit(command);
            submitted++;
            while (router.ringSlots() - router.remainingSlots() > SLOTS_IN_FLIGHT) {
                Thread.onSpinWait();
            }
        }

        // The last event comes behind the last command.
        private void awaitAll() {
            last.join();
            Work.require(router.awaitRouted(lastSequence, AWAIT_NS), "everything is routed");
        }

        /** Returns how many events were published meanwhile. */
        long finish() {
            timer.stop();
            Work.requireEqual("routed", published, router.counter(RouterCounter.EVENTS_ROUTED));
            Work.requireEqual("refused commands", 0, router.counter(RouterCounter.COMMANDS_REFUSED));
            Work.requireEqual("commands", submitted, router.counter(RouterCounter.COMMANDS_APPLIED));
            router.close();
            return published;
        }
    }

    /** Stands where the routing thread would rest after a round, and times what it did since. */
    private static final class RoundTimer implements IdleStrategy {
        private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

        private volatile Pauses pauses = new Pauses();
        private long startNs;
        private long cpuStartNs;
        private boolean hasBegun;
        private volatile boolean stopped;

        /** What closing takes, which emits all that was counted, is no pause of growing. */
        void stop() {
            stopped = true;
        }

        @Override
        public void idle(final int workCount) {
            // The first round began with the launch, on another thread.
            if (workCount > 0 && hasBegun && !stopped) {
                final long pauseNs = System.nanoTime() - startNs;
                final long pauseCpuNs = THREADS.getCurrentThreadCpuTime() - cpuStartNs;
                final Pauses counted = pauses;
                counted.maxPauseNs = Math.max(counted.maxPauseNs, pauseNs);
                counted.maxPauseCpuNs = Math.max(counted.maxPauseCpuNs, pauseCpuNs);
                counted.pausesOverOneMs += pauseNs > LONG_NS ? 1 : 0;
                counted.cpuPausesOverOneMs += pauseCpuNs > LONG_NS ? 1 : 0;
            } else {
                Thread.onSpinWait();
            }
            hasBegun = true;
            startNs = System.nanoTime();
            cpuStartNs = THREADS.getCurrentThreadCpuTime();
        }

        @Override
        public void idle() {
            Thread.onSpinWait();
        }

        @Override
        public void reset() {
            // Keeps nothing between rounds that were idle.
        }
    }
}
