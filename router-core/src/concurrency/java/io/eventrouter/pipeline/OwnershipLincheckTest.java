package io.eventrouter.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.EventRouter;
import io.eventrouter.RouterContext;
import io.eventrouter.command.Command;
import io.eventrouter.command.EventStream;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.event.EventDraft;
import io.eventrouter.event.PublishResult;
import io.eventrouter.identity.EntityId;
import io.eventrouter.identity.ScopeId;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jetbrains.lincheck.LincheckAssertionError;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Claims, releases and publishes of one device on two threads, as Lincheck sees them: there must be one order of all of
 * them, which keeps that of real time, and in which an event is heard by exactly the owner at its place.
 */
@Tag("concurrency")
class OwnershipLincheckTest {
    private static final EntityId DEVICE = EntityId.of(0xe, 1);
    private static final long AWAIT_NS = TimeUnit.SECONDS.toNanos(10);
    private static final int NOBODY = 0;

    private static EntityId owner(final int number) {
        return EntityId.of(0xa, number);
    }

    /** One device in a router, for as many experiments as there are: each begins by giving it back. */
    abstract static class DeviceOfRouter {
        private static final ConcurrentHashMap<Long, Integer> HEARD = new ConcurrentHashMap<>();
        private static final AtomicLong NUMBERS = new AtomicLong();

        private final EventRouter router;
        private final ThreadLocal<EventDraft> drafts = ThreadLocal.withInitial(EventDraft::new);

        DeviceOfRouter(final EventRouter router) {
            this.router = router;
            router.execute(new Command.Unclaim(DEVICE));
        }

        static EventRouter launch(final int lanes) {
            final EventRouter router = EventRouter.launch(new RouterContext()
                    .lanes(lanes)
                    .maxDevices(100)
                    .maxAccounts(100)
                    .deliveryHandler(delivery -> {
                        final int owner = Integer.parseInt(delivery.recipientId());
                        HEARD.merge(delivery.event().correlationId(), owner, (some, other) -> 10 * some + other);
                        return AttemptOutcome.PENDING;
                    }));
            for (int number = 1; number <= 2; number++) {
                router.execute(new Command.RegisterUser(owner(number), 0));
                router.execute(new Command.OpenStream(EventStream.of("" + number, ScopeId.owner(owner(number)))));
            }
            router.execute(new Command.RegisterDevice(DEVICE));
            return router;
        }

        void claimFor(final int number) {
            router.execute(new Command.Claim(DEVICE, owner(number)));
        }

        void release() {
            router.execute(new Command.Unclaim(DEVICE));
        }

        /** Who has heard an event: a number, nobody, or several numbers in a row. */
        int publishAndListen() {
            final long number = NUMBERS.incrementAndGet();
            final long sequence =
                    router.publish(drafts.get().fromDevice(DEVICE).name("t").correlationId(number));
            assertTrue(sequence >= 0, () -> PublishResult.describe(sequence));
            assertTrue(router.awaitRouted(sequence, AWAIT_NS));
            final Integer heard = HEARD.remove(number);
            return heard == null ? NOBODY : heard;
        }

        int whoOwns() {
            return router.ownershipOf(DEVICE)
                    .orElseThrow()
                    .owner()
                    .map(EntityId::low)
                    .orElse(NOBODY);
        }
    }

    /** The specification: one variable. */
    public static final class Variable {
        private int owner;

        public void claim(final int number) {
            owner = number;
        }

        public void unclaim() {
            owner = NOBODY;
        }

        public int publish() {
            return owner;
        }

        public int owner() {
            return owner;
        }
    }

    /** As the router is. */
    @Param(name = "number", gen = IntGen.class, conf = "1:2")
    public static class OneLane extends DeviceOfRouter {
        private static final EventRouter ROUTER = launch(1);

        public OneLane() {
            super(ROUTER);
        }

        OneLane(final EventRouter router) {
            super(router);
        }

        @Operation
        public void claim(@Param(name = "number") final int number) {
            claimFor(number);
        }

        @Operation
        public void unclaim() {
            release();
        }

        @Operation
        public int publish() {
            return publishAndListen();
        }

        @Operation
        public int owner() {
            return whoOwns();
        }
    }

    /** The same with two lanes, of which one has the device's events and the other answers for it. */
    @Param(name = "number", gen = IntGen.class, conf = "1:2")
    public static final class TwoLanes extends OneLane {
        private static final EventRouter ROUTER = launch(2);

        public TwoLanes() {
            super(ROUTER);
        }

        @Override
        @Operation
        public void claim(@Param(name = "number") final int number) {
            claimFor(number);
        }

        @Override
        @Operation
        public void unclaim() {
            release();
        }

        @Override
        @Operation
        public int publish() {
            return publishAndListen();
        }

        @Override
        @Operation
        public int owner() {
            return whoOwns();
        }
    }

    /** A mistake: the owner is answered from a copy that is brought up to date behind the acknowledgement. */
    @Param(name = "number", gen = IntGen.class, conf = "1:2")
    public static final class StaleCopy extends DeviceOfRouter {
        private static final EventRouter ROUTER = launch(1);
        private volatile int copy;

        public StaleCopy() {
            super(ROUTER);
        }

        @Operation
        public void claim(@Param(name = "number") final int number) {
            claimFor(number);
            Thread.yield();
            copy = number;
        }

        @Operation
        public void unclaim() {
            release();
            Thread.yield();
            copy = NOBODY;
        }

        @Operation
        public int publish() {
            return publishAndListen();
        }

        @Operation
        public int owner() {
            return copy;
        }
    }

    private static StressOptions options() {
        return new StressOptions()
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(0)
                .actorsAfter(1)
                .iterations(30)
                .invocationsPerIteration(300)
                .sequentialSpecification(Variable.class)
                .minimizeFailedScenario(false);
    }

    @Test
    void shouldBeLinearizableWithOneLane() {
        options().check(OneLane.class);
        assertEquals(0, OneLane.ROUTER.closeAndReport().eventsLeft());
    }

    @Test
    void shouldBeLinearizableWithTwoLanes() {
        options().check(TwoLanes.class);
    }

    @Test
    void shouldFindAStaleCopy() {
        assertThrows(LincheckAssertionError.class, () -> options().check(StaleCopy.class));
    }
}
