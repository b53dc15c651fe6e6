package io.eventrouter.oracle;

import io.eventrouter.EventRouter;
import io.eventrouter.RouterContext;
import io.eventrouter.command.Command;
import io.eventrouter.command.CommandRefusedException;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.delivery.Delivery;
import io.eventrouter.delivery.RecipientKind;
import io.eventrouter.event.PublishResult;
import io.eventrouter.event.RoutedEvent;
import io.eventrouter.identity.EntityId;
import io.eventrouter.metering.UsageSnapshot;
import io.eventrouter.pipeline.Cores;
import io.eventrouter.routing.RoutingCore;
import io.eventrouter.status.RouterCounter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * The real router with slices of a few deliveries, which is given step after step without waiting for what they lead
 * to. What a delivery belongs to is told by its correlation id, which is the number of the step.
 */
class SlicedSubject implements AutoCloseable {
    private static final int MAX_DEVICES = 128;
    private static final int RING_SLOTS = 2_048;
    private static final int MAX_DUTY_CYCLES = 1_000_000;
    private static final long START_MS = Instant.parse("2026-11-01T00:00:00Z").toEpochMilli();

    private final UsageRows rows = new UsageRows(problem -> sums().complain(problem));
    private final Drafts drafts = new Drafts();
    private final EventRouter router;
    private final List<Tally> tallies = new ArrayList<>();
    private final List<Long> times = new ArrayList<>();
    private final List<Map<EntityId, AttemptOutcome>> answers = new ArrayList<>();
    private final Map<Integer, CompletableFuture<Long>> commands = new HashMap<>();
    private final Map<String, Long> lastSequences = new HashMap<>();
    private Map<RouterCounter, Long> before;
    private Map<EntityId, AttemptOutcome> currentAnswers = Map.of();
    private Tally sums = new Tally();
    private long nowMs = START_MS;

    /** Events that were refused because too many fan-outs were pending, as step and name. */
    final Set<String> refusedForPending = new HashSet<>();

    SlicedSubject(final Scenario scenario, final int sliceLength) {
        router = EventRouter.launch(new RouterContext()
                .useInvoker(true)
                .era(scenario.policies().era())
                .productScope(scenario.policies().productScope())
                .subscriptionsPerDevice(scenario.policies().subscriptionsPerDevice())
                .tenantLimits(scenario.policies().limits())
                .pendingFanOutsPerAccount(64)
                .maxDevices(MAX_DEVICES)
                .ringSlots(RING_SLOTS)
                .hashSeed(scenario.seed())
                .epochClock(() -> nowMs)
                .usageWindow(3_650, TimeUnit.DAYS)
                .usageHandler(rows)
                .deliveryHandler(this::onDelivery)
                .refusalHandler(this::onRefused)
                .errorHandler(error -> sums().complain("error handler was called: " + error))
                .sliceLength(sliceLength));
        before = counters();
    }

    long timeOf(final int step) {
        return times.get(step);
    }

    /** Begin a step, the next one. */
    void start(final Step step) {
        nowMs += step instanceof Step.Advance advance ? 1 + advance.milliseconds() : 1;
        if (step instanceof Step.Answer answer) {
            currentAnswers = new HashMap<>(currentAnswers);
            currentAnswers.put(answer.device(), answer.outcome());
        }
        final int number = tallies.size();
        tallies.add(new Tally());
        times.add(nowMs);
        answers.add(currentAnswers);
        before(step);
        if (step instanceof Step.Apply apply) {
            commands.put(number, router.submit(apply.command()));
            if (registers(apply.command())) {
                workUntilDone(commands.get(number));
            }
        } else {
            final long result = offer(step, number);
            if (result < 0) {
                tallies.get(number).refuse(Set.of(PublishCodes.name(result)));
            }
        }
    }

    /** A step is about to begin; for mistakes to be planted. */
    void before(final Step step) {}

    RoutingCore core() {
        return Cores.coreOf(router, 0);
    }

    private long offer(final Step step, final int number) {
        if (step instanceof Step.Publish publish) {
            return offer(() -> router.publish(drafts.of(publish.event(), number)));
        }
        if (step instanceof Step.HookResponse response) {
            return offer(
                    () -> router.publishHookResponse(response.topics(), response.error(), drafts.of(response, number)));
        }
        if (step instanceof Step.Report report) {
            return offer(() -> router.reportAttempts(
                    report.device().high(), report.device().low(), report.operationsPerAttempt(), report.outcome()));
        }
        return 0;
    }

