package io.eventrouter.loadgen.load;

import io.eventrouter.EventRouter;
import io.eventrouter.RouterContext;
import io.eventrouter.command.Command;
import io.eventrouter.loadgen.feed.FirstFailure;
import io.eventrouter.loadgen.feed.ReplayFailedException;
import io.eventrouter.loadgen.feed.RouterFeed;
import io.eventrouter.loadgen.scenario.AccountGroup;
import io.eventrouter.loadgen.scenario.Load;
import io.eventrouter.loadgen.scenario.Phase;
import io.eventrouter.loadgen.scenario.Rate;
import io.eventrouter.loadgen.scenario.RouterSetup;
import io.eventrouter.loadgen.scenario.Scenario;
import io.eventrouter.metering.UsageGranularity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * A router in this process that holds the fleet of a scenario; loads are run against it, one after the other.
 *
 * <p><b>Threading:</b> one thread.
 */
public final class LoadedRouter implements AutoCloseable {
    // Longer than any load, so that no window ends while one runs.
    private static final long USAGE_WINDOW_DAYS = 3_650;
    // A fleet comes as fast as it can, and a broadcast or the machine can hold the router up.
    private static final long CONTROL_TIMEOUT_SECONDS = 120;
    private static final int COMMANDS_BETWEEN_SIGNS = 1 << 16;
    // The first event of a kind can make the JVM throw away what it has compiled without that kind; so a warm-up of a
    // quarter of a million events has ten of each.
    private static final double WARM_UP_SHARE = 1 / 25_000.0;
    private static final long MAX_IDLE_PARK_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Scenario scenario;
    private final FleetPlan plan;
    private final EventMix mix;
    private final EventMix warmUpMix;
    private final FleetChanges changes;
    private final DeliveryRecorder recorder;
    private final FirstFailure failure = new FirstFailure();
    private final RoutingThread routingThread = new RoutingThread();
    private final EventRouter router;
    private final FleetFigures fleet;

    private LoadedRouter(final Scenario scenario, final StopSignal stop, final LoadListener listener) {
        this.scenario = scenario;
        this.plan = new FleetPlan(scenario);
        this.mix = new EventMix(scenario, plan);
        this.warmUpMix = mix.withShareOfAtLeast(WARM_UP_SHARE);
        this.changes = new FleetChanges(scenario, plan);
        this.recorder = new DeliveryRecorder(SystemNanoClock.INSTANCE, plan);
        this.router = EventRouter.launch(context());
        FleetFigures loaded = null;
        try {
            loaded = load(stop, listener);
        } finally {
            if (loaded == null) {
                router.close();
            }
        }
        this.fleet = loaded;
    }

    /**
     * Start a router and load the fleet.
     *
     * @param scenario of the fleet.
     * @param stop that can end it early.
     * @param listener hears of it.
     * @return the router; close it.
     * @throws ReplayFailedException if the router refuses a command, or the signal came before the fleet was loaded.
     */
    public static LoadedRouter launch(final Scenario scenario, final StopSignal stop, final LoadListener listener) {
        return new LoadedRouter(scenario, stop, listener);
    }

    /**
     * What was loaded.
     *
     * @return the figures.
     */
    public FleetFigures fleet() {
        return fleet;
    }

    /**
     * The scenario of the fleet.
     *
     * @return the scenario.
     */
    public Scenario scenario() {
        return scenario;
    }

    /**
     * Names of the scenario's accounts.
     *
     * @return the names, by what the router prints for an account.
     */
    public Map<String, String> accountNames() {
        final Map<String, String> names = new HashMap<>();
        for (final AccountGroup group : plan.fleet.accounts()) {
            for (int i = 0; i < group.count(); i++) {
                names.put(
                        plan.account(group, i).toString(),
                        group.count() == 1 ? group.name() : group.name() + "-" + (i + 1));
            }
        }
        return names;
    }

    /**
     * Run a load until all of it is delivered.
     *
     * @param load to run; its warm-up comes first.
     * @param decision that can end it early.
     * @param stop that can end it early.
     * @param listener hears of it.
     * @return what came of it.
     */
    public LoadFigures run(
            final Load load, final EarlyDecision decision, final StopSignal stop, final LoadListener listener) {
        listener.onWaiting("warming up");
        warmUp(load, stop).run(load.warmUpNs());
        // What a collection would stop is the generator's schedule; one here makes the next one late, or spares it.
        System.gc();
        final LoadFigures figures = new LoadRun(this, mix, load, decision, stop, listener).run();
        failure.throwIfReported();
        return figures;
    }

