package io.eventrouter.pipeline;

import io.eventrouter.command.Command;
import io.eventrouter.command.CommandRefusedException;
import io.eventrouter.command.Refusal;
import io.eventrouter.event.PublishResult;
import io.eventrouter.identity.EntityId;
import io.eventrouter.memory.SeededHash;
import io.eventrouter.metering.UsageSnapshot;
import io.eventrouter.ownership.ChronicleOwnershipStore;
import io.eventrouter.ownership.DeviceOwnership;
import io.eventrouter.ownership.KnownIds;
import io.eventrouter.ownership.OwnershipRecord;
import io.eventrouter.ownership.OwnershipStore;
import io.eventrouter.routing.RoutingCore;
import io.eventrouter.status.RouterCounters;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;

/**
 * The stages of a router and the threads between them.
 *
 * <pre>
 *   publishing threads --(intake)--> ring --> routing thread --> delivery, usage and refusal handlers
 *   callers of commands --(intake)-->            |
 *                                                +--> acknowledging thread --> ownership store, futures
 * </pre>
 */
public final class RouterPipeline {
    private static final int MAX_COMMANDS_IN_FLIGHT = 1 << 16;
    private static final long MAX_IDLE_PARK_NS = TimeUnit.MICROSECONDS.toNanos(200);
    private static final long PARK_NS = TimeUnit.MICROSECONDS.toNanos(20);

    /**
     * What a pipeline is made with.
     *
     * @param ringSlots of the ring.
     * @param hashSeed of all hashes.
     * @param ownershipDirectory of the store, null for none.
     * @param usageWindowMs length of a window in milliseconds.
     * @param epochClock for events, windows and months.
     * @param idleStrategy of the routing thread.
     * @param threadFactory of both threads.
     * @param useInvoker whether to start no thread.
     * @param controlTimeoutNs how long a command waits for room.
     * @param closeTimeoutNs how long closing waits for the ring.
     */
    public record Settings(
            int ringSlots,
            long hashSeed,
            Path ownershipDirectory,
            long usageWindowMs,
            EpochClock epochClock,
            IdleStrategy idleStrategy,
            ThreadFactory threadFactory,
            boolean useInvoker,
            long controlTimeoutNs,
            long closeTimeoutNs) {}

    private final Settings settings;
    private final RoutingCore.Settings routing;
    private final ErrorHandler errorHandler;
    private final CommandRing ring;
    private final EventIntake intake;
    private final RouterCounters counters;
    private final RoutingCore core;
    private final OwnershipStore store;
    private final Semaphore window = new Semaphore(MAX_COMMANDS_IN_FLIGHT);
    private final RoutingAgent routingAgent;
    private final AcknowledgingAgent acknowledgingAgent;
    private final PendingCommand closeCommand;
    private final AtomicReference<Thread> invoking = new AtomicReference<>();
    private boolean closeOffered;
    private volatile boolean released;
    private AgentRunner routingRunner;
    private AgentRunner acknowledgingRunner;

    private RouterPipeline(
            final Settings settings, final RoutingCore.Settings routing, final RoutingCore.Handlers handlers) {
        this.settings = settings;
        this.routing = routing;
        errorHandler = handlers.error();
        final SeededHash hash = new SeededHash(settings.hashSeed());
        final KnownIds knownIds = new KnownIds(hash, routing.maxDevices());
        counters = new RouterCounters();
        ring = new CommandRing(settings.ringSlots());
        core = new RoutingCore(routing, handlers, ring.buffer(), hash, knownIds, counters);
        closeCommand = new PendingCommand(
                PendingCommand.Kind.CLOSE, null, settings.epochClock().time());
        core.beginBillingMonth(BillingClock.monthStartMs(routing.startMs()));
        store = settings.ownershipDirectory() == null
                ? null
                : new ChronicleOwnershipStore(
                        settings.ownershipDirectory(), routing.maxDevices(), routing.maxAccounts());
        intake = new EventIntake(ring, knownIds, counters, settings.epochClock());
        final OneToOneConcurrentArrayQueue<PendingCommand> acknowledgements =
                new OneToOneConcurrentArrayQueue<>(2 * MAX_COMMANDS_IN_FLIGHT);
        routingAgent = new RoutingAgent(ring, core, acknowledgements, errorHandler, store != null);
        acknowledgingAgent = new AcknowledgingAgent(
                acknowledgements,
                store,
                window,
                new BillingClock(settings.epochClock(), settings.usageWindowMs(), this::offerWithoutWaiting));
    }

