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

    /** At least one simulation in so many comes to each of these, counted over 1,900. */
    private static final int ONE_IN = 150;

    /** What only one in so many comes to; the last was not in those 1,900 and was among 10,361. */
    private static final Map<String, Integer> RARE = Map.of(
            "month had to wait for the disk", 150,
            "fan-out was pending at: Report", 1_000,
            "handler found no room for a command", 5_000);

    /** With so many times as many, that a situation never comes up is a fault: by chance it is one in 100 million. */
    private static final int MARGIN = 20;

    private Situations() {}

    static List<String> missing(final Map<String, Long> reached) {
        return ALL.stream().filter(situation -> !reached.containsKey(situation)).toList();
    }

    /** What so many simulations, whichever they are, must have come to and have not. */
    static List<String> missing(final Map<String, Long> reached, final long simulations) {
        return all().filter(situation -> isCertain(situation, simulations) && !reached.containsKey(situation))
                .toList();
    }

    /** What so many simulations need not come to, so that nothing is said about it. */
    static List<String> uncertain(final long simulations) {
        return all().filter(situation -> !isCertain(situation, simulations)).toList();
    }

    private static Stream<String> all() {
        return Stream.concat(ALL.stream(), RARE.keySet().stream().sorted());
    }

    private static boolean isCertain(final String situation, final long simulations) {
        return simulations >= (long) MARGIN * RARE.getOrDefault(situation, ONE_IN);
    }
}
