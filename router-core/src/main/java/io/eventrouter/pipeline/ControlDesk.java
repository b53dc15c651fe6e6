package io.eventrouter.pipeline;

import io.eventrouter.command.Command;
import io.eventrouter.command.CommandRefusedException;
import io.eventrouter.command.Refusal;
import io.eventrouter.event.PublishResult;
import io.eventrouter.identity.EntityId;
import io.eventrouter.journal.JournalRoom;
import io.eventrouter.metering.UsageSnapshot;
import io.eventrouter.ownership.DeviceOwnership;
import io.eventrouter.ownership.OwnershipRecord;
import io.eventrouter.ownership.OwnershipStore;
import io.eventrouter.routing.RoutingCore;
import io.eventrouter.status.RouterCounter;
import io.eventrouter.status.RouterCounters;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import org.agrona.concurrent.EpochClock;

/**
 * The control path: puts commands and questions into the order, waits for room, and turns answers into results and
 * exceptions.
 *
 * <p><b>Threading:</b> any thread; on the router's own threads nothing waits.
 */
public final class ControlDesk {
    private final EventIntake intake;
    private final ControlOrder order;
    private final RouterThreads threads;
    private final OwnershipStore store;
    private final Semaphore window;
    private final int windowLength;
    private final BillingClock billingClock;
    private final RouterCounters counters;
    private final RoutingCore.Settings limits;
    private final EpochClock clock;
    private final long timeoutNs;

    ControlDesk(
            final EventIntake intake,
            final ControlOrder order,
            final RouterThreads threads,
            final OwnershipStore store,
            final Semaphore window,
            final BillingClock billingClock,
            final RouterCounters counters,
            final RoutingCore.Settings limits,
            final EpochClock clock,
            final long timeoutNs) {
        this.intake = intake;
        this.order = order;
        this.threads = threads;
        this.store = store;
        this.window = window;
        this.windowLength = window.availablePermits();
        this.billingClock = billingClock;
        this.counters = counters;
        this.limits = limits;
        this.clock = clock;
        this.timeoutNs = timeoutNs;
    }

    /**
     * Put a command into the order, waiting for room.
     *
     * @param command to carry out.
     * @return completed with its sequence.
     */
    public CompletableFuture<Long> submit(final Command command) {
        Objects.requireNonNull(command, "command");
        return put(new PendingCommand(PendingCommand.Kind.APPLY, command, clock.time()))
                .thenApply(this::sequenceOf);
    }