    private long offer(final LongSupplier offered) {
        long result = offered.getAsLong();
        while (result == PublishResult.BACK_PRESSURED) {
            router.invoke();
            result = offered.getAsLong();
        }
        return result;
    }

    /** Publishers refuse ids whose registration was not acknowledged. */
    private static boolean registers(final Command command) {
        return command instanceof Command.RegisterDevice
                || command instanceof Command.RegisterUser
                || command instanceof Command.RegisterProduct;
    }

    void work() {
        router.invoke();
    }

    /** Whether events that have left the ring have not been delivered to all. */
    boolean isAnyFanOutPending() {
        return core().events().hasPendingFanOuts();
    }

    /** End the window of usage records behind the last step; returns when that is. */
    long closeUsageWindow() {
        nowMs++;
        router.closeUsageWindow();
        return nowMs;
    }

    CompletableFuture<UsageSnapshot> usageSnapshot() {
        return router.usageSnapshot();
    }

    Map<Usage.Row, Operations> usageBefore(final long timeMs) {
        return rows.before(timeMs);
    }

    /** Wait for everything that was begun; returns what the steps from one on have done. */
    List<Outcome> finish(final int firstStep) {
        drain();
        final List<Outcome> outcomes = new ArrayList<>();
        for (int i = firstStep; i < tallies.size(); i++) {
            final CompletableFuture<Long> command = commands.remove(i);
            if (command != null) {
                tallies.get(i).refuse(refusalOf(command));
            }
            outcomes.add(tallies.get(i).outcome());
        }
        return outcomes;
    }

    /** Everything that was done since the last call, in the order in which it was. */
    Outcome takeSums() {
        counters().forEach((counter, count) -> sums.count(counter, count - before.get(counter)));
        before = counters();
        sums.tell(rows.takeThresholds());
        final Outcome taken = sums.outcome();
        sums = new Tally();
        return taken;
    }

    private Set<String> refusalOf(final CompletableFuture<Long> command) {
        try {
            command.join();
            return Set.of();
        } catch (final CompletionException exception) {
            if (exception.getCause() instanceof CommandRefusedException refused) {
                return Set.of(refused.refusal().name());
            }
            sums.complain("a command failed: " + exception.getCause());
            return Set.of();
        }
    }

    private AttemptOutcome onDelivery(final Delivery delivery) {
        final RoutedEvent event = delivery.event();
        final int step = (int) event.correlationId();
        if (event.publishedAtMs() != times.get(step)) {
            sums.complain("time is not that of the event: " + event.name());
        }
        final EntityId device = EntityId.of(delivery.deviceIdHigh(), delivery.deviceIdLow());
        final boolean isDevice = delivery.recipientKind() == RecipientKind.DEVICE;
        final AttemptOutcome outcome =
                isDevice ? answers.get(step).getOrDefault(device, AttemptOutcome.PENDING) : AttemptOutcome.PENDING;
        final Handed handed = Handed.of(delivery, outcome);
        final long sequence = event.sequence();
        final Long last = lastSequences.put(handed.recipient(), sequence);
        if (last != null && last > sequence) {
            sums.complain("order: " + handed + " comes behind a later one");
        }
        tallies.get(step).hand(handed);
        sums.hand(handed);
        return outcome;
    }

    private void onRefused(final RoutedEvent event, final long code) {
        if (code == PublishResult.TOO_MANY_PENDING_FAN_OUTS) {
            refusedForPending.add(event.correlationId() + " " + event.name());
        } else {
            tallies.get((int) event.correlationId()).refuse(Set.of(PublishCodes.name(code)));
        }
    }

    private void workUntilDone(final CompletableFuture<?> answer) {
        for (int i = 0; i < MAX_DUTY_CYCLES && !answer.isDone(); i++) {
            router.invoke();
        }
    }

    private void drain() {
        for (int i = 0; i < MAX_DUTY_CYCLES; i++) {
            if (router.invoke() == 0) {
                return;
            }
        }
        throw new IllegalStateException("the router does not become idle");
    }

    private Map<RouterCounter, Long> counters() {
        return Arrays.stream(RouterCounter.values()).collect(Collectors.toMap(counter -> counter, router::counter));
    }

    private Tally sums() {
        return sums;
    }

    @Override
    public void close() {
        router.close();
    }
}
