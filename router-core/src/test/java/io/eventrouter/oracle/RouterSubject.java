package io.eventrouter.oracle;

import io.eventrouter.EventRouter;
import io.eventrouter.RouterContext;
import io.eventrouter.command.Command;
import io.eventrouter.command.CommandRefusedException;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.delivery.Delivery;
import io.eventrouter.delivery.RecipientKind;
import io.eventrouter.event.EventDraft;
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
import org.agrona.concurrent.UnsafeBuffer;

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
    private final List<Long> sequences = new ArrayList<>();
    private final UnsafeBuffer payloads = new UnsafeBuffer(Payload.bytes());
    private final EventDraft draft = new EventDraft();
    private final EventRouter router;
    private Tally tally = new Tally();
    private long nowMs = START_MS;
    private long correlationId;

    RouterSubject(final Scenario scenario) {
        this(scenario, 1);
    }

    RouterSubject(final Scenario scenario, final int lanes) {
        router = EventRouter.launch(new RouterContext()
                .useInvoker(true)
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
            return publish(publish.event());
        } else if (step instanceof Step.HookResponse response) {
            return publish(response);
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

    private long publish(final Publication event) {
        return router.publish(from(event)
                .name(event.name())
                .payload(payloads, event.payload().start(), event.payload().length())
                .correlationId(correlationId));
    }

    private long publish(final Step.HookResponse response) {
        return router.publishHookResponse(
                response.topics(),
                response.error(),
                draft.fromHook(response.device())
                        .name(response.eventName())
                        .payload(
                                payloads,
                                response.body().start(),
                                response.body().length())
                        .correlationId(correlationId));
    }

    private EventDraft from(final Publication event) {
        switch (event.origin()) {
            case DEVICE:
                return draft.fromDevice(event.id());
            case API_USER:
                return draft.fromUser(event.id());
            case API_PRODUCT:
                return draft.toProduct(event.productId(), event.id());
            case LOGIC:
                return draft.fromLogic(event.productId());
            case LOGIC_AS_DEVICE:
                return draft.fromLogicAsDevice(event.id());
            case HOOK:
                return draft.fromHook(event.id());
            default:
                return draft.fromSystem(event.id());
        }
    }

    private AttemptOutcome onDelivery(final Delivery delivery) {
        final RoutedEvent event = delivery.event();
        if (event.correlationId() != correlationId || event.publishedAtMs() != nowMs) {
            complain("correlation id or time is not that of the event: " + event.name());
        }
        sequences.add(event.sequence());
        final boolean isDevice = delivery.recipientKind() == RecipientKind.DEVICE;
        final AttemptOutcome outcome = isDevice
                ? answers.getOrDefault(
                        EntityId.of(delivery.deviceIdHigh(), delivery.deviceIdLow()), AttemptOutcome.PENDING)
                : AttemptOutcome.PENDING;
        final byte[] payload = new byte[event.payloadLength()];
        event.buffer().getBytes(event.payloadOffset(), payload);
        tally.hand(new Handed(
                recipient(delivery),
                event.name(),
                (long) delivery.operationsPerAttempt() * (outcome == null ? 1 : outcome.attempts()),
                payload.length,
                Payload.checksum(payload, 0, payload.length),
                event.hasPublisher() ? EntityId.toText(event.publisherIdHigh(), event.publisherIdLow()) : "none",
                scopes(event)));
        return outcome;
    }

    private static String recipient(final Delivery delivery) {
        switch (delivery.recipientKind()) {
            case DEVICE:
                return "device:" + EntityId.toText(delivery.deviceIdHigh(), delivery.deviceIdLow());
            case INTEGRATION:
                return "integration:" + delivery.recipientId();
            case LOGIC_FUNCTION:
                return "logic:" + delivery.recipientId();
            default:
                return "stream:" + delivery.recipientId();
        }
    }

    private static String scopes(final RoutedEvent event) {
        final Set<String> scopes = new TreeSet<>();
        if (event.hasOwner()) {
            scopes.add("user:" + EntityId.toText(event.ownerIdHigh(), event.ownerIdLow()));
        }
        if (event.productId() != 0) {
            scopes.add("product:" + event.productId());
        }
        return scopes.toString();
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
        final boolean isStrange =
                step instanceof Step.Publish && sequences.stream().anyMatch(sequence -> sequence != result);
        if (isStrange || !sequences.equals(sequences.stream().sorted().toList())) {
            complain("sequences do not fit the publish: result=" + result + ", delivered=" + sequences);
        }
    }

    @Override
    public Usage usage() {
        await(router.closeUsageWindow());
        final UsageSnapshot snapshot = await(router.usageSnapshot());
        return new Usage(
                rows.copy(),
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
