package io.eventrouter.benchmarks;

import io.eventrouter.EventRouter;
import io.eventrouter.benchmarks.workload.Fleet;
import io.eventrouter.benchmarks.workload.FleetChanges;
import io.eventrouter.command.Command;
import io.eventrouter.status.RouterCounter;
import java.util.function.Supplier;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * How fast a routing thread carries out changes of its fleet. Commands are put into the ring outside of the measured
 * time; what is measured is running the router on this thread until all have taken effect. One command in four is also
 * acknowledged in this time, which a router on its own threads does on another. Reported in commands a second.
 *
 * <pre>java -jar benchmarks/target/benchmarks.jar jmh ControlPlane</pre>
 */
public class ControlPlaneBenchmark extends ThroughputSuite {
    private static final int COMMANDS = 16_384;

    /** A router without threads, with a fleet in it. */
    @State(Scope.Benchmark)
    public static class Router {
        @Param({"1000000"})
        public int devices;

        @Param({"100000"})
        public int subscriptions;

        private EventRouter router;
        private FleetChanges changes;
        private long commands;

        @Setup(Level.Trial)
        public void start() {
            final Fleet fleet = new Fleet(devices, subscriptions, 42);
            changes = new FleetChanges(fleet, 42);
            router = EventRouter.launch(
                    RunningRouter.context(fleet).useInvoker(true).deliveryHandler(new TouchingHandler()));
            FleetRegistration.loadInvoking(fleet, router);
            commands = router.counter(RouterCounter.COMMANDS_APPLIED);
        }

        /** Every command took effect. */
        @TearDown(Level.Trial)
        public void checkAndStop() {
            Work.requireEqual("commands", commands, router.counter(RouterCounter.COMMANDS_APPLIED));
            Work.requireEqual("refused commands", 0, router.counter(RouterCounter.COMMANDS_REFUSED));
            router.close();
        }

        private void submit(final Supplier<Command> command) {
            while (router.invoke() != 0) {
                // Acknowledge what the last invocation left.
            }
            for (int i = 0; i < COMMANDS; i++) {
                router.submit(command.get());
            }
            commands += COMMANDS;
        }

        private long carryOut() {
            while (router.counter(RouterCounter.COMMANDS_APPLIED) < commands) {
                router.invoke();
            }
            return commands;
        }
    }

    /** Claims that wait in the ring. */
    @State(Scope.Benchmark)
    public static class Claims {
        @Setup(Level.Invocation)
        public void submit(final Router router) {
            router.submit(router.changes::claim);
        }
    }

    /** Subscriptions, and as many that are taken back, that wait in the ring. */
    @State(Scope.Benchmark)
    public static class Subscriptions {
        private boolean back;

        @Setup(Level.Invocation)
        public void submit(final Router router) {
            router.submit(() -> {
                back = !back;
                return back ? router.changes.unsubscribe() : router.changes.subscribe();
            });
        }
    }

    /** Moves between products that wait in the ring. */
    @State(Scope.Benchmark)
    public static class Moves {
        @Setup(Level.Invocation)
        public void submit(final Router router) {
            router.submit(router.changes::move);
        }
    }

    @Benchmark
    @OperationsPerInvocation(COMMANDS)
    public long claim(final Router router, final Claims claims) {
        return router.carryOut();
    }

    @Benchmark
    @OperationsPerInvocation(COMMANDS)
    public long subscribeAndUnsubscribe(final Router router, final Subscriptions subscriptions) {
        return router.carryOut();
    }

    @Benchmark
    @OperationsPerInvocation(COMMANDS)
    public long moveBetweenProducts(final Router router, final Moves moves) {
        return router.carryOut();
    }
}
