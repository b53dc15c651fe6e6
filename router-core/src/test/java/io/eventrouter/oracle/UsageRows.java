package io.eventrouter.oracle;

import io.eventrouter.identity.EntityId;
import io.eventrouter.metering.UsageHandler;
import io.eventrouter.metering.UsageRecord;
import io.eventrouter.metering.UsageThreshold;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Adds up the usage records of a router and keeps the thresholds that it tells. */
public final class UsageRows implements UsageHandler {
    private final Map<Usage.Row, Operations> rows = new HashMap<>();
    private final TreeMap<Long, Map<Usage.Row, Operations>> windows = new TreeMap<>();
    private final List<String> thresholds = new ArrayList<>();
    private final Consumer<String> complaints;

    public UsageRows(final Consumer<String> complaints) {
        this.complaints = complaints;
    }

    @Override
    public void onUsage(final UsageRecord record) {
        final Operations operations = new Operations(record.publishOperations(), record.subscribeOperations());
        if (!record.hasDevice() || operations.total() <= 0) {
            complaints.accept("a usage record without device or operations: account=" + record.account());
        }
        final EntityId device = EntityId.of(record.deviceIdHigh(), record.deviceIdLow());
        final Usage.Row row = new Usage.Row(record.account(), record.productId(), device);
        rows.merge(row, operations, Operations::plus);
        windows.computeIfAbsent(record.windowStartMs(), start -> new HashMap<>())
                .merge(row, operations, Operations::plus);
    }

    @Override
    public void onThreshold(final UsageThreshold threshold) {
        thresholds.add(threshold.account() + " " + threshold.percent() + "%");
    }

    public Map<Usage.Row, Operations> copy() {
        return Map.copyOf(rows);
    }

    /** What was counted in windows that began before a time. */
    Map<Usage.Row, Operations> before(final long timeMs) {
        final Map<Usage.Row, Operations> sums = new HashMap<>();
        windows.headMap(timeMs)
                .values()
                .forEach(window -> window.forEach((row, count) -> sums.merge(row, count, Operations::plus)));
        return sums;
    }

    public List<String> takeThresholds() {
        final List<String> taken = List.copyOf(thresholds);
        thresholds.clear();
        return taken;
    }
}
