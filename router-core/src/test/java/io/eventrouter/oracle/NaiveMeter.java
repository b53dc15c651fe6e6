package io.eventrouter.oracle;

import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Counts data operations by account, product and device, and tells thresholds (docs/routing-rules.md, section 5). */
final class NaiveMeter {
    private static final int[] PERCENTAGES = {70, 90, 100};

    private final Map<Usage.Row, Operations> rows = new HashMap<>();
    private final Map<AccountId, Long> usedThisMonth = new HashMap<>();
    private final Set<String> told = new HashSet<>();
    private final NaiveFleet fleet;

    NaiveMeter(final NaiveFleet fleet) {
        this.fleet = fleet;
    }

    /** Count operations, and return the thresholds that they reached for the first time in this month. */
    List<String> charge(
            final AccountId account, final int productId, final EntityId device, final Operations operations) {
        if (operations.total() == 0) {
            return List.of();
        }
        rows.merge(new Usage.Row(account, productId, device), operations, Operations::plus);
        usedThisMonth.merge(account, operations.total(), Long::sum);
        return reached(account);
    }

    private List<String> reached(final AccountId account) {
        final long granted = fleet.operationsPerMonth.get(account);
        final long used = usedThisMonth.get(account);
        final List<String> reached = new ArrayList<>();
        for (final int percent : PERCENTAGES) {
            final String threshold = account + " " + percent + "%";
            if (granted > 0 && used * 100 >= granted * percent && told.add(threshold)) {
                reached.add(threshold);
            }
        }
        return reached;
    }

    /** Accounts have used nothing of what their plans grant for this month. */
    void beginMonth() {
        usedThisMonth.clear();
        told.clear();
    }

    /** Nothing was counted. */
    void forget() {
        rows.clear();
        beginMonth();
    }

    Usage usage() {
        final Map<Integer, Operations> products = totals(Usage.Row::productId);
        products.remove(0);
        return new Usage(Map.copyOf(rows), totals(Usage.Row::account), products);
    }

    private <K> Map<K, Operations> totals(final Function<Usage.Row, K> key) {
        final Map<K, Operations> totals = new HashMap<>();
        rows.forEach((row, operations) -> totals.merge(key.apply(row), operations, Operations::plus));
        return totals;
    }
}
