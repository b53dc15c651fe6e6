package io.eventrouter.loadgen.load;

import io.eventrouter.loadgen.scenario.Load;
import io.eventrouter.loadgen.scenario.Phase;
import io.eventrouter.loadgen.scenario.Rate;
import java.util.ArrayList;
import java.util.List;

/**
 * When every event of a load is due, in nanoseconds from its start. Fixed beforehand: whatever happens while the load
 * runs, no event is shifted or skipped. Immutable.
 */
final class Schedule {
    /**
     * One phase.
     *
     * @param startNs when it begins.
     * @param pace of the phase.
     * @param firstEvent number of its first event, if they are evenly spaced.
     */
    record Segment(long startNs, Pace pace, long firstEvent) {}

    private final List<Segment> segments;
    private final boolean isPoisson;
    private final long durationNs;

    Schedule(final Load load, final Rate loadRate) {
        isPoisson = load.isPoisson();
        segments = new ArrayList<>();
        long startNs = 0;
        long event = 0;
        for (final Phase phase : flat(load.phases())) {
            final Pace pace = pace(phase, loadRate);
            segments.add(new Segment(startNs, pace, event));
            startNs += phase.durationNs();
            event += pace.count();
        }
        durationNs = startNs;
    }

    /** Length of all phases. */
    long durationNs() {
        return durationNs;
    }

    List<Segment> segments() {
        return segments;
    }

    /** How many events are due before a time, on average over random arrivals. */
    double before(final long ns) {
        double events = 0;
        for (final Segment segment : segments) {
            final long inSegmentNs = Math.min(segment.pace().durationNs(), ns - segment.startNs());
            events += inSegmentNs <= 0 ? 0 : segment.pace().before(inSegmentNs);
        }
        return events;
    }

    /**
     * The events that one of several publishers takes.
     *
     * @param publisher number of the publisher, from 0.
     * @param publishers how many there are.
     * @param seed of random arrivals.
     * @return its events, in order.
     */
    Arrivals arrivals(final int publisher, final int publishers, final long seed) {
        return isPoisson
                ? new RandomArrivals(segments, publisher, publishers, seed)
                : new EvenArrivals(segments, publisher, publishers);
    }

    private static List<Phase> flat(final List<Phase> phases) {
        final List<Phase> flat = new ArrayList<>();
        for (final Phase phase : phases) {
            if (phase instanceof Phase.Steps steps) {
                flat.addAll(steps.steps());
            } else {
                flat.add(phase);
            }
        }
        return flat;
    }

    private static Pace pace(final Phase phase, final Rate loadRate) {
        if (phase instanceof Phase.Constant constant) {
            return new Pace.Constant(
                    constant.durationNs(), constant.rate().of(loadRate).milliPerSecond());
        }
        if (phase instanceof Phase.Ramp ramp) {
            final Rate from = ramp.from().of(loadRate);
            final Rate to = ramp.to().of(loadRate);
            return from.equals(to)
                    ? new Pace.Constant(ramp.durationNs(), from.milliPerSecond())
                    : new Pace.Ramp(ramp.durationNs(), from.milliPerSecond(), to.milliPerSecond());
        }
        final Phase.Bursts bursts = (Phase.Bursts) phase;
        return new Pace.Bursts(bursts.durationNs(), bursts.size(), bursts.everyNs());
    }
}
