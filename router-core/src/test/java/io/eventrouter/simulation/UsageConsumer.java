package io.eventrouter.simulation;

import io.eventrouter.identity.EntityId;
import io.eventrouter.metering.UsageHandler;
import io.eventrouter.metering.UsageRecord;
import io.eventrouter.metering.UsageThreshold;
import io.eventrouter.oracle.Operations;
import io.eventrouter.oracle.Usage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Takes the usage records of a router over all its lives, and outlives it: whatever comes again must be what it was
 * under its sequence, and counts once.
 */
final class UsageConsumer implements UsageHandler {
    private record Counted(Usage.Row row, Operations operations) {}

    private final NavigableMap<Long, Object> bySequence = new TreeMap<>();
    private final Map<Usage.Row, Operations> rows = new HashMap<>();
    private final List<String> thresholds = new ArrayList<>();
    private final Set<Long> seenInThisLife = new HashSet<>();
    private final Consumer<String> complaints;
    private long acknowledged;

    UsageConsumer(final Consumer<String> complaints) {
        this.complaints = complaints;
    }

    @Override
    public void onUsage(final UsageRecord record) {
        final EntityId device = EntityId.of(record.deviceIdHigh(), record.deviceIdLow());
        final Operations operations = new Operations(record.publishOperations(), record.subscribeOperations());
        final Counted counted = new Counted(new Usage.Row(record.account(), record.productId(), device), operations);
        if (!record.hasDevice() || operations.total() <= 0) {
            complaints.accept("a usage record without device or operations: " + counted);
        }
        if (isNew(record.sequence(), counted)) {
            rows.merge(counted.row(), operations, Operations::plus);
        }
    }

    @Override
    public void onThreshold(final UsageThreshold threshold) {
        final String told = threshold.account() + " " + threshold.percent() + "%";
        if (isNew(threshold.sequence(), told)) {
            thresholds.add(told);
        }
    }

    private boolean isNew(final long sequence, final Object content) {
        if (!seenInThisLife.add(sequence)) {
            complaints.accept("USAGE came twice in one life: sequence=" + sequence + ", " + content);
        }
        final Object before = bySequence.putIfAbsent(sequence, content);
        if (before != null && !before.equals(content)) {
            complaints.accept("USAGE has another content under its sequence: sequence=" + sequence + ", " + content
                    + ", was " + before);
        }
        return before == null;
    }

    /** Everything up to some records before the last is acknowledged; returns up to which. */
    long acknowledge(final int butLast) {
        final List<Long> seen = seenInThisLife.stream().sorted().toList();
        if (seen.size() > butLast) {
            acknowledged = Math.max(acknowledged, seen.get(seen.size() - 1 - butLast));
        }
        return acknowledged;
    }

    /** The router starts anew; without a data directory from nothing. */
    void beginLife(final boolean keeps) {
        seenInThisLife.clear();
        if (!keeps) {
            bySequence.clear();
            rows.clear();
            acknowledged = 0;
        }
    }

    /** What was not acknowledged comes again after a start, all of it. */
    void checkNothingIsMissing() {
        final Set<Long> missing =
                new HashSet<>(bySequence.tailMap(acknowledged, false).keySet());
        missing.removeAll(seenInThisLife);
        if (!missing.isEmpty()) {
            complaints.accept("USAGE was not acknowledged and did not come again: sequences=" + missing
                    + ", acknowledged=" + acknowledged);
        }
    }

    /** The sum of everything that came, once. */
    Map<Usage.Row, Operations> rows() {
        return Map.copyOf(rows);
    }

    List<String> takeThresholds() {
        final List<String> taken = List.copyOf(thresholds);
        thresholds.clear();
        return taken;
    }
}
