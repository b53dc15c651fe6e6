package io.eventrouter.loadgen.load;

import io.eventrouter.event.EventDraft;
import io.eventrouter.loadgen.scenario.Broadcast;
import io.eventrouter.loadgen.scenario.PublishPattern;
import io.eventrouter.loadgen.scenario.Scenario;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The events of a load: the n-th is a function of the scenario, its seed and n, whichever thread asks for it and
 * whenever. Filling one in costs some tens of nanoseconds and no objects. Immutable; any thread.
 */
final class EventMix {
    private static final int PAYLOAD_BYTES = 1 << 20;
    private static final int SOURCE = 1;

    private final long seed;
    private final EventSource[] sources;
    private final AliasTable bySource;
    private final Answers answers;

    private EventMix(final EventMix other, final double leastShare) {
        seed = other.seed;
        sources = other.sources;
        answers = other.answers;
        bySource = bySource(sources, leastShare);
    }

    EventMix(final Scenario scenario, final FleetPlan plan) {
        seed = Mixing.mix(scenario.seed());
        final UnsafeBuffer payload = payload();
        final List<EventSource> found = new ArrayList<>();
        for (final GroupPlan group : plan.groups) {
            for (final PublishPattern pattern : group.group.publishes()) {
                found.add(new DeviceSource(plan, group, pattern, payload, Mixing.mix(seed, found.size())));
            }
        }
        for (final Broadcast broadcast : plan.fleet.broadcasts()) {
            found.add(new ApiSource(plan, broadcast, payload));
        }
        sources = found.toArray(new EventSource[0]);
        bySource = bySource(sources, 0);
        answers = new Answers(plan.fleet.integrations(), payload);
    }

    /** The same sources, but each with such a share of the events at least, or a little less. */
    EventMix withShareOfAtLeast(final double share) {
        return new EventMix(this, share);
    }

    private static AliasTable bySource(final EventSource[] sources, final double leastShare) {
        final double least =
                Arrays.stream(sources).mapToDouble(EventSource::perSecond).sum() * leastShare;
        return new AliasTable(Arrays.stream(sources)
                .mapToDouble(source -> Math.max(least, source.perSecond()))
                .toArray());
    }

    /** The random bits that the n-th event is a function of. */
    long bits(final long n) {
        return Mixing.mix(seed, n);
    }

    /** Fill in an event from its bits. */
    int[] fill(final EventDraft draft, final long bits, final UnsafeBuffer scratch) {
        final long bitsOfSource = Mixing.mix(bits, SOURCE);
        return sources[bySource.draw(bits)].fill(draft, bitsOfSource, bitsOfSource, scratch);
    }

    Answers answers() {
        return answers;
    }

    private static UnsafeBuffer payload() {
        final byte[] bytes = new byte[PAYLOAD_BYTES];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) ('a' + Mixing.below(26, Mixing.mix(i)));
        }
        return new UnsafeBuffer(bytes);
    }
}
