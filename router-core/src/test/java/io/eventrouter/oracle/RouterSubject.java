package io.eventrouter.oracle;

import io.eventrouter.EventRouter;
import io.eventrouter.RouterContext;
import io.eventrouter.command.Command;
import io.eventrouter.command.CommandRefusedException;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.delivery.Delivery;
import io.eventrouter.delivery.RecipientKind;
import io.eventrouter.event.RoutedEvent;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.metering.UsageGranularity;
import io.eventrouter.metering.UsageSnapshot;
import io.eventrouter.status.RouterCounter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** The real router, run on the calling thread until it is idle after every step. */
class RouterSubject implements Subject {
    private static final int MAX_DEVICES = 128;
    // The least that a ring may have, so that events wrap round its end often.
    private static final int RING_SLOTS = 2_048;
    private static final int MAX_DUTY_CYCLES = 100_000;
    // At the start of a month, so that no scenario reaches the next one and its thresholds.
    static final long START_MS = Instant.parse("2026-11-01T00:00:00Z").toEpochMilli();

    private final UsageRows rows = new UsageRows(this::complain);
    private final Map<EntityId, AttemptOutcome> answers = new HashMap<>();
    private final List<String> heardRefusals = new ArrayList<>();
    private final Map<String, List<Long>> sequences = new HashMap<>();
    private final Drafts drafts = new Drafts();
    private final EventRouter router;
    private Tally tally = new Tally();
    private long nowMs = START_MS;
    private long correlationId;

    RouterSubject(final Scenario scenario) {
        this(scenario, 1);
    }

    RouterSubject(final Scenario scenario, final int lanes) {
        this(scenario, lanes, new RouterContext());
    }

    RouterSubject(final Scenario scenario, final int lanes, final RouterContext context) {
        router = EventRouter.launch(context.useInvoker(true)
                .lanes(lanes)
                .era(scenario.policies().era())
                .productScope(scenario.policies().productScope())
                .subscriptionsPerDevice(scenario.policies().subscriptionsPerDevice())
                .tenantLimits(scenario.policies().limits())
                .maxDevices(MAX_DEVICES)
                .ringSlots(RING_SLOTS)
                .hashSeed(scenario.seed())
                .epochClock(() -> nowMs)
                .usageWindow(1, TimeUnit.HOURS)
                .usageGranularity(UsageGranularity.DEVICE)
                .usageHandler(rows)
                .deliveryHandler(this::onDelivery)
                .refusalHandler((event, code) -> heardRefusals.add(PublishCodes.name(code)))
                .errorHandler(error -> complain("error handler was called: " + error)));
    }

    @Override
    public Outcome perform(final Step step) {
        tally = new Tally();
        heardRefusals.clear();
        sequences.clear();
        correlationId++;
        final Map<RouterCounter, Long> before = counters();
        final long result = start(step);
        drain();
        countSince(before);
        judgeRefusals(step, result);
        judgeSequences(step, result);
        tally.tell(rows.takeThresholds());
        return tally.outcome();
    }

    private long start(final Step step) {
        if (step instanceof Step.Apply apply) {
            submit(apply.command());
        } else if (step instanceof Step.Publish publish) {
            return router.publish(drafts.of(publish.event(), correlationId));
        } else if (step instanceof Step.HookResponse response) {
            return router.publishHookResponse(response.topics(), response.error(), drafts.of(response, correlationId));
        } else if (step instanceof Step.Report report) {
            return router.reportAttempts(
                    report.device().high(), report.device().low(), report.operationsPerAttempt(), report.outcome());
        } else if (step instanceof Step.Answer answer) {
            answers.put(answer.device(), answer.outcome());
        } else if (step instanceof Step.Advance advance) {
            nowMs += advance.milliseconds();
        }
        return 0;
    }

