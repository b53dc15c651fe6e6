package io.eventrouter.loadgen.plan;

import io.eventrouter.loadgen.fleet.Plan;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * An account, as far as its price depends on it.
 *
 * @param account its id as text.
 * @param devices that it pays for.
 * @param operations a month under each pair of policies, in the order of {@link PlanResult#months()}.
 */
record PricedAccount(String account, long devices, List<Long> operations) {
    /**
     * All accounts of a plan that have devices, or pay for anything under any policies; those who use most today first.
     */
    static List<PricedAccount> of(final PlanResult plan) {
        final Map<String, Long> devices = plan.size().byAccount();
        final List<SortedMap<String, Costs>> months =
                plan.months().stream().map(month -> month.figures().byAccount()).toList();
        final TreeSet<String> accounts = new TreeSet<>();
        months.forEach(month -> accounts.addAll(month.keySet()));
        devices.forEach((account, count) -> {
            if (count > 0) {
                accounts.add(account);
            }
        });
        final int today = plan.months().indexOf(plan.today());
        return accounts.stream()
                .map(account -> new PricedAccount(
                        account,
                        devices.getOrDefault(account, 0L),
                        months.stream()
                                .map(month ->
                                        month.getOrDefault(account, Costs.NONE).total())
                                .toList()))
                .sorted(Comparator.comparingLong(
                                (PricedAccount account) -> -account.operations().get(today))
                        .thenComparing(PricedAccount::account))
                .toList();
    }

    /** What it would pay on a plan under the policies of a month. */
    Quote quote(final Plan price, final int month) {
        return Quote.of(price, operations.get(month), devices);
    }
}
