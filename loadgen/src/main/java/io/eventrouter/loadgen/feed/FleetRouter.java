package io.eventrouter.loadgen.feed;

import io.eventrouter.EventRouter;
import io.eventrouter.RouterContext;
import io.eventrouter.command.Command;
import io.eventrouter.delivery.DeliveryHandler;
import io.eventrouter.event.PublishResult;
import io.eventrouter.loadgen.scope.Policies;
import io.eventrouter.metering.UsageGranularity;
import io.eventrouter.metering.UsageHandler;
import io.eventrouter.metering.UsageSnapshot;
import io.eventrouter.status.RouterCounter;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A router in this process that gets a fleet and a few events, and then tells what they cost.
 *
 * <p><b>Threading:</b> one thread; the handlers run on the routing thread, and are done when {@link #finish()} returns.
 */
public final class FleetRouter implements AutoCloseable {
    // So long that hardly anything that is routed here meets the end of a window; if it does, counts are added up.
    private static final long USAGE_WINDOW_DAYS = 3_650;
    private static final long LONGEST_WAIT_MINUTES = 10;

    private final FirstFailure failure = new FirstFailure();
    private final EventRouter router;
    private final RouterFeed feed;

    private FleetRouter(final RouterContext context, final Policies policies, final DeliveryHandler deliveries) {
        router = EventRouter.launch(context.era(policies.era())
                .productScope(policies.productScope())
                .subscriptionsPerDevice(RouterContext.UNLIMITED_SUBSCRIPTIONS)
                // However many broadcasts come in a row, each is to be counted and none refused.
                .sliceLength(RouterContext.UNCUT)
                .usageWindow(USAGE_WINDOW_DAYS, TimeUnit.DAYS)
                .deliveryHandler(deliveries)
                .refusalHandler((event, code) ->
                        failure.report("the router refused the event: " + PublishResult.describe(code), null))
                .errorHandler(thrown -> failure.report("the router failed: " + thrown, thrown)));
        feed = new RouterFeed(router, failure);
    }

    /**
     * Start a router that counts the operations of every device.
     *
     * @param maxDevices of the fleet.
     * @param maxAccounts users, organizations, products and customers of the fleet.
     * @param policies of the router.
     * @param deliveries takes what is delivered and answers for the devices.
     * @param usage takes the data operations of each device.
     * @return the router, without a fleet.
     */
    public static FleetRouter launch(
            final int maxDevices,
            final int maxAccounts,
            final Policies policies,
            final DeliveryHandler deliveries,
            final UsageHandler usage) {
        return new FleetRouter(
                new RouterContext()
                        .maxDevices(Math.max(1, maxDevices))
                        .maxAccounts(maxAccounts)
                        .usageGranularity(UsageGranularity.DEVICE)
                        .usageHandler(usage),
                policies,
                deliveries);
    }

    /**
     * Start a router for a large fleet, of which only {@link #totals()} are asked for.
     *
     * @param maxDevices of the fleet.
     * @param maxAccounts users, organizations, products and customers of the fleet.
     * @param policies of the router.
     * @param deliveries takes what is delivered and answers for the devices.
     * @return the router, without a fleet.
     */
    public static FleetRouter launchForTotals(
            final int maxDevices, final int maxAccounts, final Policies policies, final DeliveryHandler deliveries) {
        return new FleetRouter(
                new RouterContext()
                        .maxDevices(Math.max(1, maxDevices))
                        .maxAccounts(maxAccounts)
                        .usageGranularity(UsageGranularity.ACCOUNT),
                policies,
                deliveries);
    }

    /**
     * Build the fleet.
     *
     * @param commands hands every command to what it is given.
     */
    public void load(final Consumer<Consumer<Command>> commands) {
        commands.accept(feed::submit);
        feed.awaitCommands();
    }

    /**
     * The way in for events and commands.
     *
     * @return the feed.
     */
    public RouterFeed feed() {
        return feed;
    }

    /**
     * What has gone wrong in the router, if anything.
     *
     * @return takes and tells the first failure.
     */
    public FirstFailure failure() {
        return failure;
    }

    /**
     * Wait until all is routed and counted.
     *
     * @throws ReplayFailedException if anything has failed.
     */
    public void finish() {
        feed.finish();
        failure.throwIfReported();
    }

    /**
     * Wait until an event is routed.
     *
     * @param sequence of the event; negative for none.
     * @throws ReplayFailedException if anything has failed, or it takes longer than ten minutes.
     */
    public void awaitRouted(final long sequence) {
        if (sequence >= 0 && !router.awaitRouted(sequence, TimeUnit.MINUTES.toNanos(LONGEST_WAIT_MINUTES))) {
            throw new ReplayFailedException("an event was not routed in " + LONGEST_WAIT_MINUTES + " minutes", null);
        }
        failure.throwIfReported();
    }

    /**
     * What every account and product has been charged so far.
     *
     * @return the totals.
     */
    public UsageSnapshot totals() {
        return router.usageSnapshot().join();
    }

    /**
     * What the tables of the router hold outside the Java heap.
     *
     * @return bytes.
     */
    public long tableBytes() {
        return router.offHeapBytes();
    }

    /**
     * What the router counted.
     *
     * @param counter to read.
     * @return its value.
     */
    public long counter(final RouterCounter counter) {
        return router.counter(counter);
    }

    @Override
    public void close() {
        router.close();
    }
}
