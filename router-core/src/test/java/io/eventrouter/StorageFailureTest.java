package io.eventrouter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.eventrouter.command.Command;
import io.eventrouter.command.CommandRefusedException;
import io.eventrouter.command.Refusal;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.event.EventDraft;
import io.eventrouter.identity.EntityId;
import io.eventrouter.journal.SimulatedDisk;
import io.eventrouter.status.RouterCounter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A router on a disk that is full, or fails: changes of ownership are refused, all else goes on, and it heals. */
class StorageFailureTest {
    private static final EntityId ANN = EntityId.of(1, 1);
    private static final EntityId BEN = EntityId.of(1, 2);
    private static final EntityId DEVICE = EntityId.of(2, 1);
    private static final int SEGMENT_LENGTH = 4_096;

    private final SimulatedDisk disk = new SimulatedDisk();
    private final AtomicLong nowMs = new AtomicLong(1_000_000_000_000L);
    private final AtomicInteger delivered = new AtomicInteger();
    private final List<Throwable> told = new ArrayList<>();
    private EventRouter router = launch();

    private EventRouter launch() {
        return EventRouter.launch(new RouterContext()
                .useInvoker(true)
                .dataDisk(disk)
                .journalSegmentLength(SEGMENT_LENGTH)
                .maxDevices(1_000)
                .maxAccounts(1_000)
                .epochClock(nowMs::get)
                .errorHandler(told::add)
                .deliveryHandler(delivery -> {
                    delivered.incrementAndGet();
                    return AttemptOutcome.PENDING;
                }));
    }

    private void registerAll() {
        router.execute(new Command.RegisterUser(ANN, 0));
        router.execute(new Command.RegisterUser(BEN, 0));
        router.execute(new Command.RegisterDevice(DEVICE));
        router.execute(new Command.Claim(DEVICE, ANN));
    }

    @Test
    void shouldRefuseChangesOfOwnershipOnAFullDiskAndResumeByItself() {
        registerAll();
        disk.capacity(disk.usedBytes());
        int claims = 0;
        CommandRefusedException refused = null;
        while (refused == null) {
            try {
                router.execute(new Command.Claim(DEVICE, claims % 2 == 0 ? BEN : ANN));
                claims++;
            } catch (final CommandRefusedException full) {
                refused = full;
            }
        }
        final EntityId owner = claims % 2 == 0 ? ANN : BEN;

        assertEquals(Refusal.STORAGE_FULL, refused.refusal());
        assertTrue(
                refused.getMessage()
                        .startsWith("disk is full, so the change could not be kept: directory=ownership/,"
                                + " segmentBytes=4096: disk is full: file=ownership/journal-"),
                refused.getMessage());
        assertTrue(claims > 20, "what was made ahead was used: claims=" + claims);
        assertEquals(1, router.counter(RouterCounter.COMMANDS_REFUSED_STORAGE_FULL));
        assertEquals(1, told.size(), "told once: " + told);
        checkRoutingGoesOn(owner);

        disk.capacity(Long.MAX_VALUE);
        nowMs.addAndGet(2_000);
        router.invoke();
        router.execute(new Command.Claim(DEVICE, BEN));
        checkAfterPowerCut(BEN);
    }

