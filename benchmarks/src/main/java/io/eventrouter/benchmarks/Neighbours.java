package io.eventrouter.benchmarks;

import io.eventrouter.EventRouter;
import io.eventrouter.RouterContext;
import io.eventrouter.benchmarks.workload.OneProductFleet;
import io.eventrouter.command.Command;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.delivery.Delivery;
import io.eventrouter.event.EventDraft;
import io.eventrouter.identity.EntityId;
import io.eventrouter.status.RouterCounter;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/** A router on a thread of its own with one large product that broadcasts, and one user with a few devices. */
final class Neighbours {
    static final long MAX_LATENCY_NS = TimeUnit.SECONDS.toNanos(60);

    private static final long AWAIT_NS = TimeUnit.SECONDS.toNanos(60);
    private static final int DEVICES_OF_USER = 1_000;
    private static final int BROADCASTS_UNDER_WAY = 2;
    private static final EntityId USER = EntityId.of(-1, 0);
    private static final byte[] PAYLOAD = new byte[32];

    private final TimingHandler handler = new TimingHandler();
    private final TurnIdleStrategy idle = new TurnIdleStrategy();
    private final EventDraft draft = new EventDraft().name("reading").payload(PAYLOAD);
    private final int receivers;
    private final EventRouter router;
    private final Publisher broadcaster;
    private long published;
    private long lastSequence;

    Neighbours(final RouterContext context, final int receivers) {
        this.receivers = receivers;
        final OneProductFleet fleet = new OneProductFleet(receivers, receivers, true, 42);
        router = EventRouter.launch(context.ringSlots(RunningRouter.RING_SLOTS)
                .maxDevices(receivers + DEVICES_OF_USER)
                .idleStrategy(idle)
                .closeTimeout(AWAIT_NS, TimeUnit.NANOSECONDS)
                .deliveryHandler(handler));
        FleetRegistration.load(fleet, router);
        broadcaster = new Publisher(router, fleet, 0);
        router.execute(new Command.RegisterUser(USER, 0));
        for (int i = 0; i < DEVICES_OF_USER; i++) {
            final EntityId device = EntityId.of(-2, i);
            router.submit(new Command.RegisterDevice(device));
            router.submit(new Command.Claim(device, USER));
        }
        router.submit(new Command.Subscribe(EntityId.of(-2, 0), "reading"));
        router.execute(new Command.GoOnline(EntityId.of(-2, 0)));
        idle.rest();
    }

    /**
     * Publish events of the user at a rate, beside broadcasts without a pause or not; returns the rate that was
     * offered.
     */
    double publish(final long perSecond, final long count, final boolean broadcasts) {
        idle.work();
        final double offered = new OpenLoop(perSecond).run(count, intendedNs -> {
            if (broadcasts && broadcaster.published() - handler.broadcasts(receivers) < BROADCASTS_UNDER_WAY) {
                broadcaster.publishNext(0);
            }
            publishOfUser(intendedNs);
        });
        Work.require(router.awaitRouted(Math.max(lastSequence, broadcaster.lastSequence()), AWAIT_NS), "all is routed");
        idle.rest();
        return offered;
    }

    private void publishOfUser(final long intendedNs) {
        draft.fromDevice(-2, (int) (published % DEVICES_OF_USER)).correlationId(intendedNs);
        lastSequence = router.publish(draft);
        Work.require(lastSequence >= 0, "the ring has room");
        published++;
    }

    long broadcastDeliveries() {
        return handler.broadcastDeliveries.get();
    }

    /** What was measured since the last call; between publishes. */
    Histogram takeLatencies() {
        final Histogram taken = handler.latencies.copy();
        handler.latencies.reset();
        return taken;
    }

    void checkAndClose() {
        idle.work();
        final long deliveries = published + broadcaster.published() * receivers;
        Work.requireEqual("routed", published + broadcaster.published(), router.counter(RouterCounter.EVENTS_ROUTED));
        Work.requireEqual("deliveries", deliveries, router.counter(RouterCounter.DELIVERIES_TO_DEVICES));
        Work.requireEqual("subscribe operations", deliveries, router.counter(RouterCounter.SUBSCRIBE_OPERATIONS));
        Work.requireEqual("handled deliveries", deliveries, handler.deliveries());
        router.close();
    }

    /** Takes the time of the user's events, and counts the deliveries of broadcasts. */
    private static final class TimingHandler extends TouchingHandler {
        private final Histogram latencies = new Histogram(MAX_LATENCY_NS, 3);
        private final AtomicLong broadcastDeliveries = new AtomicLong();

        @Override
        public AttemptOutcome onDelivery(final Delivery delivery) {
            final long intendedNs = delivery.event().correlationId();
            if (intendedNs == 0) {
                broadcastDeliveries.lazySet(broadcastDeliveries.getPlain() + 1);
            } else {
                latencies.recordValue(System.nanoTime() - intendedNs);
            }
            return super.onDelivery(delivery);
        }

        long broadcasts(final int receivers) {
            return broadcastDeliveries.get() / receivers;
        }
    }
}
