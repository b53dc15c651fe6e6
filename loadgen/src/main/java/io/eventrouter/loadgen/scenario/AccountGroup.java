package io.eventrouter.loadgen.scenario;

import io.eventrouter.loadgen.fleet.Plan;

/**
 * Accounts that are alike.
 *
 * @param name of the group; of the account itself if there is one.
 * @param isUser whether they are users with a sandbox, rather than organizations.
 * @param plan that each has.
 * @param blocks of the plan.
 * @param count how many there are.
 */
public record AccountGroup(String name, boolean isUser, Plan plan, int blocks, int count) {}
