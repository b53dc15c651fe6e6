package io.eventrouter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.eventrouter.command.Command;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.event.EventDraft;
import io.eventrouter.identity.EntityId;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * A device with so many subscriptions, one of which shadows all others, that taking them back one by one would not end
 * if each time all were compared with all.
 */
class ManySubscriptionsTest {
    private static final int SHADOWED = 10_000;
    private static final EntityId USER = EntityId.of(1, 1);
    private static final EntityId DEVICE = EntityId.of(7, 1);

    private final AtomicInteger heard = new AtomicInteger();

    @Test
    void shouldTakeBackOneByOneWhatAShorterPrefixShadows() throws Throwable {
        Watchdog.watch("taking back " + SHADOWED + " subscriptions", this::subscribeAndTakeBack);
    }

    private void subscribeAndTakeBack() {
        final RouterContext context = new RouterContext()
                .subscriptionsPerDevice(RouterContext.UNLIMITED_SUBSCRIPTIONS)
                .deliveryHandler(delivery -> {
                    heard.incrementAndGet();
                    return AttemptOutcome.PENDING;
                });
        try (EventRouter router = EventRouter.launch(context)) {
            router.execute(new Command.RegisterUser(USER, 0));
            router.execute(new Command.RegisterDevice(DEVICE));
            router.execute(new Command.Claim(DEVICE, USER));
            router.execute(new Command.GoOnline(DEVICE));
            router.execute(new Command.Subscribe(DEVICE, "t"));
            for (int i = 0; i < SHADOWED; i++) {
                router.submit(new Command.Subscribe(DEVICE, "temp/" + i));
            }
            assertEquals(1, heardOf(router, "temp/0"), "once, whatever number of its prefixes match");

            CompletableFuture<Long> last = null;
            for (int i = 1; i < SHADOWED; i++) {
                last = router.submit(new Command.Unsubscribe(DEVICE, "temp/" + i));
            }
            last.join();
            assertEquals(1, heardOf(router, "temp/1"), "through the shorter prefix");
            router.execute(new Command.Unsubscribe(DEVICE, "t"));
            assertEquals(0, heardOf(router, "temp/1"));
            assertEquals(1, heardOf(router, "temp/0"), "through the only one that is left");
        }
    }

    private int heardOf(final EventRouter router, final String name) {
        heard.set(0);
        final long sequence =
                router.publish(new EventDraft().fromDevice(DEVICE).name(name).noPayload());
        router.awaitRouted(sequence, TimeUnit.MINUTES.toNanos(1));
        return heard.get();
    }
}
