package io.eventrouter.metering;

import io.eventrouter.identity.AccountId;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Totals at one place in the order: everything that was counted before the sequence is in them, nothing after it. With
 * several lanes, that is the command's place in each of them. With a data directory they go on from what was durable
 * when the run before ended, so they count from the first launch on that directory; without one, from the launch.
 * Immutable.
 *
 * @param sequence of the snapshot.
 * @param accounts totals by account, without accounts that never ran up an operation.
 * @param products totals by product, without products that never ran up an operation; they are part of their account's
 *     totals.
 */
public record UsageSnapshot(long sequence, Map<AccountId, Totals> accounts, Map<Integer, Totals> products) {
    /**
     * Operations since the place from which the snapshot counts.
     *
     * @param publishOperations for publishing.
     * @param subscribeOperations for attempts to deliver.
     */
    public record Totals(long publishOperations, long subscribeOperations) {
        /** Nothing was counted. */
        public static final Totals NONE = new Totals(0, 0);

        /**
         * Both kinds together.
         *
         * @return the sum.
         */
        public long total() {
            return Math.addExact(publishOperations, subscribeOperations);
        }

        /**
         * These and others together.
         *
         * @param others to add.
         * @return the sums.
         */
        public Totals plus(final Totals others) {
            return new Totals(
                    Math.addExact(publishOperations, others.publishOperations),
                    Math.addExact(subscribeOperations, others.subscribeOperations));
        }
    }

    public UsageSnapshot {
        accounts = copyOf(accounts);
        products = copyOf(products);
    }

    // Not Map.copyOf: that looks through all keys whose hashes collide, of which a HashMap makes a tree.
    private static <K> Map<K, Totals> copyOf(final Map<K, Totals> totals) {
        return Collections.unmodifiableMap(new HashMap<>(totals));
    }

    /**
     * The totals of two lanes together.
     *
     * @param other of the same sequence.
     * @return the sums.
     */
    public UsageSnapshot plus(final UsageSnapshot other) {
        return new UsageSnapshot(sequence, sums(accounts, other.accounts), sums(products, other.products));
    }

    private static <K> Map<K, Totals> sums(final Map<K, Totals> some, final Map<K, Totals> others) {
        final Map<K, Totals> sums = new HashMap<>(some);
        others.forEach((key, totals) -> sums.merge(key, totals, Totals::plus));
        return sums;
    }

    /**
     * Totals of one account.
     *
     * @param account to look up.
     * @return its totals, zero if it never ran up an operation.
     */
    public Totals of(final AccountId account) {
        return accounts.getOrDefault(account, Totals.NONE);
    }

    /**
     * Totals of one product.
     *
     * @param productId to look up.
     * @return its totals, zero if it never ran up an operation.
     */
    public Totals ofProduct(final int productId) {
        return products.getOrDefault(productId, Totals.NONE);
    }

    /**
     * The accounts that ran up operations.
     *
     * @return the accounts in the order of their printed form.
     */
    public List<AccountId> sortedAccounts() {
        return accounts.keySet().stream()
                .sorted((a, b) -> a.toString().compareTo(b.toString()))
                .toList();
    }
}
