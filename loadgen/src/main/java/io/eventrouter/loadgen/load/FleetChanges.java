package io.eventrouter.loadgen.load;

import io.eventrouter.command.Command;
import io.eventrouter.identity.EntityId;
import io.eventrouter.loadgen.scenario.Rate;
import io.eventrouter.loadgen.scenario.ReconnectStorm;
import io.eventrouter.loadgen.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What changes in a fleet while a load runs: devices that change hands, come and go, or all reconnect. Each kind has a
 * schedule of its own, at a fixed rate.
 *
 * <p><b>Threading:</b> the thread of one publisher, which makes the changes in between its events.
 */
final class FleetChanges {
    /** A kind of change and when it is due. */
    private static final class Timetable {
        private final long startNs;
        private final Pace.Constant pace;
        private final Consumer<Consumer<Command>> change;
        private long next;
        private long dueNs;

        private Timetable(
                final long startNs, final long endNs, final Rate rate, final Consumer<Consumer<Command>> change) {
            this.startNs = startNs;
            this.pace = new Pace.Constant(Math.max(0, endNs - startNs), rate.milliPerSecond());
            this.change = change;
            this.dueNs = pace.count() == 0 ? Arrivals.NONE : startNs;
        }

        private void perform(final Consumer<Command> commands) {
            change.accept(commands);
            next++;
            dueNs = next == pace.count() ? Arrivals.NONE : startNs + pace.dueNs(next);
        }
    }

    private final FleetPlan plan;
    private final List<GroupPresence> presences = new ArrayList<>();
    private final List<GroupClaims> claims = new ArrayList<>();
    private final Optional<ReconnectStorm> storm;
    private final Permutation stormOrder;
    private final List<Timetable> timetables = new ArrayList<>();
    private int stormed;
    private Timetable earliest;

    FleetChanges(final Scenario scenario, final FleetPlan plan) {
        this.plan = plan;
        this.storm = scenario.storm();
        this.stormOrder = new Permutation(plan.deviceCount(), scenario.seed());
        for (final GroupPlan group : plan.groups) {
            presences.add(new GroupPresence(plan, group, scenario.seed()));
            claims.add(new GroupClaims(plan, group, scenario.seed()));
        }
    }

    /** Begin a load; what has changed before stays. */
    void start(final long durationNs) {
        addSteady(durationNs);
        stormed = 0;
        storm.ifPresent(it -> timetables.add(
                new Timetable(it.afterNs(), Math.min(durationNs, endNs(it)), it.rate(), this::reconnect)));
        findEarliest();
    }

    /** Begin a load in which no storm comes. */
    void startWithoutStorm(final long durationNs) {
        addSteady(durationNs);
        findEarliest();
    }

    private void addSteady(final long durationNs) {
        timetables.clear();
        for (int i = 0; i < presences.size(); i++) {
            final GroupPresence presence = presences.get(i);
            final GroupClaims claim = claims.get(i);
            timetables.add(new Timetable(0, durationNs, presence.rate(), presence::change));
            timetables.add(new Timetable(0, durationNs, claim.rate(), claim::change));
        }
    }

    /** When the next change is due, in nanoseconds from the start of the load, or {@link Arrivals#NONE}. */
    long dueNs() {
        return earliest.dueNs;
    }

    /** Make the next change. */
    void perform(final Consumer<Command> commands) {
        earliest.perform(commands);
        findEarliest();
    }

    private long endNs(final ReconnectStorm it) {
        final long devices = Math.round(plan.deviceCount() * it.share());
        return it.afterNs()
                + (devices == 0 ? 0 : new Pace.Constant(0, it.rate().milliPerSecond()).dueNs(devices - 1) + 1);
    }

    private void reconnect(final Consumer<Command> commands) {
        final int device = stormOrder.at(stormed++);
        final GroupPlan group = plan.groupOf(device);
        final EntityId id = plan.ids.device(device);
        commands.accept(new Command.EndSession(id));
        DeviceSession.begin(group, device - group.firstDevice, id, commands);
        presences.get(group.number()).cameOnline(device - group.firstDevice);
    }

    private void findEarliest() {
        earliest = timetables.get(0);
        for (final Timetable timetable : timetables) {
            if (timetable.dueNs < earliest.dueNs) {
                earliest = timetable;
            }
        }
    }
}
