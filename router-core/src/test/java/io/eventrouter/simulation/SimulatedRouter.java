package io.eventrouter.simulation;

import io.eventrouter.EventRouter;
import io.eventrouter.RouterContext;
import io.eventrouter.command.Command;
import io.eventrouter.command.CommandRefusedException;
import io.eventrouter.command.Refusal;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.delivery.Delivery;
import io.eventrouter.event.EventDraft;
import io.eventrouter.event.EventOrigin;
import io.eventrouter.event.RoutedEvent;
import io.eventrouter.identity.EntityId;
import io.eventrouter.journal.Disk;
import io.eventrouter.journal.SyncPolicy;
import io.eventrouter.metering.UsageGranularity;
import io.eventrouter.metering.UsageHandler;
import io.eventrouter.metering.UsageRecord;
import io.eventrouter.metering.UsageSnapshot;
import io.eventrouter.metering.UsageThreshold;
import io.eventrouter.oracle.Drafts;
import io.eventrouter.oracle.Handed;
import io.eventrouter.oracle.KeptState;
import io.eventrouter.oracle.Operations;
import io.eventrouter.oracle.Outcome;
import io.eventrouter.oracle.PublishCodes;
import io.eventrouter.oracle.Step;
import io.eventrouter.oracle.Usage;
import io.eventrouter.pipeline.AbandonedRouter;
import io.eventrouter.pipeline.ClosedWindow;
import io.eventrouter.pipeline.Cores;
import io.eventrouter.status.RouterCounter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The real router in a simulation. Whoever simulates is its only thread, its clock and its embedder, and starts it
 * again when it has ended.
 *
 * <p>What is offered keeps its order, also what handlers offer in the middle of a delivery: that is the order of the
 * ring, and the oracle follows it.
 */
class SimulatedRouter implements AutoCloseable {
    private static final int MAX_ROUNDS = 100_000;
    private static final int MAX_TRIES = 100;
    private static final int RESERVE_FOR_COMMANDS = 16;
    private static final int HANDLE_SPREAD = 0x9E3779B1;
    /** By the time of the real world: how long a command waits for room that a disk that fails does not make. */
    private static final long CONTROL_TIMEOUT_MS = 300;

    private final Machine machine;
    private final Drafts drafts = new Drafts();
    private final Handlers handlers;
    private final Map<Long, Offer> offersById = new HashMap<>();
    private final Map<String, Long> lastDelivered = new HashMap<>();
    private final UsageConsumer consumer = new UsageConsumer(this::complain);
    private SimulationSettings settings;
    private EventRouter router;
    private List<Offer> offers = new ArrayList<>();
    private List<Handed> deliveries = new ArrayList<>();
    private List<String> problems = new ArrayList<>();
    private List<String> tolerated = new ArrayList<>();
    private Map<RouterCounter, Long> counted;
    private long faultsHeard;
    private long nextCorrelationId = 1;
    private boolean handling;

    /** A router that is not started. */
    SimulatedRouter(final Machine machine) {
        this.machine = machine;
        handlers = new Handlers(this::offer);
    }

    /** Start, with what is on the disk. */
    void start(final SimulationSettings newSettings) {
        settings = newSettings;
        consumer.beginLife(settings.keeps());
        lastDelivered.clear();
        router = null;
        router = EventRouter.launch(context());
        counted = counters();
    }

    private RouterContext context() {
        final Disk disk = machine.startProcess();
        final RouterContext context = new RouterContext()
                .sliceLength(settings.sliceLength())
                .useInvoker(true)
                .pendingFanOutsPerAccount(settings.pendingFanOutsPerAccount())
                .lanes(settings.lanes())
                .era(settings.era())
                .productScope(settings.productScope())
                .subscriptionsPerDevice(settings.subscriptionsPerDevice())
                .maxDevices(settings.maxDevices())
                .maxAccounts(settings.maxAccounts())
                .ringSlots(settings.ringSlots())
                .hashSeed(settings.seed() + nextCorrelationId)
                .epochClock(machine::nowMs)
                .controlTimeout(CONTROL_TIMEOUT_MS, TimeUnit.MILLISECONDS)
                .usageWindow(settings.usageWindowMs(), TimeUnit.MILLISECONDS)
                .usageGranularity(UsageGranularity.DEVICE)
                .usageHandler(consumerOf(machine.process()))
                .deliveryHandler(this::onDelivery)
                .refusalHandler(this::onRefused)
                .errorHandler(this::onError);
        return settings.keeps()
                ? context.dataDisk(disk)
                        .syncPolicy(new SyncPolicy(settings.sync(), settings.syncIntervalMs()))
                        .journalSegmentLength(settings.segmentLength())
                : context;
    }

    boolean isClosedWindowOnItsWay() {
        return ClosedWindow.isOnItsWay(router);
    }

