package io.eventrouter;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.eventrouter.command.Command;
import io.eventrouter.command.CommandRefusedException;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.event.EventDraft;
import io.eventrouter.identity.EntityId;
import io.eventrouter.limits.TenantLimits;
import io.eventrouter.status.RouterCounter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A device has one rate however many lanes there are, an account has its rate in each lane, and commands have one. */
class RatesOfSeveralLanesTest {
    private static final EntityId ANN = EntityId.of(0xa, 1);
    private static final int DEVICES = 40;
    private static final int BURST = 5;

    private EventRouter router;

    @AfterEach
    void close() {
        router.close();
    }

    private void launch(final int lanes, final TenantLimits limits) {
        router = EventRouter.launch(new RouterContext()
                .useInvoker(true)
                .lanes(lanes)
                .hashSeed(7)
                .epochClock(() -> 1_000_000)
                .tenantLimits(limits)
                .deliveryHandler(delivery -> AttemptOutcome.PENDING));
        router.execute(new Command.RegisterUser(ANN, 0));
        for (int i = 0; i < DEVICES; i++) {
            router.execute(new Command.RegisterDevice(device(i)));
            router.execute(new Command.Claim(device(i), ANN));
        }
    }

    private static EntityId device(final int index) {
        return EntityId.of(0xd, index);
    }

    // Twice as many as a burst has; returns how many of them were accepted.
    private long publish(final int device) {
        final long before = router.counter(RouterCounter.EVENTS_ACCEPTED);
        for (int i = 0; i < 2 * BURST; i++) {
            router.publish(new EventDraft().fromDevice(device(device)).name("t"));
        }
        while (router.invoke() > 0) {
            Thread.onSpinWait();
        }
        return router.counter(RouterCounter.EVENTS_ACCEPTED) - before;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void shouldGiveEachDeviceItsRateOnce(final int lanes) {
        launch(lanes, new TenantLimits().publishRatePerDevice(1, BURST));
        for (int i = 0; i < DEVICES; i++) {
            assertEquals(BURST, publish(i), "device=" + i);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void shouldGiveAnAccountItsRateInEachLaneThatItsDevicesAreIn(final int lanes) {
        launch(lanes, new TenantLimits().publishRatePerAccount(1, BURST));
        assertEquals(BURST, publish(0), "from one device no more than that");
        long accepted = BURST;
        for (int i = 1; i < DEVICES; i++) {
            accepted += publish(i);
        }
        assertEquals((long) lanes * BURST, accepted, "the others are in all lanes");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void shouldGiveAnAccountOneRateOfSubscriptions(final int lanes) {
        launch(lanes, new TenantLimits().subscribeRatePerAccount(1, BURST));
        int accepted = 0;
        for (int i = 0; i < DEVICES; i++) {
            accepted += subscribes(i) ? 1 : 0;
        }
        assertEquals(BURST, accepted);
    }

    private boolean subscribes(final int device) {
        try {
            router.execute(new Command.Subscribe(device(device), "t"));
            return true;
        } catch (final CommandRefusedException refused) {
            return false;
        }
    }
}
