package io.eventrouter.loadgen.load;

import io.eventrouter.command.Command;
import io.eventrouter.identity.EntityId;
import io.eventrouter.loadgen.scenario.Rate;
import java.util.BitSet;
import java.util.function.Consumer;
import org.agrona.collections.IntArrayQueue;

/**
 * Devices of a group that come and go: in turns one that is online leaves, and the one that has been away longest comes
 * back, so that as many as at first stay online.
 */
final class GroupPresence {
    private final FleetPlan plan;
    private final GroupPlan group;
    private final long seed;
    private final Rate rate;
    private final BitSet online;
    private final IntArrayQueue away = new IntArrayQueue();
    private long changes;
    private long draws;

    GroupPresence(final FleetPlan plan, final GroupPlan group, final long seed) {
        this.plan = plan;
        this.group = group;
        this.seed = Mixing.mix(Mixing.mix(seed, group.number()), 3);
        final Rate leaves = group.group.presence().leavesOf(group.count());
        this.rate = group.group.onlineCount() == 0 ? Rate.NEVER : new Rate(2 * leaves.milliPerSecond());
        this.online = new BitSet(group.count());
        for (int index = 0; index < group.count(); index++) {
            if (group.isOnlineAtFirst(index)) {
                online.set(index);
            } else {
                away.addInt(index);
            }
        }
    }

    /** Devices that leave, and devices that come back, together. */
    Rate rate() {
        return rate;
    }

    void change(final Consumer<Command> commands) {
        if ((changes++ & 1) == 0) {
            leave(commands);
        } else {
            comeBack(commands);
        }
    }

    /** A device has connected for another reason. */
    void cameOnline(final int index) {
        online.set(index);
    }

    private void leave(final Consumer<Command> commands) {
        if (online.isEmpty()) {
            return;
        }
        int index = online.nextSetBit(Mixing.below(group.count(), Mixing.mix(seed, draws++)));
        if (index < 0) {
            index = online.nextSetBit(0);
        }
        online.clear(index);
        away.addInt(index);
        commands.accept(new Command.EndSession(plan.ids.device(group.firstDevice + index)));
    }

    private void comeBack(final Consumer<Command> commands) {
        while (!away.isEmpty()) {
            final int index = away.pollInt();
            if (!online.get(index)) {
                final EntityId id = plan.ids.device(group.firstDevice + index);
                online.set(index);
                DeviceSession.begin(group, index, id, commands);
                return;
            }
        }
    }
}
