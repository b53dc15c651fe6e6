package io.eventrouter.pipeline;

import io.eventrouter.command.Refusal;
import io.eventrouter.identity.EntityId;
import io.eventrouter.journal.DataDirectory;
import io.eventrouter.journal.Disk;
import io.eventrouter.journal.SyncPolicy;
import io.eventrouter.memory.SeededHash;
import io.eventrouter.metering.ThresholdBoard;
import io.eventrouter.ownership.KnownIds;
import io.eventrouter.ownership.OwnershipStore;
import io.eventrouter.routing.RoutingCore;
import io.eventrouter.status.CloseReport;
import io.eventrouter.status.RouterCounters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Queue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;

/**
 * The stages of a router and the threads between them.
 *
 * <pre>
 *   publishing threads --(intake)--> ring of a lane --> its routing thread --> delivery, usage and refusal handlers
 *   callers of commands --(order)--> all rings             |
 *                                          the last lane   +--> acknowledging thread --> ownership store, futures
 * </pre>
 */
public final class RouterPipeline {
    private static final int MAX_COMMANDS_IN_FLIGHT = 1 << 16;

    /** How long threads that have not had anything to do are waited for. */
    private static final long START_GRACE_NS = TimeUnit.SECONDS.toNanos(10);

    /**
     * What a pipeline is made with.
     *
     * @param lanes a power of two.
     * @param ringSlots of each ring.
     * @param hashSeed of all hashes.
     * @param dataDisk files of the data directory, null for none.
     * @param syncPolicy when what is kept there is forced.
     * @param journalSegmentLength bytes of a segment of a journal there.
     * @param usageWindowMs length of a window in milliseconds.
     * @param epochClock for events, windows and months.
     * @param idleStrategy makes one for each routing thread.
     * @param threadFactory of all threads.
     * @param useInvoker whether to start no thread.
     * @param controlTimeoutNs how long a command waits for room.
     * @param closeTimeoutNs how long closing waits for the rings.
     */
    public record Settings(
            int lanes,
            int ringSlots,
            long hashSeed,
            Disk dataDisk,
            SyncPolicy syncPolicy,
            int journalSegmentLength,
            long usageWindowMs,
            EpochClock epochClock,
            Supplier<? extends IdleStrategy> idleStrategy,
            ThreadFactory threadFactory,
            boolean useInvoker,
            long controlTimeoutNs,
            long closeTimeoutNs) {}

    private final Settings settings;
    private final RoutingCore.Settings routing;
    private final ErrorHandler errorHandler;
    private final LaneMap map;
    private final Lane[] lanes;
    private final EventIntake intake;
    private final ControlOrder order;
    private final RouterCounters counters = new RouterCounters();
    private final DataDirectory directory;
    private final OwnershipStore store;
    private final RouterThreads threads;
    private final ControlDesk desk;
    private final Shutdown shutdown;
    private CloseReport report;

