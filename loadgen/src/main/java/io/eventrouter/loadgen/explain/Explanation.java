package io.eventrouter.loadgen.explain;

import io.eventrouter.command.EventStream;
import io.eventrouter.command.Integration;
import io.eventrouter.command.LogicFunction;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.delivery.RecipientKind;
import io.eventrouter.identity.AccountId;
import io.eventrouter.loadgen.fleet.DeviceState;
import io.eventrouter.loadgen.fleet.FleetState;
import io.eventrouter.loadgen.scope.EventScopes;
import io.eventrouter.loadgen.scope.FleetEvent;
import io.eventrouter.loadgen.scope.Policies;
import io.eventrouter.metering.UsageSnapshot.Totals;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Who gets one event, who nearly does, and why: found by asking every subscriber of the fleet, without the router.
 *
 * <p>Subscribers with the same reason are one group, of which the first few are kept.
 */
public final class Explanation {
    /**
     * What the members of a group have in common.
     *
     * @param kind of subscriber.
     * @param obstacles that keep the event away.
     * @param why they get it; null if they do not.
     */
    record Reason(RecipientKind kind, List<Obstacle> obstacles, String why) {}

    /** Subscribers with one reason. */
    static final class Group {
        private final List<Finding> kept = new ArrayList<>();
        private long count;
        private long operations;

        /** The first ones. */
        List<Finding> kept() {
            return kept;
        }

        /** How many there are. */
        long count() {
            return count;
        }

        /** What their deliveries cost together. */
        long operations() {
            return operations;
        }
    }

    private final FleetEvent event;
    private final EventScopes scopes;
    private final int keptOfGroup;
    private final Predicate<Finding> isWanted;
    private final Map<Reason, Group> groups = new LinkedHashMap<>();
    private final Map<String, Long> receivers = new HashMap<>();
    private final Map<AccountId, Totals> costs = new LinkedHashMap<>();
    private final List<DeviceState> timedOut = new ArrayList<>();
    private long notNear;

    private Explanation(
            final FleetEvent event,
            final EventScopes scopes,
            final int keptOfGroup,
            final Predicate<Finding> isWanted) {
        this.event = event;
        this.scopes = scopes;
        this.keptOfGroup = keptOfGroup;
        this.isWanted = isWanted;
    }

    /**
     * Explain an event.
     *
     * @param event to explain.
     * @param fleet at that moment; devices that do not acknowledge are offline in it afterwards.
     * @param policies of the router.
     * @param keptOfGroup how many subscribers of one group to keep.
     * @param isWanted which subscribers are to be told of; of the others only receivers and costs are.
     * @return the explanation.
     */
    static Explanation of(
            final FleetEvent event,
            final FleetState fleet,
            final Policies policies,
            final int keptOfGroup,
            final Predicate<Finding> isWanted) {
        final EventScopes scopes = EventScopes.of(event, fleet, policies);
        final Explanation explanation = new Explanation(event, scopes, keptOfGroup, isWanted);
        final DeviceJudge devices = new DeviceJudge(event, scopes, fleet, policies);
        explanation.charge(devices.payerOfPublish(), event.units(), 0);
        for (final DeviceState device : fleet.devices()) {
            final Finding finding = devices.judge(device);
            explanation.add(finding);
            if (finding.isReceived() && device.outcome() == AttemptOutcome.FAILED) {
                explanation.timedOut.add(device);
            }
        }
        final ServiceJudge services = new ServiceJudge(event, scopes, fleet);
        for (final Integration integration : fleet.integrations()) {
            explanation.add(services.judge(integration));
        }
        for (final LogicFunction function : fleet.logicFunctions()) {
            explanation.add(services.judge(function));
        }
        for (final EventStream stream : fleet.streams()) {
            explanation.add(services.judge(stream));
        }
        // Behind the event: whoever did not answer misses the next one, not this one.
        explanation.timedOut.forEach(fleet::timeOut);
        return explanation;
    }

    /** The event. */
    FleetEvent event() {
        return event;
    }

    /** Where it can be heard. */
    EventScopes scopes() {
        return scopes;
    }

    /** Everybody who gets it or nearly does, or who is asked about, by reason. */
    Map<Reason, Group> groups() {
        return groups;
    }

    /** Everybody who gets it, and what each delivery costs. */
    Map<String, Long> receivers() {
        return receivers;
    }

    /** What it costs whom; without accounts that it costs nothing. */
    Map<AccountId, Totals> costs() {
        return costs;
    }

    /** How many subscribers are neither here nor there. */
    long notNear() {
        return notNear;
    }

    /** Whether there is nothing to say about this event that was not said about another one. */
    boolean isLike(final Explanation other) {
        return event.units() == other.event.units()
                && receivers.equals(other.receivers)
                && countsByReason().equals(other.countsByReason());
    }

    private Map<Reason, Long> countsByReason() {
        final Map<Reason, Long> counts = new HashMap<>();
        groups.forEach((reason, group) -> counts.put(reason, group.count));
        return counts;
    }

    private void add(final Finding finding) {
        if (finding.isReceived()) {
            receivers.put(finding.subscriber(), finding.operations());
            charge(finding.account(), 0, finding.operations());
        }
        if (!isWanted.test(finding)) {
            notNear++;
            return;
        }
        final Group group = groups.computeIfAbsent(
                new Reason(finding.kind(), finding.obstacles(), finding.why()), reason -> new Group());
        group.count++;
        group.operations += finding.operations();
        if (group.kept.size() < keptOfGroup) {
            group.kept.add(finding);
        }
    }

    private void charge(final AccountId account, final long publish, final long subscribe) {
        if (account != null && publish + subscribe > 0) {
            costs.merge(account, new Totals(publish, subscribe), Totals::plus);
        }
    }
}