    /**
     * Start a pipeline.
     *
     * @param settings of the pipeline.
     * @param routing settings of its core.
     * @param handlers that it tells.
     * @return a running pipeline.
     */
    public static RouterPipeline start(
            final Settings settings, final RoutingCore.Settings routing, final RoutingCore.Handlers handlers) {
        final RouterPipeline pipeline = new RouterPipeline(settings, routing, handlers);
        try {
            pipeline.load();
            if (!settings.useInvoker()) {
                pipeline.startThreads();
            }
        } catch (final Throwable problem) {
            pipeline.stopThreads();
            pipeline.release();
            throw problem;
        }
        return pipeline;
    }

    public EventIntake intake() {
        return intake;
    }

    public CommandRing ring() {
        return ring;
    }

    public RouterCounters counters() {
        return counters;
    }

    /**
     * Put a command into the order, waiting for room.
     *
     * @param command to carry out.
     * @return completed with its sequence.
     */
    public CompletableFuture<Long> submit(final Command command) {
        Objects.requireNonNull(command, "command");
        return put(new PendingCommand(PendingCommand.Kind.APPLY, command, 0)).thenApply(this::sequenceOf);
    }

    /**
     * Close the window of usage records now.
     *
     * @return completed with the sequence when all its records are emitted.
     */
    public CompletableFuture<Long> closeUsageWindow() {
        final long nowMs = settings.epochClock().time();
        return put(new PendingCommand(PendingCommand.Kind.CLOSE_USAGE_WINDOW, null, nowMs))
                .thenApply(this::sequenceOf);
    }

    /**
     * Take totals.
     *
     * @return completed with the totals.
     */
    public CompletableFuture<UsageSnapshot> usageSnapshot() {
        return put(new PendingCommand(PendingCommand.Kind.SNAPSHOT, null, 0)).thenApply(pending -> pending.snapshot);
    }

    /**
     * Look a device up, in the store if there is one, else in the routing state.
     *
     * @param device to look up.
     * @return what is known, empty if it is not registered.
     */
    public Optional<DeviceOwnership> ownershipOf(final EntityId device) {
        final OwnershipRecord record;
        final boolean found;
        checkMayWait("ownershipOf");
        if (!intake.isOpen()) {
            throw new CommandRefusedException(Refusal.CLOSED, "device=" + device);
        }
        if (store != null) {
            record = new OwnershipRecord();
            found = store.get(OwnershipRecord.Kind.DEVICE, device.high(), device.low(), record);
        } else {
            final PendingCommand query = new PendingCommand(PendingCommand.Kind.FIND_DEVICE, null, 0);
            query.record.idHigh = device.high();
            query.record.idLow = device.low();
            final CompletableFuture<PendingCommand> answer = put(query);
            invokeUntil(answer::isDone);
            record = answer.join().record;
            found = query.recordFilled;
        }
        return found ? Optional.of(DeviceOwnership.of(record)) : Optional.empty();
    }

    /**
     * Wait until everything up to a sequence has been routed.
     *
     * @param sequence to wait for.
     * @param timeoutNs how long.
     * @return false if the time ran out.
     */
    public boolean awaitRouted(final long sequence, final long timeoutNs) {
        checkMayWait("awaitRouted");
        return await(() -> ring.consumed() >= sequence, timeoutNs);
    }

    /**
     * Run one round of work on the calling thread.
     *
     * @return 0 if there was nothing to do.
     */
    public int invoke() {
        if (!settings.useInvoker()) {
            throw new IllegalStateException("the router runs on threads of its own: useInvoker=false");
        }
        return runRound();
    }

