package io.eventrouter.loadgen.plan;

import io.eventrouter.command.Integration;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.event.EventOrigin;
import io.eventrouter.loadgen.fleet.DeviceState;
import io.eventrouter.loadgen.fleet.FleetState;
import io.eventrouter.loadgen.input.BadInputException;
import io.eventrouter.loadgen.scope.EventScopes;
import io.eventrouter.loadgen.scope.FleetEvent;
import io.eventrouter.loadgen.scope.HookAnswer;
import io.eventrouter.loadgen.scope.Policies;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * The operations of a month, exactly: what every event costs once, times how often it happens.
 *
 * <p>Only devices that never acknowledge make a difference between one event and the next like it: the first event
 * that reaches such a device costs three attempts, and from then on it is offline. For them alone the order matters;
 * it is taken to be the behaviours in their order, each by the publishers in the order of the fleet, each event with
 * its answers behind it.
 */
final class MonthArithmetic {
    private record Kind(EventOrigin origin, EventScopes scopes, String name, int payloadLength) {}

    private final FleetState fleet;
    private final TriggeredIntegrations integrations;
    private final ResponseSizes responses;
    private final Policies policies;
    private final FanOut fanOut;
    private final Tally tally = new Tally();
    private final Map<Kind, Map<FanOut.Line, FanOut.Sum>> known = new HashMap<>();
    private final Set<Kind> shownToPending = new HashSet<>();
    private final List<DeviceState> pending;

    MonthArithmetic(
            final FleetState fleet,
            final FanOutIndex index,
            final TriggeredIntegrations integrations,
            final ResponseSizes responses,
            final Policies policies) {
        this.fleet = fleet;
        this.integrations = integrations;
        this.responses = responses;
        this.policies = policies;
        this.fanOut = new FanOut(fleet, index, policies);
        this.pending = new ArrayList<>(index.neverAcknowledging());
    }

    /**
     * Add up.
     *
     * @param behaviours of the fleet.
     * @param times how often each publisher of a behaviour publishes; at least once.
     * @param mostPublishers of a behaviour that are counted, the first ones of the fleet.
     * @return the figures.
     * @throws BadInputException if an integration is triggered whose answers nobody described.
     */
    MonthFigures run(
            final List<Behaviour> behaviours, final ToLongFunction<Behaviour> times, final long mostPublishers) {
        for (final Behaviour behaviour : behaviours) {
            final long count = times.applyAsLong(behaviour);
            behaviour
                    .publishers()
                    .forEachEvent(
                            fleet,
                            behaviour.eventName(),
                            behaviour.payloadLength(),
                            mostPublishers,
                            event -> publish(event, count));
        }
        return tally.figures();
    }

    private void publish(final FleetEvent event, final long times) {
        final EventScopes scopes = EventScopes.of(event, fleet, policies);
        if (scopes.isEmpty()) {
            tally.doNotRoute(times);
            return;
        }
        if (event.origin() == EventOrigin.DEVICE) {
            tally.publish(fanOut.payer(fleet.device(event.id())), Math.multiplyExact(event.units(), times));
        }
        deliver(event, scopes, times, event.name());
        // No device stands behind the others, so nothing is answered.
        if (event.origin() == EventOrigin.DEVICE) {
            for (final Integration integration : integrations.of(event, scopes)) {
                answer(integration, event, times);
            }
        }
    }

    private void answer(final Integration integration, final FleetEvent event, final long times) {
        final int length = responses.of(integration.id());
        if (length == ResponseSizes.UNKNOWN) {
            throw new BadInputException("--response-bytes: integration " + integration.id() + " is triggered by \""
                    + event.name() + "\"; say how long its answers are, 0 for none");
        }
        for (final FleetEvent answer :
                HookAnswer.events(integration.topics(), false, event.id(), event.name(), length)) {
            final EventScopes scopes = EventScopes.of(answer, fleet, policies);
            if (scopes.isEmpty()) {
                tally.doNotRoute(times);
            } else {
                deliver(answer, scopes, times, integration.id());
            }
        }
    }

    private void deliver(final FleetEvent event, final EventScopes scopes, final long times, final String source) {
        tally.route(times);
        final Kind kind = new Kind(event.origin(), scopes, event.name(), event.payloadLength());
        final boolean isAnswer = event.origin() == EventOrigin.HOOK;
        // A name with the id of a device in it comes once; keeping it would only fill the memory.
        final boolean isUnique = isAnswer && event.name().contains(event.id().toString());
        if (!event.isSystemEvent()) {
            final Map<FanOut.Line, FanOut.Sum> lines = isUnique
                    ? fanOut.of(event, scopes)
                    : known.computeIfAbsent(kind, unused -> fanOut.of(event, scopes));
            lines.forEach((line, sum) -> tally.deliver(
                    line.payer(),
                    new Cause(line.prefix(), source, isAnswer),
                    times,
                    sum.devices(),
                    sum.operations(),
                    sum.retries()));
            if (isAnswer) {
                countOwn(event, scopes, times, source);
            }
        }
        if (!pending.isEmpty() && (isUnique || event.isSystemEvent() || shownToPending.add(kind))) {
            deliverToPending(event, scopes, source, isAnswer);
        }
    }

    private void countOwn(final FleetEvent event, final EventScopes scopes, final long times, final String source) {
        final DeviceState device = fleet.device(event.id());
        if (device.isOnline() && device.outcome() != AttemptOutcome.FAILED && fanOut.reaches(device, event, scopes)) {
            final String prefix = FanOut.pattern(FanOutIndex.matchOrNull(device, event.name()), device);
            final long operations =
                    event.operationsPerAttempt() * device.outcome().attempts();
            tally.own(new Cause(prefix, source, true), Math.multiplyExact(operations, times));
        }
    }

    private void deliverToPending(
            final FleetEvent event, final EventScopes scopes, final String source, final boolean isAnswer) {
        pending.removeIf(device -> {
            final boolean isForIt = !event.isSystemEvent() || device.id().equals(event.id());
            if (!isForIt || !fanOut.reaches(device, event, scopes)) {
                return false;
            }
            final long perAttempt = event.operationsPerAttempt();
            final long operations = perAttempt * AttemptOutcome.FAILED.attempts();
            final String prefix = FanOut.pattern(FanOutIndex.matchOrNull(device, event.name()), device);
            final Cause cause = new Cause(prefix, source, isAnswer);
            tally.deliver(fanOut.payer(device), cause, 1, 1, operations, operations - perAttempt);
            if (isAnswer && device.id().equals(event.id())) {
                tally.own(cause, operations);
            }
            return true;
        });
    }
}
