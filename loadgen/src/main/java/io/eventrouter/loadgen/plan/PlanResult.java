package io.eventrouter.loadgen.plan;

import java.util.List;
import java.util.Map;

/**
 * What came of a plan.
 *
 * @param title what was planned.
 * @param days of the month.
 * @param size of the fleet.
 * @param months one for each pair of policies, in the order of {@link io.eventrouter.loadgen.scope.Policies#ALL}.
 * @param isExact whether every operation is counted rather than estimated.
 * @param isSplit whether deliveries are told apart by what was delivered.
 * @param names that accounts and products have, by their ids as text; empty if they are known by those.
 * @param warnings what may not be as it was meant, such as events whose names the fleet does not know: one sentence
 *     each.
 * @param notes how the figures were found, and what was assumed: one sentence or more each.
 */
public record PlanResult(
        String title,
        int days,
        FleetSize size,
        List<PolicyMonth> months,
        boolean isExact,
        boolean isSplit,
        Map<String, String> names,
        List<String> warnings,
        List<String> notes) {
    /** Under the rules of today with their defaults. */
    PolicyMonth today() {
        return months.get(1);
    }

    /** Under the rules before March 2023. */
    PolicyMonth before() {
        return months.get(0);
    }

    /** How people know an account: by its name, if it has one, and its id. */
    String named(final String account) {
        final String name = names.get(account);
        return name == null ? account : name + ", " + account;
    }
}
