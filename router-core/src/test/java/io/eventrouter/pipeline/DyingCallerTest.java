package io.eventrouter.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.EventRouter;
import io.eventrouter.RouterContext;
import io.eventrouter.command.Command;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.event.EventDraft;
import io.eventrouter.event.PublishResult;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.journal.SimulatedDisk;
import io.eventrouter.status.CloseReport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Threads whose stack ends while they submit commands take nothing with them: afterwards there is room for as many
 * commands in flight as ever, on the rings and on the disk.
 */
@Timeout(600)
class DyingCallerTest {
    private static final int RING_SLOTS = 2_048;
    private static final int MAX_COMMANDS_IN_FLIGHT = RING_SLOTS / 4;
    private static final int DEATHS = Integer.getInteger("router.deaths", 2 * MAX_COMMANDS_IN_FLIGHT);
    private static final int SEGMENT_LENGTH = 4_096;
    private static final int CHANGES_IN_A_SEGMENT = 36;
    private static final EntityId ANN = EntityId.of(0xa, 1);
    private static final EntityId DEVICE = EntityId.of(0xe, 1);

    /** The acknowledging thread, which makes room, looks at the clock once or twice in each of its readings. */
    private static final int READINGS_THAT_MAKE_ROOM = 20;

    private final CountDownLatch stall = new CountDownLatch(1);

    /** How often the acknowledging thread, which makes room, has looked at the clock. */
    private final AtomicLong readings = new AtomicLong();

    private EventRouter router;

    private void launch(final RouterContext context) {
        router = EventRouter.launch(context.maxDevices(1_000)
                .maxAccounts(1_000)
                .ringSlots(RING_SLOTS)
                // Whether there will be room is found out here.
                .controlTimeout(1, TimeUnit.NANOSECONDS)
                // The clock puts nothing in.
                .epochClock(() -> {
                    if (Thread.currentThread().getName().equals("event-router-acknowledging")) {
                        readings.incrementAndGet();
                    }
                    return 1_000_000;
                })
                .deliveryHandler(delivery -> {
                    await(stall);
                    return AttemptOutcome.PENDING;
                }));
        execute(new Command.RegisterUser(ANN, 0));
        execute(new Command.RegisterDevice(DEVICE));
        execute(new Command.Claim(DEVICE, ANN));
        execute(new Command.Subscribe(DEVICE, "t"));
        execute(new Command.GoOnline(DEVICE));
    }

    @AfterEach
    void close() {
        stall.countDown();
        if (router != null) {
            router.close();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldHaveRoomForAsManyCommandsInFlightAsBefore(final int lanes) throws InterruptedException {
        launch(new RouterContext().lanes(lanes));
        final Command command = new Command.GoOnline(DEVICE);

        dieSubmitting(command);

        assertEquals(MAX_COMMANDS_IN_FLIGHT, roomFor(command));
        assertGoesOn();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldHaveRoomForAsManyChangesOnTheDiskAsBefore(final int lanes) throws InterruptedException {
        launch(new RouterContext().lanes(lanes).dataDisk(new SimulatedDisk()).journalSegmentLength(SEGMENT_LENGTH));
        final Command change = new Command.SetOperationsPerMonth(AccountId.user(ANN), 1);

        dieSubmitting(change);

        // What the active segment has room for depends on what happened to be written; the spare one is empty.
        final int changes = roomFor(change);
        assertTrue(changes >= CHANGES_IN_A_SEGMENT && changes <= 2 * CHANGES_IN_A_SEGMENT + 2, "changes=" + changes);
        assertGoesOn();
    }

    /** A message whose making fails at the end of a stack can be made afterwards. */
    @Test
    void shouldSayWhyThereIsNoRoomAlsoWhenStacksHaveEndedOverIt() throws InterruptedException {
        launch(new RouterContext());
        final Command command = new Command.GoOnline(DEVICE);
        stall();
        final List<CompletableFuture<Long>> accepted = submitWhileThereIsRoom(command);

        dieSubmitting(command);

        assertEquals(MAX_COMMANDS_IN_FLIGHT, accepted.size());
        final IllegalStateException noRoom = assertThrows(IllegalStateException.class, () -> router.submit(command));
        assertEquals(
                "no room for a command came up in time: too many commands are in flight, maxCommandsInFlight=512, waitedNs=1",
                noRoom.getMessage());
    }

    private void dieSubmitting(final Command command) throws InterruptedException {
        EndOfStack.strike(DEATHS, () -> {
            try {
                router.submit(command);
            } catch (final IllegalStateException noRoom) {
                // Nothing was taken.
            }
        });
    }

    /** How many commands find room while a routing thread stands still. */
    private int roomFor(final Command command) {
        stall();
        final List<CompletableFuture<Long>> accepted = submitWhileThereIsRoom(command);
        stall.countDown();
        accepted.forEach(CompletableFuture::join);
        return accepted.size();
    }

    private void execute(final Command command) {
        CompletableFuture<Long> acknowledgement = trySubmit(command);
        while (acknowledgement == null) {
            LockSupport.parkNanos(20_000);
            acknowledgement = trySubmit(command);
        }
        acknowledgement.join();
    }

    private CompletableFuture<Long> trySubmit(final Command command) {
        try {
            return router.submit(command);
        } catch (final IllegalStateException noRoom) {
            assertTrue(noRoom.getMessage().contains("no room for a command"), noRoom.getMessage());
            return null;
        }
    }

    // With nothing in flight.
    private void stall() {
        execute(new Command.GoOnline(DEVICE));
        final long sequence = router.publish(new EventDraft().fromDevice(DEVICE).name("t"));
        assertTrue(sequence >= 0, PublishResult.describe(sequence));
    }

    // Until the acknowledging thread has gone round again and again behind a refusal, and then refuses once more.
    private List<CompletableFuture<Long>> submitWhileThereIsRoom(final Command command) {
        final List<CompletableFuture<Long>> accepted = new ArrayList<>();
        long refusedAt = Long.MAX_VALUE;
        boolean isRoomLeft = true;
        while (accepted.size() < RING_SLOTS && isRoomLeft) {
            final boolean isAllRoomMade = readings.get() - refusedAt >= READINGS_THAT_MAKE_ROOM;
            final CompletableFuture<Long> acknowledgement = trySubmit(command);
            if (acknowledgement != null) {
                accepted.add(acknowledgement);
                refusedAt = Long.MAX_VALUE;
            } else if (refusedAt == Long.MAX_VALUE) {
                refusedAt = readings.get();
            } else {
                isRoomLeft = !isAllRoomMade;
            }
        }
        return accepted;
    }

    private void assertGoesOn() {
        for (int i = 0; i < 2 * MAX_COMMANDS_IN_FLIGHT; i++) {
            execute(new Command.SetOperationsPerMonth(AccountId.user(ANN), i));
        }
        final CloseReport report = router.closeAndReport();
        assertTrue(report.isComplete(), report::toString);
    }

    private static void await(final CountDownLatch latch) {
        try {
            assertTrue(latch.await(60, TimeUnit.SECONDS));
        } catch (final InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
