package io.eventrouter.loadgen.plan;

import io.eventrouter.loadgen.scope.Policies;

/**
 * A month under one pair of policies.
 *
 * @param policies of the router.
 * @param figures of the month.
 */
public record PolicyMonth(Policies policies, MonthFigures figures) {}
