package io.eventrouter.loadgen.load;

import io.eventrouter.event.EventDraft;
import io.eventrouter.loadgen.scenario.IntegrationGroup;
import io.eventrouter.loadgen.scenario.PublishPattern;
import java.util.List;
import java.util.stream.IntStream;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/** Devices of a group that publish by one pattern. */
final class DeviceSource implements EventSource {
    private static final int TOPIC = 1;
    private static final int SIZE = 2;

    private final FleetIds ids;
    private final GroupPlan group;
    private final double perSecond;
    private final RankTable ranks;
    private final Permutation scattered;
    private final NameTable names;
    private final SizeTable sizes;
    private final DirectBuffer payload;
    private final int[][] answersIfClaimed;
    private final int[][] answersIfUnclaimed;

    DeviceSource(
            final FleetPlan plan,
            final GroupPlan group,
            final PublishPattern pattern,
            final DirectBuffer payload,
            final long seed) {
        this.ids = plan.ids;
        this.group = group;
        this.perSecond = group.count() * pattern.meanPerSecond();
        this.ranks = new RankTable(group.count(), pattern.skew());
        this.scattered = pattern.skew().isNone() ? null : new Permutation(group.count(), seed);
        this.names = new NameTable(pattern.name(), pattern.topics());
        this.sizes = new SizeTable(pattern.size());
        this.payload = payload;
        this.answersIfClaimed = answers(plan.fleet.integrations(), true);
        this.answersIfUnclaimed = answers(plan.fleet.integrations(), false);
    }

    private int[][] answers(final List<IntegrationGroup> integrations, final boolean isClaimed) {
        return IntStream.range(0, names.count())
                .mapToObj(name -> Answers.to(integrations, group.group, isClaimed, names.text(name)))
                .toArray(int[][]::new);
    }

    @Override
    public double perSecond() {
        return perSecond;
    }

    @Override
    public int shares() {
        return Math.max(1, Math.min(group.count(), group.payers()));
    }

    @Override
    public int[] fill(final EventDraft draft, final long publisherBits, final long bits, final UnsafeBuffer scratch) {
        final int rank = ranks.draw(publisherBits);
        final int index = scattered == null ? rank : scattered.at(rank);
        final int device = group.firstDevice + index;
        final long idHigh = ids.deviceHigh(device);
        final int idLow = ids.deviceLow(device);
        final int name = names.count() == 1 ? 0 : Mixing.below(names.count(), Mixing.mix(bits, TOPIC));
        draft.fromDevice(idHigh, idLow);
        names.name(draft, name, idHigh, idLow, scratch);
        draft.payload(payload, 0, sizes.draw(Mixing.mix(bits, SIZE)));
        return answersIfClaimed[name] == NOBODY || group.isClaimed(index)
                ? answersIfClaimed[name]
                : answersIfUnclaimed[name];
    }
}
