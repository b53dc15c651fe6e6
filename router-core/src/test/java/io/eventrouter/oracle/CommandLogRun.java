package io.eventrouter.oracle;

import io.eventrouter.EventRouter;
import io.eventrouter.RouterContext;
import io.eventrouter.command.Command;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.delivery.Delivery;
import io.eventrouter.event.PublishResult;
import io.eventrouter.identity.EntityId;
import io.eventrouter.metering.UsageSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongSupplier;

/** Runs a scenario through the real router and writes down all that comes out of it, in order. */
final class CommandLogRun {
    private static final int RING_SLOTS = 2_048;
    private static final int MAX_DEVICES = 128;

    /** What separates an event from its recipient in the log. */
    static final String TO = " -> ";

    private final Drafts drafts = new Drafts();
    private final Map<EntityId, AttemptOutcome> answers = new HashMap<>();
    private final List<String> log = new ArrayList<>();
    private final int stepsAtOnce;
    private final EventRouter router;

    private CommandLogRun(
            final Scenario scenario,
            final long hashSeed,
            final int stepsAtOnce,
            final int lanes,
            final RouterContext context) {
        this.stepsAtOnce = stepsAtOnce;
        router = EventRouter.launch(context.useInvoker(true)
                .lanes(lanes)
                .era(scenario.policies().era())
                .productScope(scenario.policies().productScope())
                .subscriptionsPerDevice(scenario.policies().subscriptionsPerDevice())
                .tenantLimits(scenario.policies().limits())
                .maxDevices(MAX_DEVICES)
                .ringSlots(RING_SLOTS)
                .hashSeed(hashSeed)
                .epochClock(() -> 0)
                .deliveryHandler(this::onDelivery));
    }

    static List<String> of(final Scenario scenario, final long hashSeed, final int stepsAtOnce) {
        return of(scenario, hashSeed, stepsAtOnce, 1);
    }

    static List<String> of(final Scenario scenario, final long hashSeed, final int stepsAtOnce, final int lanes) {
        return of(scenario, hashSeed, stepsAtOnce, lanes, new RouterContext());
    }

    static List<String> ofSliced(
            final Scenario scenario, final long hashSeed, final int stepsAtOnce, final int sliceLength) {
        final RouterContext context = new RouterContext().pendingFanOutsPerAccount(64);
        return of(scenario, hashSeed, stepsAtOnce, 1, context.sliceLength(sliceLength));
    }

    private static List<String> of(
            final Scenario scenario,
            final long hashSeed,
            final int stepsAtOnce,
            final int lanes,
            final RouterContext context) {
        final CommandLogRun run = new CommandLogRun(scenario, hashSeed, stepsAtOnce, lanes, context);
        try {
            return run.run(scenario);
        } finally {
            run.router.close();
        }
    }

    private List<String> run(final Scenario scenario) {
        int waiting = 0;
        for (final Step step : scenario.steps()) {
            start(step);
            if (++waiting >= stepsAtOnce || registers(step)) {
                drain();
                waiting = 0;
            }
        }
        final CompletableFuture<UsageSnapshot> snapshot = router.usageSnapshot();
        drain();
        log.add(new TreeMap<>(snapshot.join().products()).toString());
        snapshot.join()
                .sortedAccounts()
                .forEach(account -> log.add(account + " " + snapshot.join().of(account)));
        return log;
    }

    private void start(final Step step) {
        if (step instanceof Step.Apply apply) {
            router.submit(apply.command());
        } else if (step instanceof Step.Publish publish) {
            publish(() -> router.publish(drafts.of(publish.event(), 0)));
        } else if (step instanceof Step.HookResponse response) {
            publish(() -> router.publishHookResponse(response.topics(), response.error(), drafts.of(response, 0)));
        } else if (step instanceof Step.Report report) {
            publish(() -> router.reportAttempts(
                    report.device().high(), report.device().low(), report.operationsPerAttempt(), report.outcome()));
        } else if (step instanceof Step.Answer answer) {
            // What the handler answers is outside the order of the ring.
            drain();
            answers.put(answer.device(), answer.outcome());
        }
    }

    /** Publishers refuse ids whose registration was not acknowledged. */
    private static boolean registers(final Step step) {
        return step instanceof Step.Apply apply
                && (apply.command() instanceof Command.RegisterDevice
                        || apply.command() instanceof Command.RegisterUser
                        || apply.command() instanceof Command.RegisterProduct);
    }

    private void publish(final LongSupplier offer) {
        while (offer.getAsLong() == PublishResult.BACK_PRESSURED) {
            drain();
        }
    }

    private AttemptOutcome onDelivery(final Delivery delivery) {
        final EntityId device = EntityId.of(delivery.deviceIdHigh(), delivery.deviceIdLow());
        log.add(delivery.event().name() + " " + delivery.event().payloadLength() + TO + delivery.recipientKind() + " "
                + device + " " + delivery.recipientId());
        return answers.get(device);
    }

    private void drain() {
        while (router.invoke() > 0) {
            Thread.onSpinWait();
        }
    }
}
