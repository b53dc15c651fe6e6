package io.eventrouter.pipeline;

import io.eventrouter.command.Command;
import io.eventrouter.command.CommandRefusedException;
import io.eventrouter.command.Refusal;
import io.eventrouter.identity.EntityId;
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
import java.util.function.Function;
import java.util.function.Predicate;
import org.agrona.concurrent.EpochClock;

/**
 * The control path: puts commands and questions into the order, waits for room, and turns answers into results and
 * exceptions.
 *
 * <p>A caller's stack may end anywhere here. What can fail for the caller alone comes before its command has a place,
 * and what is called is linked when a desk is made: a JVM that fails to link a call site may never try again.
 *
 * <p><b>Threading:</b> any thread; on the router's own threads nothing waits.
 */
public final class ControlDesk {
    private final EventIntake intake;
    private final ControlOrder order;
    private final RouterThreads threads;
    private final OwnershipStore store;
    private final BillingClock billingClock;
    private final RouterCounters counters;
    private final RoutingCore.Settings limits;
    private final EpochClock clock;
    private final long timeoutNs;
    private final Predicate<PendingCommand> isDecided = this::isDecided;
    private final Function<PendingCommand, Long> sequenceOf = this::sequenceOf;
    private final Function<PendingCommand, UsageSnapshot> snapshotOf = pending -> pending.answer.snapshot();

    ControlDesk(
            final EventIntake intake,
            final ControlOrder order,
            final RouterThreads threads,
            final OwnershipStore store,
            final BillingClock billingClock,
            final RouterCounters counters,
            final RoutingCore.Settings limits,
            final EpochClock clock,
            final long timeoutNs) {
        this.intake = intake;
        this.order = order;
        this.threads = threads;
        this.store = store;
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
        return put(new PendingCommand(PendingCommand.Kind.APPLY, command, clock.time()), sequenceOf);
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
        threads.invokeUntilDone(acknowledgement);
        return join(acknowledgement);
    }

    // Whoever waits is told the refusal itself.
    private static <T> T join(final CompletableFuture<T> answer) {
        try {
            return answer.join();
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
        return put(new PendingCommand(PendingCommand.Kind.CLOSE_USAGE_WINDOW, null, clock.time()), sequenceOf);
    }

    /**
     * Take totals.
     *
     * @return completed with the totals.
     */
    public CompletableFuture<UsageSnapshot> usageSnapshot() {
        return put(new PendingCommand(PendingCommand.Kind.SNAPSHOT, null, 0), snapshotOf);
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
        put(query);
        threads.invokeUntilDone(query.future);
        join(query.future);
        return query.recordFilled ? Optional.of(DeviceOwnership.of(query.record)) : Optional.empty();
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

    // The result follows on the acknowledging thread, as it is asked for before there can be an answer.
    private <T> CompletableFuture<T> put(final PendingCommand pending, final Function<PendingCommand, T> resultOf) {
        final CompletableFuture<T> result = pending.future.thenApply(resultOf);
        put(pending);
        return result;
    }

    private void put(final PendingCommand pending) {
        pending.isAwaited = true;
        final long waitNs = threads.isOwnThread() ? 0 : timeoutNs;
        threads.await(isDecided, pending, waitNs);
        if (pending.admission != Admission.GRANTED) {
            throw refused(pending, waitNs);
        }
    }

    private boolean isDecided(final PendingCommand pending) {
        pending.admission = order.offer(pending);
        return pending.admission.isFinal();
    }

    // Messages are put together by plain calls: those of the language are linked when the first one is needed.
    private RuntimeException refused(final PendingCommand pending, final long waitedNs) {
        final Refusal refusal = pending.admission.refusal;
        if (refusal == null) {
            return new IllegalStateException(String.join(
                    "",
                    "no room for a command came up in time: ",
                    pending.admission.obstacle,
                    ", maxCommandsInFlight=",
                    Integer.toString(order.maxInFlight()),
                    ", waitedNs=",
                    Long.toString(waitedNs)));
        }
        final String what = "command=".concat(String.valueOf(pending.command == null ? pending.kind : pending.command));
        if (refusal == Refusal.CLOSED) {
            return new CommandRefusedException(refusal, what);
        }
        counters.add(
                refusal == Refusal.STORAGE_FULL
                        ? RouterCounter.COMMANDS_REFUSED_STORAGE_FULL
                        : RouterCounter.COMMANDS_REFUSED_STORAGE_UNAVAILABLE,
                1);
        return new CommandRefusedException(refusal, String.join(", ", store.problem(), what));
    }

    private long sequenceOf(final PendingCommand pending) {
        final Refusal refusal = pending.answer.refusal();
        if (refusal != null) {
            throw new CommandRefusedException(refusal, limitOf(refusal) + "command=" + pending.command);
        }
        return pending.sequence;
    }
}
