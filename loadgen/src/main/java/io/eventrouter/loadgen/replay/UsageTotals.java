package io.eventrouter.loadgen.replay;

import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.metering.UsageHandler;
import io.eventrouter.metering.UsageRecord;
import io.eventrouter.metering.UsageSnapshot.Totals;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Adds up the usage records of a whole replay.
 *
 * <p><b>Threading:</b> the routing thread fills it; once it is done, the replaying thread reads it.
 */
public final class UsageTotals implements UsageHandler {
    /**
     * Operations of one device under one account and product.
     *
     * @param account that pays.
     * @param productId of the product in which the device was in good standing; 0 for none.
     * @param device that published or received.
     * @param publishOperations for publishing.
     * @param subscribeOperations for attempts to deliver.
     */
    public record Row(
            AccountId account, int productId, EntityId device, long publishOperations, long subscribeOperations) {
        long total() {
            return publishOperations + subscribeOperations;
        }

        String productText() {
            return productId == 0 ? "" : Integer.toString(productId);
        }
    }

    private record Key(AccountId account, int productId, EntityId device) {}

    private final Map<Key, long[]> totals = new HashMap<>();
    // A fleet has few accounts and many devices, so every row shares the account.
    private final Map<AccountId, AccountId> accounts = new HashMap<>();

    @Override
    public void onUsage(final UsageRecord usage) {
        final AccountId account = accounts.computeIfAbsent(usage.account(), same -> same);
        final EntityId device = EntityId.of(usage.deviceIdHigh(), usage.deviceIdLow());
        final long[] sums = totals.computeIfAbsent(new Key(account, usage.productId(), device), key -> new long[2]);
        sums[0] = Math.addExact(sums[0], usage.publishOperations());
        sums[1] = Math.addExact(sums[1], usage.subscribeOperations());
    }

    /**
     * Every device that ran up an operation, sorted by account, product and device as text.
     *
     * @return the rows.
     */
    public List<Row> rows() {
        final Map<AccountId, String> texts = new HashMap<>();
        accounts.keySet().forEach(account -> texts.put(account, account.toString()));
        final List<Row> rows = new ArrayList<>(totals.size());
        totals.forEach((key, sums) -> {
            if (sums[0] + sums[1] != 0) {
                rows.add(new Row(key.account, key.productId, key.device, sums[0], sums[1]));
            }
        });
        rows.sort(Comparator.comparing((Row row) -> texts.get(row.account()))
                .thenComparing(Row::productText)
                .thenComparing(Row::device));
        return rows;
    }

    /**
     * The totals of every account that ran up an operation.
     *
     * @return the totals.
     */
    public Map<AccountId, Totals> byAccount() {
        final Map<AccountId, Totals> byAccount = new HashMap<>();
        totals.forEach((key, sums) -> byAccount.merge(key.account, new Totals(sums[0], sums[1]), Totals::plus));
        return byAccount;
    }

    /**
     * The totals of everything.
     *
     * @return the totals.
     */
    public Totals all() {
        return totals.values().stream()
                .map(sums -> new Totals(sums[0], sums[1]))
                .reduce(Totals.NONE, Totals::plus);
    }
}
