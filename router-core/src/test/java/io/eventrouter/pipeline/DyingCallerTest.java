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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Threads whose stack ends while they submit commands take nothing with them: afterwards there is room for as many commands
 * in flight as ever, on the rings and on the disk.
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

    private final CountDownLatch stall = new CountDownLatch(1);
    private EventRouter router;

    private void launch(final RouterContext context) {
        router = EventRouter.launch(context.maxDevices(1_000)
                .maxAccounts(1_000)
                .ringSlots(RING_SLOTS)
                // The clock puts nothing in.
                .epochClock(() -> 1_000_000)
                .deliveryHandler(delivery -> {
                    await(stall);
                    return AttemptOutcome.PENDING;
                }));
        router.execute(new Command.RegisterUser(ANN, 0));
        router.execute(new Command.RegisterDevice(DEVICE));
        router.execute(new Command.Claim(DEVICE, ANN));
        router.execute(new Command.Subscribe(DEVICE, "t"));
        router.execute(new Command.GoOnline(DEVICE));
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
        launch(new RouterContext().lanes(lanes).controlTimeout(100, TimeUnit.MILLISECONDS));
        final Command command = new Command.GoOnline(DEVICE);

        dieSubmitting(command);

        assertEquals(MAX_COMMANDS_IN_FLIGHT, roomFor(command));
        assertGoesOn();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void shouldHaveRoomForAsManyChangesOnTheDiskAsBefore(final int lanes) throws InterruptedException {
        launch(new RouterContext()
                .lanes(lanes)
                .controlTimeout(100, TimeUnit.MILLISECONDS)
                .dataDisk(new SimulatedDisk())
                .journalSegmentLength(SEGMENT_LENGTH));
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
        launch(new RouterContext().controlTimeout(1, TimeUnit.NANOSECONDS));
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

    // With nothing in flight.
    private void stall() {
        router.execute(new Command.GoOnline(DEVICE));
        final long sequence = router.publish(new EventDraft().fromDevice(DEVICE).name("t"));
        assertTrue(sequence >= 0, PublishResult.describe(sequence));
    }

    private List<CompletableFuture<Long>> submitWhileThereIsRoom(final Command command) {
        final List<CompletableFuture<Long>> accepted = new ArrayList<>();
        try {
            while (accepted.size() < RING_SLOTS) {
                accepted.add(router.submit(command));
            }
        } catch (final IllegalStateException noRoom) {
            assertTrue(noRoom.getMessage().contains("no room for a command"), noRoom.getMessage());
        }
        return accepted;
    }

    private void assertGoesOn() {
        for (int i = 0; i < 2 * MAX_COMMANDS_IN_FLIGHT; i++) {
            router.execute(new Command.SetOperationsPerMonth(AccountId.user(ANN), i));
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
