package io.eventrouter.loadgen.plan;

import io.eventrouter.loadgen.Choices;
import java.io.PrintStream;

/** The operations of a plan for programs: one row for each payer and pair of policies. */
public final class PlanCsv {
    /** The first line; docs/result-files.md says what the columns are. */
    public static final String HEADER =
            "era,product_scope,account,product_id,publish,events,answers,retries,total,exact,account_name,product_name";

    private PlanCsv() {}

    /**
     * Print all rows. Where a plan does not tell deliveries apart, all are under events.
     *
     * @param plan to print.
     * @param out takes the rows.
     */
    public static void print(final PlanResult plan, final PrintStream out) {
        out.println(HEADER);
        for (final PolicyMonth month : plan.months()) {
            month.figures()
                    .costs()
                    .forEach((payer, costs) -> out.println(String.join(
                            ",",
                            policies(month),
                            payer.account().toString(),
                            payer.productId() == 0 ? "" : Integer.toString(payer.productId()),
                            Long.toString(costs.publish()),
                            Long.toString(costs.events()),
                            Long.toString(costs.answers()),
                            Long.toString(costs.retries()),
                            Long.toString(costs.total()),
                            Boolean.toString(plan.isExact()),
                            name(plan, payer.account().toString()),
                            payer.productId() == 0 ? "" : name(plan, "product:" + payer.productId()))));
        }
    }

    /** The name of an account or product, nothing if it has none. */
    static String name(final PlanResult plan, final String id) {
        return text(plan.names().getOrDefault(id, ""));
    }

    /** What comes from a file and can have anything in it. */
    static String text(final String text) {
        return text.matches("[^,\"\\p{Cntrl}]*") ? text : '"' + text.replace("\"", "\"\"") + '"';
    }

    /** The first two columns. */
    static String policies(final PolicyMonth month) {
        return Choices.name(month.policies().era()) + ","
                + (month.policies().isBefore()
                        ? "any"
                        : Choices.name(month.policies().productScope()));
    }
}
