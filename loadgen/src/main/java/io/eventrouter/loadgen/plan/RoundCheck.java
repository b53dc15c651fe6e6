package io.eventrouter.loadgen.plan;

import io.eventrouter.command.Integration;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.delivery.RecipientKind;
import io.eventrouter.event.EventDraft;
import io.eventrouter.event.EventOrigin;
import io.eventrouter.loadgen.feed.FleetRouter;
import io.eventrouter.loadgen.feed.ReplayFailedException;
import io.eventrouter.loadgen.fleet.DeviceTable;
import io.eventrouter.loadgen.fleet.FleetFile;
import io.eventrouter.loadgen.fleet.FleetState;
import io.eventrouter.loadgen.fleet.Plans;
import io.eventrouter.loadgen.input.TextSource;
import io.eventrouter.loadgen.replay.UsageTotals;
import io.eventrouter.loadgen.scope.EventScopes;
import io.eventrouter.loadgen.scope.FleetEvent;
import io.eventrouter.loadgen.scope.HookAnswer;
import io.eventrouter.loadgen.scope.Policies;
import io.eventrouter.metering.UsageSnapshot.Totals;
import io.eventrouter.status.RouterCounter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Routes every event of a fleet, or of some of it, once through the real router, and compares what that charges with
 * the arithmetic.
 */
final class RoundCheck {
    /** Events and deliveries above which a round takes too long to be routed by the way. */
    static final long MOST_EVENTS = 500_000;

    static final long MOST_DELIVERIES = 20_000_000;

    private final FleetState fleet;
    private final TriggeredIntegrations integrations;
    private final ResponseSizes responses;
    private final Policies policies;
    private final EventDraft draft = new EventDraft();
    private final UnsafeBuffer payload = new UnsafeBuffer(new byte[HookAnswer.MAX_BODY_LENGTH]);
    private long triggered;

    RoundCheck(
            final FleetState fleet,
            final TriggeredIntegrations integrations,
            final ResponseSizes responses,
            final Policies policies) {
        this.fleet = fleet;
        this.integrations = integrations;
        this.responses = responses;
        this.policies = policies;
    }

    /**
     * Compare.
     *
     * @param source of the fleet.
     * @param behaviours of it.
     * @param mostPublishers of a behaviour that are compared, the first ones of the fleet.
     * @param round what the arithmetic says of each of them, once.
     * @return bytes that the tables of the router held before the first event.
     * @throws ReplayFailedException if the router says otherwise.
     */
    long require(
            final TextSource source,
            final List<Behaviour> behaviours,
            final long mostPublishers,
            final MonthFigures round) {
        final FleetFile file = FleetFile.open(source, Plans.load());
        final DeviceTable devices = file.directory().devices();
        final UsageTotals usage = new UsageTotals();
        final long tableBytes;
        try (FleetRouter router = FleetRouter.launch(
                file.deviceCount(),
                file.accountLimit(),
                policies,
                delivery -> delivery.recipientKind() == RecipientKind.DEVICE
                        ? devices.outcome(delivery.deviceIdHigh(), delivery.deviceIdLow())
                        : AttemptOutcome.ACKNOWLEDGED_FIRST,
                usage)) {
            router.load(file::load);
            tableBytes = router.tableBytes();
            for (final Behaviour behaviour : behaviours) {
                behaviour
                        .publishers()
                        .forEachEvent(
                                fleet,
                                behaviour.eventName(),
                                behaviour.payloadLength(),
                                mostPublishers,
                                event -> publish(event, router));
            }
            router.finish();
            requireEqual("integrations triggered", router.counter(RouterCounter.DELIVERIES_TO_INTEGRATIONS), triggered);
            requireEqual("events routed", router.counter(RouterCounter.EVENTS_ROUTED), round.events());
            requireEqual("deliveries", router.counter(RouterCounter.DELIVERIES_TO_DEVICES), round.deliveries());
        }
        requireEqual("data operations", byPayer(usage), byPayer(round));
        return tableBytes;
    }

    private void publish(final FleetEvent event, final FleetRouter router) {
        switch (event.origin()) {
            case API_PRODUCT:
                draft.toProduct(event.productId(), null);
                break;
            case API_USER:
                draft.fromUser(event.id());
                break;
            default:
                draft.fromDevice(event.id());
        }
        final long result = router.feed().publish(draft.name(event.name()).payload(payload, 0, event.payloadLength()));
        if (result < 0) {
            throw new ReplayFailedException(
                    "the router refused \"" + event.name() + "\": " + draft.explain(result), null);
        }
        final List<Integration> fired = integrations.of(event, EventScopes.of(event, fleet, policies));
        triggered += fired.size();
        if (event.origin() == EventOrigin.DEVICE) {
            for (final Integration integration : fired) {
                final int length = Math.min(responses.of(integration.id()), HookAnswer.MAX_BODY_LENGTH);
                draft.fromHook(event.id()).payload(payload, 0, length);
                router.feed().publishHookResponse(integration.topics(), false, draft);
            }
        }
    }

    private static Map<Payer, Totals> byPayer(final UsageTotals usage) {
        final Map<Payer, Totals> byPayer = new HashMap<>();
        usage.rows()
                .forEach(row -> byPayer.merge(
                        new Payer(row.account(), row.productId()),
                        new Totals(row.publishOperations(), row.subscribeOperations()),
                        Totals::plus));
        return byPayer;
    }

    private static Map<Payer, Totals> byPayer(final MonthFigures figures) {
        final Map<Payer, Totals> byPayer = new HashMap<>();
        figures.costs().forEach((payer, costs) -> byPayer.put(payer, new Totals(costs.publish(), costs.deliveries())));
        return byPayer;
    }

    private void requireEqual(final String what, final Object byRouter, final Object byArithmetic) {
        if (!byRouter.equals(byArithmetic)) {
            throw new ReplayFailedException(
                    "internal error: the router and the plan do not agree, so one of them is wrong; please report it"
                            + " with the fleet and the options: " + policies + ", " + what + ": router=" + byRouter
                            + ", plan=" + byArithmetic,
                    null);
        }
    }
}
