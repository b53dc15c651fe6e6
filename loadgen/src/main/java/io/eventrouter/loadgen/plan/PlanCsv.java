package io.eventrouter.loadgen.plan;

import io.eventrouter.loadgen.Choices;
import java.io.PrintStream;

/** The operations of a plan for programs: one row for each payer and pair of policies. */
public final class PlanCsv {
    /** The first line. */
    public static final String HEADER =
            "era,product_scope,account,product_id,publish,events,answers,retries,total,exact";

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
                            Choices.name(month.policies().era()),
                            month.policies().isBefore()
                                    ? "any"
                                    : Choices.name(month.policies().productScope()),
                            payer.account().toString(),
                            payer.productId() == 0 ? "" : Integer.toString(payer.productId()),
                            Long.toString(costs.publish()),
                            Long.toString(costs.events()),
                            Long.toString(costs.answers()),
                            Long.toString(costs.retries()),
                            Long.toString(costs.total()),
                            Boolean.toString(plan.isExact()))));
        }
    }
}