    /** The process has ended: nobody closes the router. */
    void abandon() {
        if (router != null) {
            AbandonedRouter.release(router);
            router = null;
        }
        handling = false;
    }

    Handlers handlers() {
        return handlers;
    }

    /** Offer something, and do not run the router for it. */
    final void offer(final Step step) {
        final Offer offer = new Offer(step, nextCorrelationId++, machine.nowMs(), handling);
        offersById.put(offer.correlationId, offer);
        offer.isFanOutPending = isFanOutPending();
        final long room = roomForEvents();
        // A command may wait for room, and handlers may offer meanwhile: those are before it.
        if (step instanceof Step.Apply apply) {
            submit(apply, offer);
        } else {
            offer.result = publish(step, offer.correlationId);
        }
        offers.add(offer);
        if (offer.isLeftOut() && !offer.isCommand() && room > Steps.slotsAtMost(step)) {
            complain("refused for a full ring that had room: free=" + room + ", needed<" + Steps.slotsAtMost(step));
        }
    }

    private void submit(final Step.Apply apply, final Offer offer) {
        try {
            final SimulatedProcess process = machine.process();
            submitWhenThereIsRoom(apply.command()).whenComplete((sequence, problem) -> {
                if (!process.hasEnded()) {
                    offer.answer(problem);
                }
            });
        } catch (final CommandRefusedException refused) {
            if (refused.refusal() != Refusal.STORAGE_FULL && refused.refusal() != Refusal.STORAGE_UNAVAILABLE) {
                throw refused;
            }
            offer.refuseForStorage(refused);
        }
    }

    // Time for a command is that of the real world, in which this thread may be stopped: a disk that works makes room.
    private CompletableFuture<Long> submitWhenThereIsRoom(final Command command) {
        for (int tries = 1; !handling && machine.fault() == DiskFault.NONE && tries < MAX_TRIES; tries++) {
            try {
                return router.submit(command);
            } catch (final IllegalStateException noRoom) {
                // Again.
            }
        }
        return router.submit(command);
    }

    private long publish(final Step step, final long correlationId) {
        if (step instanceof Step.Publish publish) {
            return router.publish(withHandle(drafts.of(publish.event(), correlationId)));
        }
        if (step instanceof Step.HookResponse response) {
            return router.publishHookResponse(response.topics(), response.error(), drafts.of(response, correlationId));
        }
        final Step.Report report = (Step.Report) step;
        return router.reportAttempts(
                report.device().high(), report.device().low(), report.operationsPerAttempt(), report.outcome());
    }

    // Some connections have kept the handle of their device, and some what they take for it: whose event it is does not
    // depend on that.
    private EventDraft withHandle(final EventDraft draft) {
        if (draft.origin() != EventOrigin.DEVICE) {
            return draft;
        }
        final long correlationId = draft.correlationId();
        final int handle = switch ((int) (correlationId % 4)) {
            case 0 -> 0;
            case 1 -> router.deviceHandle(EntityId.of(draft.idHigh(), draft.idLow()));
            case 2 -> (int) (correlationId >>> 2) % settings.maxDevices() + 1;
            default -> (int) (correlationId * HANDLE_SPREAD);
        };
        return draft.fromDevice(draft.idHigh(), draft.idLow(), handle);
    }

    private boolean isFanOutPending() {
        for (int lane = 0; lane < settings.lanes(); lane++) {
            if (Cores.coreOf(router, lane).events().hasPendingFanOuts()) {
                return true;
            }
        }
        return false;
    }

    private long roomForEvents() {
        return router.remainingSlots() - (settings.lanes() == 1 ? 0 : settings.ringSlots() / RESERVE_FOR_COMMANDS);
    }

    void run(final int rounds) {
        for (int i = 0; i < rounds; i++) {
            router.invoke();
        }
    }

    /** Run the router until it has nothing to do. */
    final void drain() {
        for (int i = 0; i < MAX_ROUNDS; i++) {
            if (router.invoke() == 0) {
                return;
            }
        }
        throw new IllegalStateException("the router does not become idle");
    }

    /** What was offered since the last call, in the order of the ring. */
    List<Offer> takeOffers() {
        final List<Offer> taken = offers;
        offers = new ArrayList<>();
        offersById.clear();
        return taken;
    }

    /** What the router has done since the last call. */
    Outcome takeOutcome() {
        final Map<RouterCounter, Long> now = counters();
        final Map<RouterCounter, Long> since = new EnumMap<>(RouterCounter.class);
        now.forEach((counter, count) -> since.put(counter, count - counted.get(counter)));
        counted = now;
        if (faultsHeard != handlers.faults()) {
            complain("handlers threw " + handlers.faults() + " times, the error handler heard of " + faultsHeard);
        }
        final Outcome outcome =
                new Outcome(Set.of(), takeDeliveries(), new ArrayList<>(consumer.takeThresholds()), since, problems);
        problems = new ArrayList<>();
        return outcome;
    }