    /**
     * Run what a load begins with, for the time of its warm-up and then until the JVM has compiled it.
     *
     * @param load to run; none of it if it has no warm-up.
     * @param stop that can end it early.
     * @param listener hears of it.
     */
    public void settle(final Load load, final StopSignal stop, final LoadListener listener) {
        listener.onWaiting("warming up");
        warmUp(load, stop).runUntilSettled(load.warmUpNs());
        failure.throwIfReported();
    }

    private WarmUp warmUp(final Load load, final StopSignal stop) {
        final Rate rate = load.rate().orElseGet(scenario.fleet()::naturalRate);
        final Pace first = new Schedule(load, rate).segments().get(0).pace();
        final Load atFirstRate = load.withRate(new Rate(first.fromMilliPerSecond()));
        return new WarmUp(
                pieceNs -> {
                    final List<Phase> phases = List.of(new Phase.Constant(pieceNs, Phase.RelativeRate.FULL));
                    new LoadRun(
                                    this,
                                    warmUpMix,
                                    atFirstRate.withPhases(phases),
                                    EarlyDecision.NEVER,
                                    stop,
                                    LoadListener.NONE)
                            .rehearse();
                },
                CompilerTime::ns,
                stop);
    }

    /**
     * What the generator could do with this fleet against a router that does nothing.
     *
     * @param publishers how many threads.
     * @param durationNs how long to measure.
     * @return the figures.
     */
    public Ceiling ceiling(final int publishers, final long durationNs) {
        return Ceiling.measure(mix, publishers, durationNs);
    }

    EventRouter router() {
        return router;
    }

    FleetChanges changes() {
        return changes;
    }

    DeliveryRecorder recorder() {
        return recorder;
    }

    RoutingThread routingThread() {
        return routingThread;
    }

    @Override
    public void close() {
        router.close();
    }

    private FleetFigures load(final StopSignal stop, final LoadListener listener) {
        final long startNs = System.nanoTime();
        final long startBytes = ResidentMemory.bytesOutsideHeap();
        final RouterFeed feed = new RouterFeed(router, failure);
        final long[] commands = new long[1];
        final long[] devices = new long[1];
        final FleetLoader loader = new FleetLoader(plan, command -> {
            feed.submit(command);
            devices[0] += command instanceof Command.RegisterDevice ? 1 : 0;
            if ((++commands[0] & COMMANDS_BETWEEN_SIGNS - 1) == 0) {
                failure.throwIfReported();
                if (stop.isRequested()) {
                    throw new ReplayFailedException("interrupted while the fleet was loaded, so nothing ran", null);
                }
                listener.onLoading(devices[0], plan.deviceCount());
            }
        });
        loader.load();
        feed.awaitCommands();
        return loader.figures(commands[0], System.nanoTime() - startNs, ResidentMemory.bytesOutsideHeap() - startBytes);
    }

    private RouterContext context() {
        final RouterSetup setup = scenario.router();
        return new RouterContext()
                .era(setup.era())
                .productScope(setup.productScope())
                .ringSlots(setup.ringSlots())
                .idleStrategy(idleStrategy(setup.idle()))
                .maxDevices(plan.deviceCount())
                .maxAccounts(plan.accountCount() + plan.fleet.productCount() + plan.ownerCount() + 1)
                .subscriptionsPerDevice(RouterContext.UNLIMITED_SUBSCRIPTIONS)
                .usageWindow(USAGE_WINDOW_DAYS, TimeUnit.DAYS)
                .usageGranularity(UsageGranularity.ACCOUNT)
                .controlTimeout(CONTROL_TIMEOUT_SECONDS, TimeUnit.SECONDS)
                .threadFactory(routingThread)
                .hashSeed(scenario.seed())
                .deliveryHandler(recorder)
                .errorHandler(thrown -> failure.report("the router failed: " + thrown, thrown));
    }

    private static IdleStrategy idleStrategy(final RouterSetup.Idle idle) {
        return switch (idle) {
            case BACKOFF -> new BackoffIdleStrategy(100, 10, 1_000, MAX_IDLE_PARK_NS);
            case YIELD -> YieldingIdleStrategy.INSTANCE;
            case SPIN -> BusySpinIdleStrategy.INSTANCE;
        };
    }
}
