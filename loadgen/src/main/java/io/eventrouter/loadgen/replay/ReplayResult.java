package io.eventrouter.loadgen.replay;

import io.eventrouter.loadgen.trace.TraceCounts;

/**
 * What came of a replay.
 *
 * @param devices of the fleet.
 * @param trace what it held, as far as it was replayed.
 * @param deliveries by kind of recipient.
 * @param usage data operations.
 * @param unroutable events without any scope.
 * @param droppedPaused events dropped because their account was paused.
 * @param skippedDevices subscribed devices that an event matched but that were offline, paused or could not take it.
 * @param loadNs how long the fleet took to load.
 * @param replayNs how long the trace took, from its first line until all of it was delivered.
 */
public record ReplayResult(
        int devices,
        TraceCounts trace,
        DeliveryCounts deliveries,
        UsageTotals usage,
        long unroutable,
        long droppedPaused,
        long skippedDevices,
        long loadNs,
        long replayNs) {}