    /** What was handed over since the last call. */
    List<Handed> takeDeliveries() {
        final List<Handed> taken = deliveries;
        deliveries = new ArrayList<>();
        return taken;
    }

    /** What the error handler was told since the last call that it may be told. */
    List<String> takeTolerated() {
        final List<String> taken = tolerated;
        tolerated = new ArrayList<>();
        return taken;
    }

    private AttemptOutcome onDelivery(final Delivery delivery) {
        if (machine.process().hasEnded()) {
            return AttemptOutcome.PENDING;
        }
        final RoutedEvent event = delivery.event();
        final Offer offer = offersById.get(event.correlationId());
        if (offer == null || event.publishedAtMs() != offer.atMs) {
            complain("correlation id or time is not that of the event: " + event.name());
        }
        final String recipient = Handed.recipientOf(delivery);
        judgeSequence(recipient, event.sequence(), offer);
        hand(Handed.of(delivery, handlers.answerOf(recipient)));
        handling = true;
        try {
            return handlers.handle(delivery);
        } finally {
            handling = false;
        }
    }

    /** A recipient has its event. */
    void hand(final Handed handed) {
        deliveries.add(handed);
    }

    private void judgeSequence(final String recipient, final long sequence, final Offer offer) {
        final long lane = sequence & settings.lanes() - 1;
        final Long last = lastDelivered.put(recipient + " " + lane, sequence);
        if (last != null && sequence < last) {
            complain("sequence " + sequence + " is delivered to " + recipient + " behind " + last);
        }
        if (offer != null && offer.step instanceof Step.Publish && sequence != offer.result) {
            complain("sequence is not what publishing returned: " + sequence + ", not " + offer.result);
        }
    }

    private void onRefused(final RoutedEvent event, final long code) {
        if (machine.process().hasEnded()) {
            return;
        }
        final Offer offer = offersById.get(event.correlationId());
        if (offer == null || offer.result < 0) {
            complain("an event is refused that is not in the ring: " + event.name());
        } else {
            offer.hear(PublishCodes.name(code), event.name());
        }
        handlers.happen("refusals");
    }

    private void onError(final Throwable problem) {
        if (Behavior.isPlanted(problem)) {
            faultsHeard++;
        } else if (router == null || machine.process().hasEnded() || machine.fault() != DiskFault.NONE) {
            tolerated.add(String.valueOf(problem.getMessage()));
        } else {
            complain("error handler was called: " + problem);
        }
    }

    /** What a process that has ended is still told of does not count. */
    private UsageHandler consumerOf(final SimulatedProcess process) {
        return new UsageHandler() {
            @Override
            public void onUsage(final UsageRecord record) {
                if (!process.hasEnded()) {
                    consumer.onUsage(record);
                }
            }

            @Override
            public void onThreshold(final UsageThreshold threshold) {
                if (!process.hasEnded()) {
                    consumer.onThreshold(threshold);
                }
            }
        };
    }

    UsageConsumer consumer() {
        return consumer;
    }

    /** The consumer acknowledges what it has seen in this life, but the last. */
    void acknowledgeUsage(final int butLast) {
        router.acknowledgeUsage(consumer.acknowledge(butLast));
    }

    /** Everything that was counted, with the records of the window so far, which ends here. */
    Usage usage() {
        await(router.closeUsageWindow());
        final UsageSnapshot snapshot = await(router.usageSnapshot());
        return new Usage(consumer.rows(), operations(snapshot.accounts()), operations(snapshot.products()));
    }

    private static <K> Map<K, Operations> operations(final Map<K, UsageSnapshot.Totals> totals) {
        return totals.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> new Operations(
                                entry.getValue().publishOperations(),
                                entry.getValue().subscribeOperations())));
    }

    private <T> T await(final CompletableFuture<T> answer) {
        drain();
        if (!answer.isDone()) {
            throw new IllegalStateException("the router is idle and has not answered");
        }
        return answer.join();
    }

    /** What the router says of devices, in words. */
    SortedMap<String, String> ownership(final Collection<EntityId> devices) {
        final SortedMap<String, String> lines = new TreeMap<>();
        devices.forEach(device -> router.ownershipOf(device)
                .ifPresent(ownership -> lines.put("device:" + device, KeptState.line(ownership))));
        return lines;
    }

    private Map<RouterCounter, Long> counters() {
        final Map<RouterCounter, Long> counters = new EnumMap<>(RouterCounter.class);
        for (final RouterCounter counter : RouterCounter.values()) {
            counters.put(counter, router.counter(counter));
        }
        return counters;
    }

    final void complain(final String problem) {
        problems.add(problem);
    }

    @Override
    public void close() {
        if (router != null) {
            router.close();
            router = null;
        }
    }
}
