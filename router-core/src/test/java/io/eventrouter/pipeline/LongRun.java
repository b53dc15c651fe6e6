package io.eventrouter.pipeline;

import io.eventrouter.EventRouter;
import io.eventrouter.RouterContext;
import io.eventrouter.command.Command;
import io.eventrouter.command.EventStream;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.delivery.Delivery;
import io.eventrouter.event.EventDraft;
import io.eventrouter.event.PublishResult;
import io.eventrouter.identity.EntityId;
import io.eventrouter.identity.ScopeId;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;

/** Events in great number through a router with threads of its own, each delivered to a device and a stream. */
final class LongRun implements AutoCloseable {
    private static final EntityId ANN = EntityId.of(0xa, 1);
    private static final int DEVICES = 100;

    private final EventRouter router;
    private final EventDraft draft = new EventDraft();
    private final UnsafeBuffer payload = new UnsafeBuffer(new byte[1_024]);
    private final String[] names = new String[DEVICES];
    private Thread routingThread;
    private long deliveries;

    LongRun() {
        router = EventRouter.launch(
                new RouterContext().maxDevices(1_000).maxAccounts(1_000).deliveryHandler(this::onDelivery));
        router.execute(new Command.RegisterUser(ANN, 0));
        for (int i = 0; i < DEVICES; i++) {
            router.execute(new Command.RegisterDevice(EntityId.of(0xe, i), 16_384));
            router.execute(new Command.Claim(EntityId.of(0xe, i), ANN));
            router.execute(new Command.Subscribe(EntityId.of(0xe, i), "t" + i + "/"));
            router.execute(new Command.GoOnline(EntityId.of(0xe, i)));
            names[i] = "t" + i + "/reading";
        }
        router.execute(new Command.OpenStream(EventStream.of("all", ScopeId.owner(ANN))));
    }

    /** Run in a JVM of its own: as many events as the first argument says. */
    public static void main(final String[] arguments) {
        final int events = Integer.parseInt(arguments[0]);
        try (LongRun run = new LongRun()) {
            run.publish(events);
            System.out.println("deliveries=" + run.deliveries());
        }
    }

    private AttemptOutcome onDelivery(final Delivery delivery) {
        if (deliveries++ == 0) {
            routingThread = Thread.currentThread();
        }
        return deliveries % 3 == 0 ? AttemptOutcome.ACKNOWLEDGED_SECOND : AttemptOutcome.PENDING;
    }

    /** Publish, and wait until the last is routed. */
    void publish(final int events) {
        long last = 0;
        for (int i = 0; i < events; i++) {
            draft.fromDevice(0xe, i % DEVICES).name(names[i * 7 % DEVICES]).payload(payload, 0, i % 200);
            while ((last = router.publish(draft)) == PublishResult.BACK_PRESSURED) {
                Thread.onSpinWait();
            }
        }
        if (last < 0 || !router.awaitRouted(last, TimeUnit.MINUTES.toNanos(5))) {
            throw new IllegalStateException("last=" + last);
        }
    }

    long deliveries() {
        return deliveries;
    }

    Thread routingThread() {
        return routingThread;
    }

    @Override
    public void close() {
        router.close();
    }
}
