package io.eventrouter.loadgen.plan;

import io.eventrouter.loadgen.Choices;
import io.eventrouter.loadgen.fleet.Plan;
import io.eventrouter.loadgen.fleet.Plans;
import java.io.PrintStream;
import java.util.List;

/** The prices of a plan for programs: one row for each pair of policies, account and plan that it could be on. */
public final class PriceCsv {
    /** The first line; docs/result-files.md says what the columns are. */
    public static final String HEADER =
            "era,product_scope,account,devices,operations,plan,blocks,usd_per_month,limit,exact,account_name";

    private PriceCsv() {}

    /**
     * Print all rows, of accounts that use most first.
     *
     * @param plan to print.
     * @param prices of the plans that accounts can be on.
     * @param out takes the rows.
     */
    public static void print(final PlanResult plan, final Plans prices, final PrintStream out) {
        out.println(HEADER);
        final List<PricedAccount> accounts = PricedAccount.of(plan);
        for (int month = 0; month < plan.months().size(); month++) {
            for (final PricedAccount account : accounts) {
                for (final Plan price : prices.all()) {
                    out.println(row(plan, month, account, account.quote(price, month)));
                }
            }
        }
    }

    private static String row(final PlanResult plan, final int month, final PricedAccount account, final Quote quote) {
        return String.join(
                ",",
                PlanCsv.policies(plan.months().get(month)),
                account.account(),
                Long.toString(account.devices()),
                Long.toString(account.operations().get(month)),
                PlanCsv.text(quote.plan().name()),
                quote.isPossible() ? Long.toString(quote.blocks()) : "",
                quote.isPossible() ? Long.toString(quote.usdPerMonth()) : "",
                Choices.name(quote.limit()),
                Boolean.toString(plan.isExact()),
                PlanCsv.name(plan, account.account()));
    }
}