    private RouterPipeline(
            final Settings settings, final RoutingCore.Settings routing, final RoutingCore.Handlers handlers) {
        this.settings = settings;
        this.routing = routing;
        errorHandler = handlers.error();
        directory = settings.dataDisk() == null ? null : openDirectory();
        store = directory == null ? null : openStore();
        final SeededHash hash = new SeededHash(settings.hashSeed());
        final RoutingCore.Shared shared = new RoutingCore.Shared(
                hash, new KnownIds(hash, routing.maxDevices()), counters, new ThresholdBoard(), settings.lanes());
        map = new LaneMap(hash, settings.lanes());
        lanes = new Lane[settings.lanes()];
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = lane(i, handlers, shared);
        }
        intake = new EventIntake(lanes, map, shared.knownIds(), counters);
        final Semaphore window = new Semaphore(MAX_COMMANDS_IN_FLIGHT);
        order = new ControlOrder(intake, lanes, map, window);
        final Queue<PendingCommand> acknowledgements = lanes.length == 1
                ? new OneToOneConcurrentArrayQueue<>(2 * MAX_COMMANDS_IN_FLIGHT)
                : new ManyToOneConcurrentArrayQueue<>(2 * MAX_COMMANDS_IN_FLIGHT);
        final RoutingAgent[] routingAgents = agents(acknowledgements);
        final AcknowledgingAgent acknowledging = new AcknowledgingAgent(
                acknowledgements,
                store,
                this::closeStore,
                window,
                order,
                settings.epochClock(),
                new BillingClock(settings.epochClock(), settings.usageWindowMs(), this::offerTick));
        // Whoever runs everything on one thread waits for the system in any case.
        final Agent[] background = settings.useInvoker()
                ? new Agent[] {acknowledging}
                : new Agent[] {acknowledging, new GrowthAgent(lanes)};
        threads = new RouterThreads(routingAgents, background, settings.useInvoker());
        shutdown = new Shutdown(
                order,
                threads,
                routingAgents,
                acknowledging,
                this::closeStore,
                counters,
                map,
                new PendingCommand(
                        PendingCommand.Kind.CLOSE, null, settings.epochClock().time()),
                settings.closeTimeoutNs());
        desk = new ControlDesk(
                intake,
                order,
                threads,
                store,
                window,
                counters,
                routing,
                settings.epochClock(),
                settings.controlTimeoutNs());
    }

    private DataDirectory openDirectory() {
        try {
            return DataDirectory.open(settings.dataDisk());
        } catch (final IOException problem) {
            throw unusable(problem);
        }
    }

    private OwnershipStore openStore() {
        OwnershipStore opened = null;
        try {
            opened = new OwnershipStore(
                    directory,
                    new OwnershipStore.Settings(
                            settings.syncPolicy(),
                            settings.journalSegmentLength(),
                            routing.maxDevices(),
                            routing.maxAccounts()),
                    counters,
                    errorHandler,
                    settings.epochClock().time());
            return opened;
        } catch (final IOException problem) {
            throw unusable(problem);
        } finally {
            if (opened == null) {
                closeDirectory();
            }
        }
    }

    private void closeDirectory() {
        try {
            directory.close();
        } catch (final IOException problem) {
            errorHandler.onError(problem);
        }
    }

    private UncheckedIOException unusable(final IOException problem) {
        return new UncheckedIOException(
                "data directory cannot be used: directory="
                        + settings.dataDisk().path("") + ": " + problem.getMessage(),
                problem);
    }

    private Lane lane(final int index, final RoutingCore.Handlers handlers, final RoutingCore.Shared shared) {
        final CommandRing ring =
                new CommandRing(settings.ringSlots(), settings.lanes() == 1 ? 0 : settings.ringSlots() / 16);
        final RoutingCore core = new RoutingCore(routing, handlers, shared, ring.buffer());
        core.beginBillingMonth(BillingClock.monthStartMs(routing.startMs()));
        return new Lane(index, ring, new LaneIntake(ring, map, index, settings.epochClock()), core);
    }

    private RoutingAgent[] agents(final Queue<PendingCommand> acknowledgements) {
        final RoutingAgent[] agents = new RoutingAgent[lanes.length];
        for (int i = 0; i < lanes.length; i++) {
            agents[i] = new RoutingAgent(
                    lanes[i], map, lanes.length == 1 ? null : order, acknowledgements, errorHandler, store != null);
        }
        return agents;
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
            pipeline.threads.stop(START_GRACE_NS);
            pipeline.release();
            throw problem;
        }
        return pipeline;
    }

    public EventIntake intake() {
        return intake;
    }

    Lane lane(final int index) {
        return lanes[index];
    }

    /**
     * Slots that are free in the fullest ring.
     *
     * @return the number.
     */
    public long remainingSlots() {
        long remaining = Long.MAX_VALUE;
        for (final Lane lane : lanes) {
            remaining = Math.min(remaining, lane.ring().remainingSlots());
        }
        return remaining;
    }

    /**
     * Slots of each ring.
     *
     * @return the number.
     */
    public int ringSlots() {
        return lanes[0].ring().capacity();
    }

    public RouterCounters counters() {
        return counters;
    }

    public ControlDesk desk() {
        return desk;
    }

    /**
     * Wait until everything up to a sequence has been routed, in its lane.
     *
     * @param sequence to wait for.
     * @param timeoutNs how long.
     * @return false if the time ran out.
     */
    public boolean awaitRouted(final long sequence, final long timeoutNs) {
        threads.checkMayWait("awaitRouted");
        final CommandRing ring = lanes[map.lane(sequence)].ring();
        return threads.await(() -> ring.delivered() >= map.laneSequence(sequence), timeoutNs);
    }

    /**
     * Run one round of work on the calling thread.
     *
     * @return 0 if there was nothing to do.
     */
    public int invoke() {
        return threads.invoke();
    }

    /**
     * Let nothing in, do what is in, stop; what cannot be done in time stays undone.
     *
     * @return what stayed undone; the same for every call.
     */
    public synchronized CloseReport close() {
        threads.checkMayWait("close");
        if (report == null) {
            report = shutdown.run();
            if (!report.isComplete()) {
                errorHandler.onError(new IllegalStateException("closed before everything was done: " + report
                        + ", closeTimeoutNs=" + settings.closeTimeoutNs()));
            }
        }
        return report;
    }

    private void load() {
        if (store == null) {
            return;
        }
        store.forEach(record -> {
            for (final Lane lane : lanes) {
                final Refusal refusal = lane.core().restore(record);
                if (refusal != null) {
                    throw new IllegalStateException(
                            "data directory cannot be loaded: " + refusal.sentence() + ": " + desk.limitOf(refusal)
                                    + "kind=" + record.kind + ", id=" + EntityId.toText(record.idHigh, record.idLow));
                }
            }
        });
    }

    private void closeStore() {
        if (store != null) {
            store.close();
            closeDirectory();
        }
    }

    private void release() {
        closeStore();
        for (final Lane lane : lanes) {
            lane.core().close();
        }
    }
}
