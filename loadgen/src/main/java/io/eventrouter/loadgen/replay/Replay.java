package io.eventrouter.loadgen.replay;

import io.eventrouter.EventRouter;
import io.eventrouter.RouterContext;
import io.eventrouter.command.Command;
import io.eventrouter.event.PublishResult;
import io.eventrouter.loadgen.feed.FirstFailure;
import io.eventrouter.loadgen.feed.RouterFeed;
import io.eventrouter.loadgen.fleet.FleetFile;
import io.eventrouter.loadgen.fleet.Plans;
import io.eventrouter.loadgen.input.BadInputException;
import io.eventrouter.loadgen.trace.TraceCounts;
import io.eventrouter.loadgen.trace.TraceReplay;
import io.eventrouter.metering.UsageGranularity;
import io.eventrouter.status.RouterCounter;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Routes a trace through a router in this process, until all of it is delivered and written. */
public final class Replay {
    // So long that hardly any replay meets the end of a window; if one does, its counts are added up.
    private static final long USAGE_WINDOW_DAYS = 3_650;
    private static final int COMMANDS_BETWEEN_SIGNS = 1 << 16;

    private final ReplayPlan plan;
    private final ReplayListener listener;
    private final FirstFailure failure = new FirstFailure();
    private final UsageTotals usage = new UsageTotals();
    private long commandsSubmitted;
    private long devicesSubmitted;

    private Replay(final ReplayPlan plan, final ReplayListener listener) {
        this.plan = plan;
        this.listener = listener;
    }

    /**
     * Replay a trace.
     *
     * @param plan what is to be replayed, and how.
     * @param listener hears of it meanwhile.
     * @return what came of it, also if the trace ended at a wrong line.
     * @throws BadInputException if the fleet is wrong or a file cannot be read or written; nothing is written then.
     * @throws io.eventrouter.loadgen.feed.ReplayFailedException if anything else fails.
     */
    public static ReplayResult run(final ReplayPlan plan, final ReplayListener listener) {
        plan.fleet().requireRereadable();
        plan.trace().requireReadable();
        try (OutputFile deliveries = plan.deliveries() == null ? null : openOutput(plan, plan.deliveries());
                OutputFile usage = plan.usage() == null ? null : openOutput(plan, plan.usage())) {
            if (deliveries != null && usage != null && usage.isSameAs(deliveries.path())) {
                throw new BadInputException(usage.name() + ": cannot hold both deliveries and usage");
            }
            final Interruption interruption = Interruption.watch(listener, deliveries, usage);
            try {
                return new Replay(plan, listener).run(deliveries, usage);
            } finally {
                interruption.unwatch();
            }
        }
    }

    private static OutputFile openOutput(final ReplayPlan plan, final String name) {
        final OutputFile file = OutputFile.open(name);
        for (final Path input : new Path[] {plan.fleet().path(), plan.trace().path()}) {
            if (file.isSameAs(input)) {
                file.close();
                throw new BadInputException(name + ": is an input, so it cannot be written");
            }
        }
        return file;
    }

    private ReplayResult run(final OutputFile deliveriesFile, final OutputFile usageFile) {
        final long startNs = System.nanoTime();
        final FleetFile fleet = FleetFile.open(plan.fleet(), Plans.load());
        final DeliveryLog deliveries = new DeliveryLog(fleet.directory().devices(), deliveriesFile, failure);
        try (EventRouter router = EventRouter.launch(context(fleet, deliveries))) {
            final RouterFeed feed = new RouterFeed(router, failure);
            fleet.load(command -> submit(feed, command, fleet.deviceCount()));
            feed.awaitCommands();
            final long loadedNs = System.nanoTime();

            final TraceCounts trace = new TraceReplay(plan.trace(), fleet.directory(), feed, failure)
                    .run(plan.onError(), listener::onWrongLine, listener::onReplaying);
            feed.finish();
            deliveries.flush();
            failure.throwIfReported();
            final long endNs = System.nanoTime();

            if (usageFile != null) {
                UsageFile.write(usageFile, usage.rows());
            }
            return new ReplayResult(
                    fleet.deviceCount(),
                    trace,
                    deliveries.counts(),
                    usage,
                    router.counter(RouterCounter.EVENTS_UNROUTABLE),
                    router.counter(RouterCounter.EVENTS_DROPPED_PAUSED),
                    router.counter(RouterCounter.DEVICES_SKIPPED_OFFLINE)
                            + router.counter(RouterCounter.DEVICES_SKIPPED_PAUSED)
                            + router.counter(RouterCounter.DEVICES_SKIPPED_TOO_LARGE)
                            + router.counter(RouterCounter.DEVICES_SKIPPED_NOT_ATTEMPTED),
                    loadedNs - startNs,
                    endNs - loadedNs);
        }
    }

    private RouterContext context(final FleetFile fleet, final DeliveryLog deliveries) {
        return new RouterContext()
                .era(plan.policies().era())
                .productScope(plan.policies().productScope())
                .maxDevices(Math.max(1, fleet.deviceCount()))
                .maxAccounts(fleet.accountLimit())
                .subscriptionsPerDevice(RouterContext.UNLIMITED_SUBSCRIPTIONS)
                // The file has the deliveries of one event after those of the one before, and nobody is in a hurry.
                .sliceLength(RouterContext.UNCUT)
                .usageWindow(USAGE_WINDOW_DAYS, TimeUnit.DAYS)
                .usageGranularity(UsageGranularity.DEVICE)
                .usageHandler(usage)
                .deliveryHandler(deliveries)
                .refusalHandler((event, code) -> failure.report(
                        plan.trace().name() + ":" + event.correlationId() + ": the router refused the event: "
                                + PublishResult.describe(code),
                        null))
                .errorHandler(thrown -> failure.report("the router failed: " + thrown, thrown));
    }

    private void submit(final RouterFeed feed, final Command command, final long devices) {
        feed.submit(command);
        if (command instanceof Command.RegisterDevice) {
            devicesSubmitted++;
        }
        commandsSubmitted++;
        if ((commandsSubmitted & COMMANDS_BETWEEN_SIGNS - 1) == 0) {
            failure.throwIfReported();
            listener.onLoading(devicesSubmitted, devices);
        }
    }
}