    /**
     * Put a command into the order and wait until it holds.
     *
     * @param command to carry out.
     * @return its sequence.
     */
    public long execute(final Command command) {
        threads.checkMayWait("execute");
        final CompletableFuture<Long> acknowledgement = submit(command);
        threads.invokeUntil(acknowledgement::isDone);
        try {
            return acknowledgement.join();
        } catch (final CompletionException problem) {
            if (problem.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw problem;
        }
    }

    /**
     * Close the window of usage records now.
     *
     * @return completed with the sequence when all its records are emitted, or durable.
     */
    public CompletableFuture<Long> closeUsageWindow() {
        if (billingClock.keepsUsage()) {
            if (!intake.isOpen()) {
                throw new CommandRefusedException(Refusal.CLOSED, "command=" + PendingCommand.Kind.CLOSE_USAGE_WINDOW);
            }
            return billingClock.requestClose();
        }
        return put(new PendingCommand(PendingCommand.Kind.CLOSE_USAGE_WINDOW, null, clock.time()))
                .thenApply(this::sequenceOf);
    }

    /**
     * Take totals.
     *
     * @return completed with the totals.
     */
    public CompletableFuture<UsageSnapshot> usageSnapshot() {
        return put(new PendingCommand(PendingCommand.Kind.SNAPSHOT, null, 0))
                .thenApply(pending -> pending.answer.snapshot());
    }

    /**
     * Look a device up, in the store if there is one, else in the routing state.
     *
     * @param device to look up.
     * @return what is known, empty if it is not registered.
     */
    public Optional<DeviceOwnership> ownershipOf(final EntityId device) {
        if (!intake.isOpen()) {
            throw new CommandRefusedException(Refusal.CLOSED, "device=" + device);
        }
        if (store != null) {
            final OwnershipRecord record = new OwnershipRecord();
            return store.get(OwnershipRecord.Kind.DEVICE, device.high(), device.low(), record)
                    ? Optional.of(DeviceOwnership.of(record))
                    : Optional.empty();
        }
        threads.checkMayWait("ownershipOf");
        final PendingCommand query = new PendingCommand(PendingCommand.Kind.FIND_DEVICE, null, 0);
        query.record.idHigh = device.high();
        query.record.idLow = device.low();
        final CompletableFuture<PendingCommand> answer = put(query);
        threads.invokeUntil(answer::isDone);
        answer.join();
        return query.recordFilled ? Optional.of(DeviceOwnership.of(query.record)) : Optional.empty();
    }

    /** Put a command into the order if there is room right now. */
    boolean offer(final PendingCommand pending) {
        if (!window.tryAcquire()) {
            return false;
        }
        if (order.offer(pending) < 0) {
            window.release();
            return false;
        }
        return true;
    }

    /** The limit that a refusal is about, with a comma behind it; nothing for other refusals. */
    String limitOf(final Refusal refusal) {
        return switch (refusal) {
            case DEVICE_LIMIT -> "maxDevices=" + limits.maxDevices() + ", ";
            case ACCOUNT_LIMIT -> "maxAccounts=" + limits.maxAccounts() + ", ";
            case SUBSCRIPTION_LIMIT -> "subscriptionsPerDevice=" + limits.subscriptionsPerDevice() + ", ";
            case OWNER_DEVICE_LIMIT -> "devicesPerOwner=" + limits.limits().devicesPerOwner() + ", ";
            case PRODUCT_DEVICE_LIMIT -> "devicesPerProduct=" + limits.limits().devicesPerProduct() + ", ";
            case PRODUCT_LIMIT -> "productsPerAccount=" + limits.limits().productsPerAccount() + ", ";
            case SERVICE_LIMIT -> "servicesPerScope=" + limits.limits().servicesPerScope() + ", ";
            case DEVICE_SUBSCRIBE_RATE ->
                "subscribeRatePerDevice=" + limits.limits().subscribeRatePerDevice() + ", ";
            case ACCOUNT_SUBSCRIBE_RATE ->
                "subscribeRatePerAccount=" + limits.limits().subscribeRatePerAccount() + ", ";
            case MATCHING_MEMORY_LIMIT -> "maxMatchingMemory=" + limits.maxMatchingMemory() + ", ";
            default -> "";
        };
    }

    private CompletableFuture<PendingCommand> put(final PendingCommand pending) {
        pending.isAwaited = true;
        final long waitNs = threads.isOwnThread() ? 0 : timeoutNs;
        if (!threads.await(window::tryAcquire, waitNs)) {
            throw noRoom(windowLength + " commands are in flight", waitNs);
        }
        try {
            reserve(pending, waitNs);
            threads.await(() -> order.offer(pending) != PublishResult.BACK_PRESSURED, waitNs);
        } catch (final Throwable problem) {
            giveBack(pending);
            throw problem;
        }
        if (pending.sequence >= 0) {
            return pending.future;
        }
        giveBack(pending);
        if (pending.sequence == PublishResult.CLOSED) {
            throw new CommandRefusedException(
                    Refusal.CLOSED, "command=" + (pending.command == null ? pending.kind : pending.command));
        }
        throw noRoom("the ring is full", waitNs);
    }

    private void giveBack(final PendingCommand pending) {
        if (pending.hasReservation) {
            store.giveBack();
        }
        window.release();
    }

    // Room on the disk for what the command may change: what is in the order can be kept, also on a disk that got full.
    private void reserve(final PendingCommand pending, final long waitNs) {
        if (store == null || !(pending.command instanceof Command.OwnershipChange)) {
            return;
        }
        final JournalRoom.Answer[] answer = {JournalRoom.Answer.LATER};
        threads.await(() -> (answer[0] = store.reserve()) != JournalRoom.Answer.LATER, waitNs);
        switch (answer[0]) {
            case RESERVED:
                pending.hasReservation = true;
                break;
            case FULL:
                counters.add(RouterCounter.COMMANDS_REFUSED_STORAGE_FULL, 1);
                throw refused(Refusal.STORAGE_FULL, pending);
            case UNAVAILABLE:
                counters.add(RouterCounter.COMMANDS_REFUSED_STORAGE_UNAVAILABLE, 1);
                throw refused(Refusal.STORAGE_UNAVAILABLE, pending);
            case LATER:
                throw noRoom("the journal has no room for more commands in flight", waitNs);
        }
    }

    private CommandRefusedException refused(final Refusal refusal, final PendingCommand pending) {
        return new CommandRefusedException(refusal, store.problem() + ", command=" + pending.command);
    }

    private long sequenceOf(final PendingCommand pending) {
        final Refusal refusal = pending.answer.refusal();
        if (refusal != null) {
            throw new CommandRefusedException(refusal, limitOf(refusal) + "command=" + pending.command);
        }
        return pending.sequence;
    }

    private static IllegalStateException noRoom(final String why, final long waitedNs) {
        return new IllegalStateException("no room for a command came up in time: " + why + ", waitedNs=" + waitedNs);
    }
}
