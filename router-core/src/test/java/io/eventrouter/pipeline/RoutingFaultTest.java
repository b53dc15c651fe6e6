package io.eventrouter.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.eventrouter.EventRouter;
import io.eventrouter.RouterContext;
import io.eventrouter.command.Command;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.identity.EntityId;
import io.eventrouter.routing.SlotLayout;
import io.eventrouter.status.RouterCounter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A fault of the router itself is counted, whom it concerns is told, and what comes behind it is done. */
class RoutingFaultTest {
    private static final EntityId DEVICE = EntityId.of(0xe, 1);
    private static final int NO_OUTCOME = 99;

    private final List<Throwable> told = new ArrayList<>();
    private final EventRouter router = EventRouter.launch(new RouterContext()
            .useInvoker(true)
            .epochClock(() -> 1_000_000)
            .errorHandler(told::add)
            .deliveryHandler(delivery -> AttemptOutcome.PENDING));
    private final CommandRing ring = LaneFault.pipelineOf(router).lane(0).ring();

    @AfterEach
    void close() {
        router.close();
    }

    @Test
    void shouldTellWhoeverWaitsForACommandThatCannotBeCarriedOut() {
        final PendingCommand broken = new PendingCommand(PendingCommand.Kind.APPLY, null, 0);
        final long place = ring.tryTakeForCommand();
        ring.pending(place, broken);
        SlotLayout.writeCommand(ring.address(place));
        ring.publish(place, 1);

        router.execute(new Command.RegisterDevice(DEVICE));

        final CompletionException failure = assertThrows(CompletionException.class, broken.future::join);
        assertInstanceOf(NullPointerException.class, failure.getCause());
        assertEquals(1, router.counter(RouterCounter.ROUTING_FAILURES));
        assertEquals(1, router.counter(RouterCounter.COMMANDS_APPLIED));
    }

    @Test
    void shouldCountAReportThatCannotBeApplied() {
        router.execute(new Command.RegisterDevice(DEVICE));
        final long place = ring.tryTake(1);
        SlotLayout.writeAttempts(ring.address(place), DEVICE.high(), DEVICE.low(), 1, NO_OUTCOME);
        ring.publish(place, 1);

        router.execute(new Command.GoOnline(DEVICE));

        assertEquals(1, router.counter(RouterCounter.ROUTING_FAILURES));
        assertEquals(1, told.size(), told::toString);
    }
}
