package io.eventrouter.oracle;

import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Everything that was counted since the start.
 *
 * @param rows the operations of each device under each account and product.
 * @param accounts totals by account.
 * @param products totals by product.
 */
public record Usage(Map<Row, Operations> rows, Map<AccountId, Operations> accounts, Map<Integer, Operations> products) {
    /**
     * What operations are counted by.
     *
     * @param account that pays.
     * @param productId in which the device was in good standing; 0 for none.
     * @param device that published or received.
     */
    public record Row(AccountId account, int productId, EntityId device) {}

    /** What the totals are if rows are all that was counted. */
    public static Usage ofRows(final Map<Row, Operations> rows) {
        final Map<AccountId, Operations> accounts = new HashMap<>();
        final Map<Integer, Operations> products = new HashMap<>();
        rows.forEach((row, operations) -> {
            accounts.merge(row.account(), operations, Operations::plus);
            if (row.productId() != 0) {
                products.merge(row.productId(), operations, Operations::plus);
            }
        });
        return new Usage(rows, accounts, products);
    }

    Operations of(final AccountId account) {
        return accounts.getOrDefault(account, Operations.NONE);
    }

    /** Every row and total as text, in a stable order. */
    Map<String, Operations> lines() {
        final Map<String, Operations> lines = new TreeMap<>();
        rows.forEach((row, operations) -> lines.put(row.toString(), operations));
        accounts.forEach((account, operations) -> lines.put("total of " + account, operations));
        products.forEach((product, operations) -> lines.put("total of product " + product, operations));
        return lines;
    }
}