    /**
     * Put a command into the order and wait until it holds.
     *
     * @param command to carry out.
     * @return its sequence.
     */
    public long execute(final Command command) {
        checkMayWait("execute");
        final CompletableFuture<Long> acknowledgement = submit(command);
        invokeUntil(acknowledgement::isDone);
        try {
            return acknowledgement.join();
        } catch (final CompletionException problem) {
            if (problem.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw problem;
        }
    }

    // A router without threads of its own is run by whoever waits for it.
    private void invokeUntil(final BooleanSupplier condition) {
        while (settings.useInvoker() && !condition.getAsBoolean()) {
            runRound();
        }
    }

    /** Let nothing in, route what is in, stop; what a call cannot finish in its time, the next one goes on with. */
    public synchronized void close() {
        checkMayWait("close");
        if (released) {
            return;
        }
        final long startNs = System.nanoTime();
        final boolean drained = await(this::offerClose, settings.closeTimeoutNs())
                && await(closeCommand.future::isDone, settings.closeTimeoutNs() - (System.nanoTime() - startNs));
        if (drained) {
            stopThreads();
            release();
        } else {
            // The routing thread may still be inside a handler: what it uses must stay.
            errorHandler.onError(new IllegalStateException("closed before everything was routed: slots="
                    + (ring.taken() - ring.consumed()) + ", closeTimeoutNs=" + settings.closeTimeoutNs()));
        }
    }

    private boolean offerClose() {
        if (!closeOffered) {
            closeOffered = intake.close(closeCommand);
        }
        return closeOffered;
    }

    private void load() {
        if (store == null) {
            return;
        }
        store.forEach(record -> {
            final Refusal refusal = core.restore(record);
            if (refusal != null) {
                throw new IllegalStateException(
                        "ownership directory cannot be loaded: " + refusal.sentence() + ": " + limitOf(refusal)
                                + "kind=" + record.kind + ", id=" + EntityId.toText(record.idHigh, record.idLow));
            }
        });
    }

    private void startThreads() {
        routingRunner = new AgentRunner(settings.idleStrategy(), errorHandler, null, routingAgent);
        acknowledgingRunner = new AgentRunner(
                new BackoffIdleStrategy(1, 1, 1_000, MAX_IDLE_PARK_NS), errorHandler, null, acknowledgingAgent);
        start(routingRunner, routingAgent);
        start(acknowledgingRunner, acknowledgingAgent);
    }

    private void start(final AgentRunner runner, final Agent agent) {
        final Thread thread = AgentRunner.startOnThread(runner, settings.threadFactory());
        thread.setName(agent.roleName());
    }

    private void stopThreads() {
        for (final AgentRunner runner : new AgentRunner[] {routingRunner, acknowledgingRunner}) {
            if (runner != null && runner.thread() != null) {
                runner.close();
            }
        }
    }

    private void release() {
        if (store != null) {
            store.close();
        }
        core.close();
        released = true;
    }

    private CompletableFuture<PendingCommand> put(final PendingCommand pending) {
        final long timeoutNs = isOwnThread() ? 0 : settings.controlTimeoutNs();
        if (!await(window::tryAcquire, timeoutNs)) {
            throw noRoom("commands in flight", MAX_COMMANDS_IN_FLIGHT);
        }
        await(() -> intake.offer(pending) != PublishResult.BACK_PRESSURED, timeoutNs);
        if (pending.sequence >= 0) {
            return pending.future;
        }
        window.release();
        if (pending.sequence == PublishResult.CLOSED) {
            throw new CommandRefusedException(
                    Refusal.CLOSED, "command=" + (pending.command == null ? pending.kind : pending.command));
        }
        throw noRoom("slots of the ring", ring.capacity());
    }

    private boolean offerWithoutWaiting(final PendingCommand pending) {
        if (!window.tryAcquire()) {
            return false;
        }
        if (intake.offer(pending) < 0) {
            window.release();
            return false;
        }
        return true;
    }

    private long sequenceOf(final PendingCommand pending) {
        if (pending.refusal != null) {
            throw new CommandRefusedException(pending.refusal, limitOf(pending.refusal) + "command=" + pending.command);
        }
        return pending.sequence;
    }

    private String limitOf(final Refusal refusal) {
        return switch (refusal) {
            case DEVICE_LIMIT -> "maxDevices=" + routing.maxDevices() + ", ";
            case ACCOUNT_LIMIT -> "maxAccounts=" + routing.maxAccounts() + ", ";
            case SUBSCRIPTION_LIMIT -> "subscriptionsPerDevice=" + routing.subscriptionsPerDevice() + ", ";
            default -> "";
        };
    }

    private IllegalStateException noRoom(final String what, final int limit) {
        return new IllegalStateException("no room came up in time: all " + limit + " " + what
                + " are taken, controlTimeoutNs=" + settings.controlTimeoutNs());
    }

    // One thread at a time; others find that there is nothing for them to do.
    private int runRound() {
        if (!invoking.compareAndSet(null, Thread.currentThread())) {
            Thread.yield();
            return 0;
        }
        try {
            return released ? 0 : routingAgent.doWork() + acknowledgingAgent.doWork();
        } finally {
            invoking.set(null);
        }
    }

    private boolean isOwnThread() {
        final Thread current = Thread.currentThread();
        return current == invoking.get() || runs(routingRunner, current) || runs(acknowledgingRunner, current);
    }

    private static boolean runs(final AgentRunner runner, final Thread thread) {
        return runner != null && runner.thread() == thread;
    }

    private void checkMayWait(final String method) {
        if (isOwnThread()) {
            throw new IllegalStateException(method + " would wait for the very thread that it is called on: thread="
                    + Thread.currentThread().getName());
        }
    }

    private boolean await(final BooleanSupplier condition, final long timeoutNs) {
        final long startNs = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (timeoutNs <= 0 || System.nanoTime() - startNs > timeoutNs) {
                return false;
            }
            if (settings.useInvoker()) {
                runRound();
            } else {
                LockSupport.parkNanos(PARK_NS);
            }
        }
        return true;
    }
}
