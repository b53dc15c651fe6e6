package io.eventrouter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.journal.SyncPolicy;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.agrona.concurrent.YieldingIdleStrategy;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A context is checked once, at the launch, and says what is wrong with the value and the limits. */
class RouterContextTest {
    private static RouterContext context() {
        return new RouterContext().useInvoker(true).deliveryHandler(delivery -> AttemptOutcome.PENDING);
    }

    static Stream<Arguments> mistakes() {
        return Stream.of(
                Arguments.of(context().maxDevices(0), "maxDevices must be in [1, 134217727]: maxDevices=0"),
                Arguments.of(
                        context().maxDevices(1 << 27), "maxDevices must be in [1, 134217727]: maxDevices=134217728"),
                Arguments.of(
                        context().subscriptionsPerDevice(0),
                        "subscriptionsPerDevice must be in [1, 2147483647]: subscriptionsPerDevice=0"),
                Arguments.of(
                        context().pendingFanOutsPerAccount(0),
                        "pendingFanOutsPerAccount must be in [1, 64]: pendingFanOutsPerAccount=0"),
                Arguments.of(
                        context().pendingFanOutsPerAccount(65),
                        "pendingFanOutsPerAccount must be in [1, 64]: pendingFanOutsPerAccount=65"),
                Arguments.of(context().lanes(0), "lanes must be in [1, 64]: lanes=0"),
                Arguments.of(context().lanes(128), "lanes must be in [1, 64]: lanes=128"),
                Arguments.of(context().lanes(3), "lanes must be a power of two: lanes=3"),
                Arguments.of(
                        context().lanes(2).idleStrategy(YieldingIdleStrategy.INSTANCE),
                        "idleStrategy must be a supplier, which makes one for each lane: lanes=2"),
                Arguments.of(context().ringSlots(1_024), "ringSlots must be in [2048, 4194304]: ringSlots=1024"),
                Arguments.of(context().ringSlots(3_000), "ringSlots must be a power of two: ringSlots=3000"),
                Arguments.of(
                        context().usageWindow(99, TimeUnit.MILLISECONDS),
                        "usageWindowMs must be in [100, 316224000000]: usageWindowMs=99"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void shouldNameValueAndLimits(final RouterContext context, final String message) {
        assertEquals(
                message,
                assertThrows(IllegalArgumentException.class, () -> EventRouter.launch(context))
                        .getMessage());
    }

    @Test
    void shouldWantAKindOfSyncPolicy() {
        assertEquals(
                "kind",
                assertThrows(NullPointerException.class, () -> new SyncPolicy(null, 0))
                        .getMessage());
    }

    @Test
    void shouldWantADeliveryHandler() {
        assertEquals(
                "deliveryHandler must be set",
                assertThrows(NullPointerException.class, () -> EventRouter.launch(new RouterContext()))
                        .getMessage());
    }

    @Test
    void shouldStartOneRouterOnly() {
        final RouterContext context = context();
        EventRouter.launch(context).close();

        assertEquals(
                "a context starts one router: it has been used already",
                assertThrows(IllegalStateException.class, () -> EventRouter.launch(context))
                        .getMessage());
    }
}
