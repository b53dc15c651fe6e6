package io.eventrouter.loadgen.load;

import io.eventrouter.command.Command;
import io.eventrouter.identity.EntityId;
import io.eventrouter.loadgen.scenario.Rate;
import java.util.function.Consumer;

/**
 * Claimed devices of a group that change hands: one is unclaimed, and directly behind it claimed by the owner of
 * another device of the same product.
 */
final class GroupClaims {
    private static final int MAX_DRAWS = 1_000;

    private final FleetPlan plan;
    private final GroupPlan group;
    private final long seed;
    private long draws;

    GroupClaims(final FleetPlan plan, final GroupPlan group, final long seed) {
        this.plan = plan;
        this.group = group;
        this.seed = Mixing.mix(Mixing.mix(seed, group.number()), 4);
    }

    Rate rate() {
        return group.group.claimedCount() == 0
                ? Rate.NEVER
                : group.group.claiming().changes();
    }

    void change(final Consumer<Command> commands) {
        final int index = claimedDevice(0, group.count());
        final int part = group.partOf(index);
        final int other = claimedDevice(group.startOf(part), group.startOf(part + 1));
        final EntityId device = plan.ids.device(group.firstDevice + index);
        commands.accept(new Command.Unclaim(device));
        commands.accept(new Command.Claim(device, plan.owner(group, other, part)));
    }

    /** A device that is claimed at the start; there is one in every range that is asked for. */
    private int claimedDevice(final int start, final int end) {
        for (int i = 0; i < MAX_DRAWS; i++) {
            final int index = start + Mixing.below(end - start, Mixing.mix(seed, draws++));
            if (group.isClaimed(index)) {
                return index;
            }
        }
        int index = start;
        while (!group.isClaimed(index)) {
            index++;
        }
        return index;
    }
}
