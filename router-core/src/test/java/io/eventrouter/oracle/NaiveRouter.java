package io.eventrouter.oracle;

import io.eventrouter.command.Command;
import io.eventrouter.command.Refusal;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.event.EventOrigin;
import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.status.RouterCounter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The oracle: routes by asking every question of {@link NaiveRules} about everything, for every event.
 *
 * <p>It shares nothing with the router but commands, ids and enums, and has no index, no cache and no buffer.
 */
class NaiveRouter {
    final NaiveFleet fleet = new NaiveFleet();
    final NaiveRules rules;
    final NaiveRefusals refusals = new NaiveRefusals(fleet);
    private final NaiveCommands commands;
    private final NaiveMeter meter = new NaiveMeter(fleet);
    private final Map<EntityId, AttemptOutcome> answers = new HashMap<>();
    private Tally tally = new Tally();

    NaiveRouter(final Policies policies) {
        this(policies, new NaiveRules(new NaiveFleet(), policies));
    }

    NaiveRouter(final Policies policies, final NaiveRules rules) {
        this.rules = rules;
        this.commands = new NaiveCommands(fleet, policies.subscriptionsPerDevice());
    }
}
