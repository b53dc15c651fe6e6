package io.eventrouter.pipeline;

import io.eventrouter.command.Refusal;
import io.eventrouter.identity.EntityId;
import io.eventrouter.memory.SeededHash;
import io.eventrouter.ownership.ChronicleOwnershipStore;
import io.eventrouter.ownership.KnownIds;
import io.eventrouter.ownership.OwnershipStore;
import io.eventrouter.routing.RoutingCore;
import io.eventrouter.status.RouterCounters;
import java.nio.file.Path;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import org.agrona.ErrorHandler;
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
    private final RouterThreads threads;
    private final ControlDesk desk;
    private final PendingCommand closeCommand;
    private boolean closeOffered;
    private boolean released;

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
        final Semaphore window = new Semaphore(MAX_COMMANDS_IN_FLIGHT);
        threads = new RouterThreads(
                new RoutingAgent(ring, core, acknowledgements, errorHandler, store != null),
                new AcknowledgingAgent(
                        acknowledgements,
                        store,
                        window,
                        new BillingClock(settings.epochClock(), settings.usageWindowMs(), this::offerTick)),
                settings.useInvoker());
        desk = new ControlDesk(
                intake, threads, store, window, routing, settings.epochClock(), settings.controlTimeoutNs());
    }

    private boolean offerTick(final PendingCommand tick) {
        return desk.offer(tick);
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
            pipeline.threads.start(settings.idleStrategy(), handlers.error(), settings.threadFactory());
        } catch (final Throwable problem) {
            pipeline.threads.stop();
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

    public ControlDesk desk() {
        return desk;
    }

    /**
     * Wait until everything up to a sequence has been routed.
     *
     * @param sequence to wait for.
     * @param timeoutNs how long.
     * @return false if the time ran out.
     */
    public boolean awaitRouted(final long sequence, final long timeoutNs) {
        threads.checkMayWait("awaitRouted");
        return threads.await(() -> ring.consumed() >= sequence, timeoutNs);
    }

    /**
     * Run one round of work on the calling thread.
     *
     * @return 0 if there was nothing to do.
     */
    public int invoke() {
        return threads.invoke();
    }

    /** Let nothing in, route what is in, stop; what a call cannot finish in its time, the next one goes on with. */
    public synchronized void close() {
        threads.checkMayWait("close");
        if (released) {
            return;
        }
        final long startNs = System.nanoTime();
        final boolean drained = threads.await(this::offerClose, settings.closeTimeoutNs())
                && threads.await(
                        closeCommand.future::isDone, settings.closeTimeoutNs() - (System.nanoTime() - startNs));
        if (drained) {
            threads.stop();
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
                        "ownership directory cannot be loaded: " + refusal.sentence() + ": " + desk.limitOf(refusal)
                                + "kind=" + record.kind + ", id=" + EntityId.toText(record.idHigh, record.idLow));
            }
        });
    }

    private void release() {
        if (store != null) {
            store.close();
        }
        core.close();
        released = true;
    }
}