    private void submit(final Command command) {
        try {
            final CompletableFuture<Long> acknowledgement = router.submit(command);
            submitted(router, command);
            await(acknowledgement);
        } catch (final CompletionException exception) {
            if (exception.getCause() instanceof CommandRefusedException refused) {
                tally.refuse(Set.of(refused.refusal().name()));
            } else {
                complain("a command failed: " + exception.getCause());
            }
        }
    }

    /** A command is in the rings and has not been carried out; for mistakes to be planted. */
    void submitted(final EventRouter ofCommand, final Command command) {}

    private AttemptOutcome onDelivery(final Delivery delivery) {
        final RoutedEvent event = delivery.event();
        if (event.correlationId() != correlationId || event.publishedAtMs() != nowMs) {
            complain("correlation id or time is not that of the event: " + event.name());
        }
        final boolean isDevice = delivery.recipientKind() == RecipientKind.DEVICE;
        final AttemptOutcome outcome = isDevice
                ? answers.getOrDefault(
                        EntityId.of(delivery.deviceIdHigh(), delivery.deviceIdLow()), AttemptOutcome.PENDING)
                : AttemptOutcome.PENDING;
        final Handed handed = Handed.of(delivery, outcome);
        sequences
                .computeIfAbsent(handed.recipient(), recipient -> new ArrayList<>())
                .add(event.sequence());
        tally.hand(handed);
        return outcome;
    }

    private void judgeRefusals(final Step step, final long result) {
        final Set<String> heard = new TreeSet<>(heardRefusals);
        if (result < 0 && !heard.isEmpty() || step instanceof Step.Publish && heardRefusals.size() > 1) {
            complain("refused more than once: result=" + result + ", heard=" + heardRefusals);
        }
        if (result < 0) {
            heard.add(PublishCodes.name(result));
        }
        final boolean isReportRefused = step instanceof Step.Report
                && result >= 0
                && tally.outcome().counted(RouterCounter.ATTEMPT_REPORTS_REFUSED) > 0;
        tally.refuse(isReportRefused ? Set.of("UNKNOWN_DEVICE") : heard);
    }

    private void judgeSequences(final Step step, final long result) {
        sequences.forEach((recipient, ofRecipient) -> {
            final boolean isStrange =
                    step instanceof Step.Publish && ofRecipient.stream().anyMatch(sequence -> sequence != result);
            if (isStrange || !ofRecipient.equals(ofRecipient.stream().sorted().toList())) {
                complain("sequences do not fit the publish: result=" + result + ", " + recipient + "=" + ofRecipient);
            }
        });
    }

    @Override
    public Usage usage() {
        await(router.closeUsageWindow());
        final UsageSnapshot snapshot = await(router.usageSnapshot());
        final Usage totals = totals(snapshot);
        return new Usage(rows.copy(), totals.accounts(), totals.products());
    }

    static Usage totals(final UsageSnapshot snapshot) {
        return new Usage(
                Map.of(),
                snapshot.accounts().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry<AccountId, UsageSnapshot.Totals>::getKey,
                                entry -> operations(entry.getValue()))),
                snapshot.products().entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry<Integer, UsageSnapshot.Totals>::getKey,
                                entry -> operations(entry.getValue()))));
    }

    private static Operations operations(final UsageSnapshot.Totals totals) {
        return new Operations(totals.publishOperations(), totals.subscribeOperations());
    }

    private <T> T await(final CompletableFuture<T> answer) {
        drain();
        if (!answer.isDone()) {
            throw new IllegalStateException("the router is idle and has not answered");
        }
        return answer.join();
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
        final Map<RouterCounter, Long> counters = new HashMap<>();
        for (final RouterCounter counter : RouterCounter.values()) {
            counters.put(counter, router.counter(counter));
        }
        return counters;
    }

    private void countSince(final Map<RouterCounter, Long> before) {
        counters().forEach((counter, count) -> tally.count(counter, count - before.get(counter)));
    }

    private void complain(final String problem) {
        tally.complain(problem);
    }

    @Override
    public void close() {
        router.close();
    }
}
