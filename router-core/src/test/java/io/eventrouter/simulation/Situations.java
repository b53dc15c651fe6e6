package io.eventrouter.simulation;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Situations that simulations have to come to: a comparison proves nothing about what never happened. */
final class Situations {
    private static final List<String> ALL = List.of(
            "several things in the ring",
            "run for some rounds",
            "left out: [BACK_PRESSURED]",
            "left out: [STORAGE_FULL]",
            "left out: [STORAGE_UNAVAILABLE]",
            "in force and not acknowledged, while the disk failed",
            "killed",
            "power was cut",
            "power was cut with blocks that were not forced",
            "crash while the disk failed",
            "crash with changes in flight",
            "changes in flight were lost",
            "changes in flight were kept",
            "stopped in the middle of an operation of the disk",
            "stopped while it started",
            "restarted",
            "usage over several lives",
            "usage acknowledged",
            "started with too little room",
            "told at the start: repaired:",
            "fan-out was pending at: Publish",
            "fan-out was pending at: Apply",
            "refused for pending fan-outs",
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

    /** What only thousands of simulations come to. */
    private static final List<String> RARE = List.of(
            "handler found no room for a command", "fan-out was pending at: Report", "month had to wait for the disk");

    private Situations() {}

    static List<String> missing(final Map<String, Long> reached) {
        return ALL.stream().filter(situation -> !reached.containsKey(situation)).toList();
    }

    static List<String> missingAlsoRare(final Map<String, Long> reached) {
        return Stream.concat(ALL.stream(), RARE.stream())
                .filter(situation -> !reached.containsKey(situation))
                .toList();
    }
}
