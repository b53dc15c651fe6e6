package io.eventrouter.pipeline;

import io.eventrouter.command.Refusal;
import io.eventrouter.identity.EntityId;
import io.eventrouter.journal.Disk;
import io.eventrouter.journal.SyncPolicy;
import io.eventrouter.memory.ConstructionGuard;
import io.eventrouter.memory.SeededHash;
import io.eventrouter.metering.DirectUsage;
import io.eventrouter.metering.ThresholdBoard;
import io.eventrouter.metering.UsageSink;
import io.eventrouter.ownership.KnownIds;
import io.eventrouter.ownership.OwnershipStore;
import io.eventrouter.routing.RoutingCore;
import io.eventrouter.status.CloseReport;
import io.eventrouter.status.RouterCounters;
import io.eventrouter.usage.DurableUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;
import org.agrona.concurrent.QueuedPipe;

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
    private static final int START_GRACE_MS = 10_000;

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
     * @param nanoClock that measures how long is waited.
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
            NanoClock nanoClock,
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
    private final RouterCounters counters;
    private final KeptData kept;
    private final OwnershipStore store;
    private final DurableUsage usage;
    private final BillingClock billingClock;
    private final AtomicLong lastUsageSequence = new AtomicLong();
    private final RouterThreads threads;
    private final ControlDesk desk;
    private final KeptDataCloser keptCloser;
    private final Shutdown shutdown;
    private volatile CloseReport report;

    private RouterPipeline(
            final Settings settings,
            final RoutingCore.Settings routing,
            final RoutingCore.Handlers handlers,
            final SeededHash hash,
            final RouterCounters counters,
            final KeptData kept,
            final Lane[] lanes) {
        this.settings = settings;
        this.routing = routing;
        this.counters = counters;
        this.kept = kept;
        this.lanes = lanes;
        store = kept.store();
        usage = kept.usage();
        errorHandler = handlers.error();
        // Users, products and organizations are looked for in there, too.
        final KnownIds knownIds = new KnownIds(hash, routing.maxDevices() + routing.maxAccounts());
        final RoutingCore.Shared shared =
                new RoutingCore.Shared(hash, knownIds, counters, new ThresholdBoard(), settings.lanes());
        map = new LaneMap(SeededHash.apartFrom(settings.hashSeed(), "lanes"), settings.lanes());
        for (int i = 0; i < lanes.length; i++) {
            lanes[i] = lane(i, handlers, shared);
        }
        intake = new EventIntake(lanes, map, shared.knownIds(), counters);
        // However fast somebody sends commands, events find three quarters of the ring without any.
        final int maxInFlight = Math.min(MAX_COMMANDS_IN_FLIGHT, settings.ringSlots() / 4);
        final QueuedPipe<PendingCommand> acknowledgements = lanes.length == 1
                ? new OneToOneConcurrentArrayQueue<>(2 * maxInFlight)
                : new ManyToOneConcurrentArrayQueue<>(2 * maxInFlight);
        order = new ControlOrder(intake, lanes, map, new CommandsInFlight(maxInFlight, acknowledgements, store));
        billingClock = new BillingClock(
                settings.epochClock(),
                settings.usageWindowMs(),
                monthStartMs(),
                usage != null,
                counters,
                tick -> order.offer(tick) == Admission.GRANTED);
        final RoutingAgent[] routingAgents = agents(acknowledgements);
        final AcknowledgingAgent acknowledging = new AcknowledgingAgent(
                acknowledgements, store, this::onAcknowledgingEnd, order, settings.epochClock(), billingClock);
        threads = new RouterThreads(
                routingAgents, background(acknowledging), settings.nanoClock(), settings.useInvoker());
        keptCloser = new KeptDataCloser(kept, threads, routingAgents, acknowledging, errorHandler);
        shutdown = new Shutdown(
                order,
                threads,
                routingAgents,
                acknowledging,
                billingClock,
                keptCloser,
                counters,
                map,
                settings.epochClock(),
                errorHandler,
                settings.closeTimeoutNs());
        desk = new ControlDesk(
                intake,
                order,
                threads,
                store,
                billingClock,
                counters,
                routing,
                settings.epochClock(),
                settings.controlTimeoutNs());
    }

    private Lane lane(final int index, final RoutingCore.Handlers handlers, final RoutingCore.Shared shared) {
        final long monthStartMs = monthStartMs();
        final CommandRing ring =
                new CommandRing(settings.ringSlots(), settings.lanes() == 1 ? 0 : settings.ringSlots() / 16);
        final UsageSink sink = usage == null
                ? new DirectUsage(handlers.usage(), handlers.error(), counters, lastUsageSequence)
                : usage.lane(index);
        try (ConstructionGuard guard = new ConstructionGuard()) {
            final RoutingCore core = guard.add(new RoutingCore(routing, handlers, shared, sink, ring.buffer()));
            core.beginBillingMonth(monthStartMs);
            final RingShares shares =
                    new RingShares(ring, shared.hash(), routing.limits().ringSharePerPublisher());
            final LaneIntake laneIntake =
                    new LaneIntake(ring, map, index, settings.epochClock(), shares, core.deviceIndex());
            final Lane lane = new Lane(index, ring, laneIntake, core);
            guard.complete();
            return lane;
        }
    }

    // A clock that was set back does not begin a month again that was counted in.
    private long monthStartMs() {
        final long ofClock = BillingClock.monthStartMs(routing.startMs());
        return usage == null ? ofClock : Math.max(ofClock, usage.latestMonthStartMs());
    }

    private Agent[] background(final Agent acknowledging) {
        final List<Agent> background = new ArrayList<>();
        background.add(acknowledging);
        if (usage != null) {
            background.add(usage.agent());
        }
        // On a single thread it would only wait for the system earlier.
        if (!settings.useInvoker()) {
            background.add(new GrowthAgent(lanes));
        }
        return background.toArray(new Agent[0]);
    }

    private RoutingAgent[] agents(final Queue<PendingCommand> acknowledgements) {
        final RoutingAgent[] agents = new RoutingAgent[lanes.length];
        for (int i = 0; i < lanes.length; i++) {
            agents[i] = new RoutingAgent(
                    lanes[i],
                    map,
                    lanes.length == 1 ? null : order,
                    acknowledgements,
                    errorHandler,
                    store != null,
                    usage != null);
        }
        return agents;
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
        final SeededHash hash = new SeededHash(settings.hashSeed());
        final RouterCounters counters = new RouterCounters();
        final KeptData kept = KeptData.open(settings, routing, handlers, hash, counters);
        // Filled while the pipeline is made, so that what there is of them is given back if that fails half-way.
        final Lane[] lanes = new Lane[settings.lanes()];
        RouterPipeline pipeline = null;
        try {
            pipeline = new RouterPipeline(settings, routing, handlers, hash, counters, kept, lanes);
            pipeline.load();
            pipeline.threads.start(settings.idleStrategy(), handlers.error(), settings.threadFactory());
        } catch (final Throwable problem) {
            if (pipeline != null) {
                pipeline.threads.stop(START_GRACE_MS);
            }
            release(kept, lanes, handlers.error());
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
     * Bytes of off-heap memory that the tables of all lanes hold.
     *
     * @return bytes.
     */
    public long offHeapBytes() {
        long bytes = 0;
        for (final Lane lane : lanes) {
            bytes += lane.core().capacity();
        }
        return bytes;
    }

    /**
     * Bytes of off-heap memory that subscriptions hold in each lane; all have the same.
     *
     * @return bytes.
     */
    public long matchingBytes() {
        return lanes[0].core().matchingCapacity();
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
     * @return false if the time ran out, or the router was closed.
     * @throws IllegalArgumentException if no event can have it.
     */
    public boolean awaitRouted(final long sequence, final long timeoutNs) {
        checkSequence(sequence);
        threads.checkMayWait("awaitRouted");
        final CommandRing ring = lanes[map.lane(sequence)].ring();
        final long laneSequence = map.laneSequence(sequence);
        threads.await(() -> report != null || ring.delivered() >= laneSequence, timeoutNs);
        return ring.delivered() >= laneSequence;
    }

    /**
     * Whether the counts of everything up to a sequence are durable, in its lane.
     *
     * @param sequence that a publish returned.
     * @return true if they are.
     * @throws IllegalArgumentException if no event can have it.
     * @throws IllegalStateException if there is no data directory.
     */
    public boolean isCounted(final long sequence) {
        checkSequence(sequence);
        if (usage == null) {
            throw new IllegalStateException("counts are durable with a data directory only: sequence=" + sequence);
        }
        return usage.lane(map.lane(sequence)).countedSequence() >= map.laneSequence(sequence);
    }

    /**
     * Wait until the counts of everything up to a sequence are durable, in its lane.
     *
     * @param sequence to wait for.
     * @param timeoutNs how long.
     * @return false if the time ran out, or the router was closed.
     */
    public boolean awaitCounted(final long sequence, final long timeoutNs) {
        threads.checkMayWait("awaitCounted");
        threads.await(() -> keptCloser.isReleased() || isCounted(sequence), timeoutNs);
        return isCounted(sequence);
    }

    // Whoever waits for what was refused, and never looked, must not be told that all is well.
    private static void checkSequence(final long sequence) {
        if (sequence < 0) {
            throw new IllegalArgumentException(
                    "sequence must be that of an accepted event, 0 or more: sequence=" + sequence);
        }
    }

    /**
     * Acknowledge usage records and thresholds.
     *
     * @param sequence up to which all are acknowledged.
     */
    public void acknowledgeUsage(final long sequence) {
        if (usage != null) {
            usage.acknowledge(sequence);
        } else if (sequence < 0 || sequence > lastUsageSequence.get()) {
            throw new IllegalArgumentException("usage can be acknowledged when it was handed over: sequence=" + sequence
                    + ", last=" + lastUsageSequence.get());
        }
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
     * Let nothing in, do what is in, stop; what cannot be done in time stays undone. On a router that is closed, try
     * again to keep usage that the disk has not taken.
     *
     * @return what stayed undone.
     */
    public synchronized CloseReport close() {
        threads.checkMayWait("close");
        if (report != null) {
            report = shutdown.keepUsage(report, settings.closeTimeoutNs());
        } else {
            report = shutdown.run();
            if (!report.isComplete()) {
                errorHandler.onError(new IllegalStateException("closed before everything was done: " + report
                        + ", closeTimeoutNs=" + settings.closeTimeoutNs()));
            }
        }
        return report;
    }

    /** Close, and give the data directory back, whether usage could be kept or not. */
    public synchronized void closeForGood() {
        if (report == null) {
            close();
        } else {
            threads.checkMayWait("close");
            report = shutdown.keepUsage(report, 0);
        }
        keptCloser.release();
    }

    private void onAcknowledgingEnd() {
        keptCloser.onAcknowledgingEnd();
    }

    private void load() {
        if (store != null) {
            loadOwnership();
        }
        if (usage != null) {
            usage.resume(lanes[0].core().meter(), monthStartMs());
        }
    }

    private void loadOwnership() {
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

    /** Give back what a router has that is not closed and that nobody runs. */
    void release() {
        release(kept, lanes, errorHandler);
    }

    private static void release(final KeptData kept, final Lane[] lanes, final ErrorHandler errorHandler) {
        kept.close(errorHandler);
        for (int i = 0; i < lanes.length; i++) {
            if (lanes[i] != null) {
                lanes[i].core().close();
            } else if (kept.usage() != null) {
                kept.usage().lane(i).close();
            }
        }
    }
}
