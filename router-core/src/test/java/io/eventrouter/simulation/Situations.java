package io.eventrouter.simulation;

import java.util.List;
import java.util.Map;

/** Situations that simulations have to come to: a comparison proves nothing about what never happened. */
final class Situations {
    private static final List<String> ALL = List.of(
            "several things in the ring",
            "run for some rounds",
            "ring was full",
            "fan-out was pending at: Publish",
            "fan-out was pending at: Apply",
            "fan-out was pending at: Report",
            "refused for pending fan-outs",
            "handler found no room for a command",
            "handler offered: Publish",
            "handler offered: HookResponse",
            "handler offered: Report",
            "handler offered: Apply",
            "handler threw: THROW_EXCEPTION",
            "handler threw: THROW_ERROR",
            "handler threw: OVERFLOW_STACK",
            "refusal handler threw",
            "clock went back",
            "month began",
            "threshold told",
            "two lanes",
            "command refused: DEVICE_LIMIT",
            "command refused: ACCOUNT_LIMIT",
            "command refused: SUBSCRIPTION_LIMIT",
            "counted: EVENTS_DROPPED_PAUSED",
            "counted: DEVICES_SKIPPED_OFFLINE",
            "counted: DEVICES_SKIPPED_TOO_LARGE",
            "counted: DEVICES_SKIPPED_PAUSED",
            "counted: DEVICES_TIMED_OUT",
            "counted: DELIVERIES_TO_INTEGRATIONS",
            "counted: DELIVERIES_TO_LOGIC_FUNCTIONS",
            "counted: DELIVERIES_TO_STREAMS");

    private Situations() {}

    static List<String> missing(final Map<String, Long> reached) {
        return ALL.stream().filter(situation -> !reached.containsKey(situation)).toList();
    }
}
