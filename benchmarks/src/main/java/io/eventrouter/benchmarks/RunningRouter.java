package io.eventrouter.benchmarks;

import io.eventrouter.EventRouter;
import io.eventrouter.RouterContext;
import io.eventrouter.benchmarks.workload.EventSequence;
import io.eventrouter.benchmarks.workload.Fleet;
import io.eventrouter.benchmarks.workload.NaiveMatches;
import io.eventrouter.benchmarks.workload.ReadingNames;
import io.eventrouter.status.RouterCounter;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.YieldingIdleStrategy;

/**
 * A router on its own threads with a fleet in it, as the suites use it: all counts of what was published are checked
 * when it stops.
 */
final class RunningRouter implements AutoCloseable {
    private static final int EVENTS = 1 << 22;
    private static final long AWAIT_NS = TimeUnit.SECONDS.toNanos(60);

    private final EventRouter router;
    private final EventSequence events;
    private final NaiveMatches expected;
    private final TouchingHandler handler = new TouchingHandler();

    /**
     * Start a router and load a fleet.
     *
     * @param fleet to load.
     * @param skew of its events.
     */
    RunningRouter(final Fleet fleet, final String skew) {
        events = new EventSequence(fleet, EVENTS, skew, 42);
        expected = new NaiveMatches(fleet, events);
        router = EventRouter.launch(context(fleet).deliveryHandler(handler));
        FleetRegistration.load(fleet, router);
    }

    /** What all suites set: room for the fleet, and a routing thread that yields when it has nothing to do. */
    static RouterContext context(final Fleet fleet) {
        return new RouterContext()
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
     * Every event of one publisher, which began with the first, was accepted, routed and charged once, and was
     * delivered to each of its subscribers.
     */
    void check(final Publisher publisher) {
        awaitRouted(publisher);
        check(publisher.published());
        Work.requireEqual(
                "deliveries to devices",
                expected.ofFirst(publisher.published()),
                router.counter(RouterCounter.DELIVERIES_TO_DEVICES));
        Work.requireEqual(
                "deliveries to integrations",
                namedLike(Fleet.PRODUCT_INTEGRATION_PREFIX, publisher.published()),
                router.counter(RouterCounter.DELIVERIES_TO_INTEGRATIONS));
        Work.requireEqual(
                "deliveries to streams",
                namedLike(Fleet.ORGANIZATION_STREAM_PREFIX, publisher.published()),
                router.counter(RouterCounter.DELIVERIES_TO_STREAMS));
    }

    /** Whoever published what: everything was routed and charged once. */
    void check(final long published) {
        Work.requireEqual("accepted", published, router.counter(RouterCounter.EVENTS_ACCEPTED));
        Work.requireEqual("routed", published, router.counter(RouterCounter.EVENTS_ROUTED));
        Work.requireEqual("publish operations", published, router.counter(RouterCounter.PUBLISH_OPERATIONS));
        Work.requireEqual(
                "subscribe operations",
                router.counter(RouterCounter.DELIVERIES_TO_DEVICES),
                router.counter(RouterCounter.SUBSCRIBE_OPERATIONS));
        Work.require(published == 0 || handler.touched() != 0, "the handler read something");
    }

    void awaitRouted(final Publisher publisher) {
        Work.require(router.awaitRouted(publisher.lastSequence(), AWAIT_NS), "everything is routed");
    }

    @Override
    public void close() {
        router.close();
    }

    private long namedLike(final String prefix, final long count) {
        long ofAll = 0;
        long ofRest = 0;
        final int rest = (int) (count % events.length());
        for (int i = 0; i < events.length(); i++) {
            if (ReadingNames.text(events.name(i)).startsWith(prefix)) {
                ofAll++;
                ofRest += i < rest ? 1 : 0;
            }
        }
        return count / events.length() * ofAll + ofRest;
    }
}