    @Test
    void shouldHaveRoomOnTheDiskForAsManyChangesHoweverManyWereRefused() {
        registerAll();
        for (int i = 0; i < 1_000; i++) {
            final Command claim = new Command.Claim(EntityId.of(3, i), ANN);
            final CommandRefusedException refused =
                    assertThrows(CommandRefusedException.class, () -> router.execute(claim));
            assertEquals(Refusal.UNKNOWN_DEVICE, refused.refusal());
        }

        router.execute(new Command.Claim(DEVICE, BEN));
        checkAfterPowerCut(BEN);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1_000})
    void shouldKeepCommandsInFlightWhenTheDiskGetsFullBehindThem(final int commandsThatChangeNothing) {
        registerAll();
        for (int i = 0; i < commandsThatChangeNothing; i++) {
            router.execute(new Command.GoOnline(DEVICE));
        }
        final List<CompletableFuture<Long>> inFlight = new ArrayList<>();
        disk.capacity(disk.usedBytes());
        while (true) {
            try {
                inFlight.add(router.submit(new Command.Claim(DEVICE, BEN)));
            } catch (final CommandRefusedException full) {
                break;
            }
        }
        while (router.invoke() > 0) {
            Thread.onSpinWait();
        }
        assertTrue(inFlight.stream().allMatch(CompletableFuture::isDone), "inFlight=" + inFlight.size());
        inFlight.forEach(CompletableFuture::join);
        assertTrue(inFlight.size() > 20, "inFlight=" + inFlight.size());
        checkAfterPowerCut(BEN);
    }

    @Test
    void shouldHoldAcknowledgementsWhileTheDiskFailsAndGiveThemWhenItWorks() {
        for (final boolean forces : new boolean[] {false, true}) {
            if (forces) {
                router = launch();
            } else {
                registerAll();
            }
            told.clear();
            disk.failForces(forces);
            disk.failWrites(!forces);
            final CompletableFuture<Long> claim = router.submit(new Command.Claim(DEVICE, BEN));
            run(50);
            assertFalse(claim.isDone());

            final CommandRefusedException refused =
                    assertThrows(CommandRefusedException.class, () -> router.submit(new Command.Claim(DEVICE, ANN)));
            assertEquals(Refusal.STORAGE_UNAVAILABLE, refused.refusal());
            assertTrue(refused.getMessage().contains("simulated failure of a " + (forces ? "force" : "write")));
            assertEquals(1, router.counter(RouterCounter.COMMANDS_REFUSED_STORAGE_UNAVAILABLE));
            assertEquals(
                    1,
                    told.stream()
                            .filter(problem -> problem.getMessage().startsWith("journal cannot be written"))
                            .count());
            assertTrue(router.counter(RouterCounter.JOURNAL_FAILURES) > 3, "tried again and again");
            checkRoutingGoesOn(BEN);

            disk.failForces(false);
            disk.failWrites(false);
            run(50);
            claim.join();
            router.execute(new Command.Claim(DEVICE, BEN));
            checkAfterPowerCut(BEN);
        }
    }

    @Test
    void shouldTellARefusedChangeWhileTheDiskFails() {
        registerAll();
        disk.failWrites(true);
        final CompletableFuture<Long> claim = router.submit(new Command.Claim(DEVICE, BEN));
        final CompletableFuture<Long> refused = router.submit(new Command.Claim(DEVICE, EntityId.of(1, 3)));
        run(5);

        assertTrue(refused.isCompletedExceptionally(), "nobody knows the owner, so there is nothing to keep");
        assertFalse(claim.isDone());
        disk.failWrites(false);
        run(50);
        claim.join();
    }

    @Test
    void shouldSayWhatIsNotKeptWhenClosedOnADeadDisk() {
        registerAll();
        disk.failWrites(true);
        final CompletableFuture<Long> claim = router.submit(new Command.Claim(DEVICE, BEN));
        run(5);
        router.close();

        final CompletionException failure = assertThrows(CompletionException.class, claim::join);
        assertTrue(
                failure.getCause()
                        .getMessage()
                        .startsWith(
                                "command is in force but could not be kept for the next start: directory=ownership/"),
                failure.getMessage());
        disk.failWrites(false);
        checkAfterPowerCut(ANN);
    }

    @Test
    void shouldStartOnAFullDiskAndRouteWhatItKnows() {
        registerAll();
        disk.kill();
        disk.capacity(disk.usedBytes() - 2 * SEGMENT_LENGTH);
        router = launch();
        checkRoutingGoesOn(ANN);
        disk.capacity(Long.MAX_VALUE);
        nowMs.addAndGet(2_000);
        router.invoke();
        router.execute(new Command.Claim(DEVICE, BEN));
        checkAfterPowerCut(BEN);
    }

    private void run(final int rounds) {
        for (int i = 0; i < rounds; i++) {
            nowMs.addAndGet(100);
            router.invoke();
        }
    }

    // Commands that keep nothing, and events.
    private void checkRoutingGoesOn(final EntityId owner) {
        final int before = delivered.get();
        router.execute(new Command.GoOnline(DEVICE));
        router.execute(new Command.Subscribe(DEVICE, "temp"));
        final EventDraft draft = new EventDraft().fromUser(owner).name("temperature");
        assertTrue(router.publish(draft) >= 0);
        run(2);
        assertEquals(before + 1, delivered.get());
    }

    private void checkAfterPowerCut(final EntityId owner) {
        disk.cutPower(() -> false);
        router = launch();
        assertEquals(
                Optional.of(owner), router.ownershipOf(DEVICE).orElseThrow().owner());
        router.execute(new Command.Claim(DEVICE, ANN));
        router.close();
    }
}
