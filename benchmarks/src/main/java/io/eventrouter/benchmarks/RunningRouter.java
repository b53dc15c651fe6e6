package io.eventrouter.benchmarks;

import io.eventrouter.EventRouter;
import io.eventrouter.RouterContext;
import io.eventrouter.benchmarks.workload.EventSequence;
import io.eventrouter.benchmarks.workload.Fleet;
import io.eventrouter.benchmarks.workload.NaiveMatches;
import io.eventrouter.status.RouterCounter;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * A router on its own threads with a fleet in it, as the suites use it: all counts of what was published are checked
 * when it stops.
 */
final class RunningRouter implements AutoCloseable {
    /** Slots of the ring, unless a suite says otherwise: what a router has that is not told anything. */
    static final int RING_SLOTS = 1 << 16;

    private static final int EVENTS = 1 << 22;
    private static final long AWAIT_NS = TimeUnit.SECONDS.toNanos(60);

    private final EventRouter router;
    private final EventSequence events;
    private final NaiveMatches expected;
    private final NaiveMatches expectedOfIntegrations;
    private final NaiveMatches expectedOfStreams;
    private final TouchingHandler handler;

    /**
     * Start a router and load a fleet.
     *
     * @param fleet to load.
     * @param skew of its events.
     */
    RunningRouter(final Fleet fleet, final String skew) {
        this(fleet, skew, RING_SLOTS, new TouchingHandler());
    }

    /**
     * Start a router with a ring and a handler of the caller's choice and load a fleet.
     *
     * @param fleet to load.
     * @param skew of its events.
     * @param ringSlots of the ring.
     * @param handler of all deliveries.
     */
    RunningRouter(final Fleet fleet, final String skew, final int ringSlots, final TouchingHandler handler) {
        this(fleet, skew, ringSlots, handler, YieldingIdleStrategy.INSTANCE);
    }

    /**
     * Start a router whose routing thread idles as the caller wants and load a fleet.
     *
     * @param fleet to load.
     * @param skew of its events.
     * @param ringSlots of the ring.
     * @param handler of all deliveries.
     * @param idleStrategy of the routing thread.
     */
    RunningRouter(
            final Fleet fleet,
            final String skew,
            final int ringSlots,
            final TouchingHandler handler,
            final IdleStrategy idleStrategy) {
        this.handler = handler;
        events = new EventSequence(fleet, EVENTS, skew, 42);
        expected = new NaiveMatches(fleet, events);
        expectedOfIntegrations = new NaiveMatches(Fleet.PRODUCT_INTEGRATION_PREFIX, events);
        expectedOfStreams = new NaiveMatches(Fleet.ORGANIZATION_STREAM_PREFIX, events);
        router = EventRouter.launch(
                context(fleet).ringSlots(ringSlots).deliveryHandler(handler).idleStrategy(idleStrategy));
        FleetRegistration.load(fleet, router);
        rehearse();
    }

    // What runs once at the end is linked when it runs first, which allocates; that must not count as the events'.
    private void rehearse() {
        check();
        EventRouter.launch(new RouterContext().deliveryHandler(handler)).close();
    }

    /** What all suites set: room for the fleet, and a routing thread that yields when it has nothing to do. */
    static RouterContext context(final Fleet fleet) {
        return new RouterContext()
                .ringSlots(RING_SLOTS)
                .maxDevices(fleet.devices())
                .maxAccounts(fleet.accounts())
                .idleStrategy(YieldingIdleStrategy.INSTANCE)
                .closeTimeout(AWAIT_NS, TimeUnit.NANOSECONDS);
    }

    EventRouter router() {
        return router;
    }

    EventSequence events() {
        return events;
    }

    Publisher publisher(final long firstEvent) {
        return new Publisher(router, events, firstEvent);
    }

    /**
     * Every event that was published was accepted, routed and charged once, and was delivered to each of its
     * subscribers. Allocates nothing, so that it does not show in what the events allocate.
     *
     * @param publishers who published, each a range of the events.
     */
    void check(final Publisher... publishers) {
        check(1, publishers);
    }

    /**
     * The same for payloads that cost several operations.
     *
     * @param operationsPerEvent that each publish and each delivery costs.
     * @param publishers who published, each a range of the events.
     */
    void check(final int operationsPerEvent, final Publisher... publishers) {
        long published = 0;
        long toDevices = 0;
        long toIntegrations = 0;
        long toStreams = 0;
        for (final Publisher publisher : publishers) {
            awaitRouted(publisher);
            published += publisher.published();
            toDevices += expected.of(publisher.firstEvent(), publisher.published());
            toIntegrations += expectedOfIntegrations.of(publisher.firstEvent(), publisher.published());
            toStreams += expectedOfStreams.of(publisher.firstEvent(), publisher.published());
        }
        requireCount(RouterCounter.EVENTS_ACCEPTED, published);
        requireCount(RouterCounter.EVENTS_ROUTED, published);
        requireCount(RouterCounter.PUBLISH_OPERATIONS, published * operationsPerEvent);
        requireCount(RouterCounter.DELIVERIES_TO_DEVICES, toDevices);
        requireCount(RouterCounter.SUBSCRIBE_OPERATIONS, toDevices * operationsPerEvent);
        requireCount(RouterCounter.DELIVERIES_TO_INTEGRATIONS, toIntegrations);
        requireCount(RouterCounter.DELIVERIES_TO_STREAMS, toStreams);
        Work.requireEqual("handled deliveries", toDevices + toIntegrations + toStreams, handler.deliveries());
        Work.require(published == 0 || handler.touched() != 0, "the handler read the events");
    }

    private void requireCount(final RouterCounter counter, final long expectedCount) {
        Work.requireEqual(counter.name(), expectedCount, router.counter(counter));
    }

    void awaitRouted(final Publisher publisher) {
        Work.require(router.awaitRouted(publisher.lastSequence(), AWAIT_NS), "everything is routed");
    }

    @Override
    public void close() {
        router.close();
    }
}
