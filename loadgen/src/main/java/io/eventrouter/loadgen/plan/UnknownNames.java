package io.eventrouter.loadgen.plan;

import io.eventrouter.command.EventStream;
import io.eventrouter.command.Integration;
import io.eventrouter.command.LogicFunction;
import io.eventrouter.loadgen.fleet.DeviceState;
import io.eventrouter.loadgen.fleet.FleetState;
import io.eventrouter.loadgen.json.PrintableText;
import io.eventrouter.loadgen.scenario.Nearest;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Finds names of events that nothing in a fleet listens to, which may be misspelt. Only names are compared: not whether
 * a listener is online or enabled, nor whether it hears the publisher.
 */
final class UnknownNames {
    private final FleetState fleet;

    UnknownNames(final FleetState fleet) {
        this.fleet = fleet;
    }

    /** What to tell a planner about the name of an event; nothing if something listens to it. */
    Optional<String> complaint(final String name) {
        if (isKnown(name)) {
            return Optional.empty();
        }
        return Optional.of("Nothing in the fleet listens to " + PrintableText.quoted(name)
                + (fleet.streams().stream().anyMatch(UnknownNames::isOfAll) ? " but streams of all events" : "")
                + ": no device subscribed to it, and no integration, Logic function or stream is for it"
                + Nearest.beginning(name, known())
                        .map(near -> "; did you mean " + PrintableText.quoted(near) + "?")
                        .orElse("."));
    }

    private boolean isKnown(final String name) {
        return fleet.devices().stream().anyMatch(device -> FanOutIndex.matchOrNull(device, name) != null)
                || fleet.integrations().stream().anyMatch(integration -> name.startsWith(integration.prefix()))
                || fleet.logicFunctions().stream()
                        .flatMap(function -> function.triggers().stream())
                        .anyMatch(trigger -> name.equals(trigger.eventName()))
                || fleet.streams().stream().anyMatch(stream -> !isOfAll(stream) && name.startsWith(stream.prefix()));
    }

    // Without those that only one device has, of which there may be millions.
    private Set<String> known() {
        final Set<String> known = new HashSet<>();
        for (final DeviceState device : fleet.devices()) {
            final String id = device.id().toString();
            for (final String prefix : device.subscriptions()) {
                if (!prefix.contains(id)) {
                    known.add(prefix);
                }
            }
        }
        for (final Integration integration : fleet.integrations()) {
            known.add(integration.prefix());
        }
        for (final LogicFunction function : fleet.logicFunctions()) {
            function.triggers().forEach(trigger -> known.add(trigger.eventName()));
        }
        for (final EventStream stream : fleet.streams()) {
            if (!isOfAll(stream)) {
                known.add(stream.prefix());
            }
        }
        return known;
    }

    private static boolean isOfAll(final EventStream stream) {
        return stream.prefix().isEmpty();
    }
}
