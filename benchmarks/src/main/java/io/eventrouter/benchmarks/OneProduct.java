package io.eventrouter.benchmarks;

import io.eventrouter.EventRouter;
import io.eventrouter.RouterContext;
import io.eventrouter.benchmarks.workload.OneProductFleet;
import io.eventrouter.delivery.DeliveryHandler;
import io.eventrouter.status.RouterCounter;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.agrona.concurrent.YieldingIdleStrategy;

/** A router on its own threads that holds a single product; all counts are checked when it stops. */
final class OneProduct implements AutoCloseable {
    private static final long AWAIT_NS = TimeUnit.SECONDS.toNanos(60);

    private final TouchingHandler handler = new TouchingHandler();
    private final EventRouter router;
    private final Publisher publisher;

    OneProduct(final OneProductFleet fleet) {
        this(fleet, UnaryOperator.identity());
    }

    /**
     * Start a router and load a fleet.
     *
     * @param fleet to load.
     * @param handedOver how the router reaches the handler that reads all deliveries.
     */
    OneProduct(final OneProductFleet fleet, final UnaryOperator<DeliveryHandler> handedOver) {
        router = EventRouter.launch(new RouterContext()
                .ringSlots(RunningRouter.RING_SLOTS)
                .maxDevices(fleet.devices())
                .idleStrategy(YieldingIdleStrategy.INSTANCE)
                .closeTimeout(AWAIT_NS, TimeUnit.NANOSECONDS)
                .deliveryHandler(handedOver.apply(handler)));
        FleetRegistration.load(fleet, router);
        publisher = new Publisher(router, fleet, 0);
    }

    Publisher publisher() {
        return publisher;
    }

    void awaitRouted() {
        Work.require(router.awaitRouted(publisher.lastSequence(), AWAIT_NS), "everything is routed");
    }

    /** Every event was routed and charged, and met so many devices. */
    void check(final long devicesPerEvent) {
        awaitRouted();
        final long deliveries = publisher.published() * devicesPerEvent;
        Work.requireEqual("routed", publisher.published(), router.counter(RouterCounter.EVENTS_ROUTED));
        Work.requireEqual(
                "publish operations", publisher.published(), router.counter(RouterCounter.PUBLISH_OPERATIONS));
        Work.requireEqual("deliveries", deliveries, router.counter(RouterCounter.DELIVERIES_TO_DEVICES));
        Work.requireEqual("subscribe operations", deliveries, router.counter(RouterCounter.SUBSCRIBE_OPERATIONS));
        Work.requireEqual("handled deliveries", deliveries, handler.deliveries());
    }

    @Override
    public void close() {
        router.close();
    }
}
