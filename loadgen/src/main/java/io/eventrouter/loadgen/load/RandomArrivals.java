package io.eventrouter.loadgen.load;

import java.util.List;

/**
 * Poisson arrivals: random and independent, with the rate that the pace has at the time. Each of n publishers has a
 * process of its own with an n-th of the rate; together they are one of the whole rate.
 */
final class RandomArrivals implements Arrivals {
    private final List<Schedule.Segment> segments;
    private final int stride;
    private final long seed;

    private int segment;
    private long event;
    private long gaps;
    private double arrived;
    private long dueNs;

    RandomArrivals(final List<Schedule.Segment> segments, final int publisher, final int publishers, final long seed) {
        this.segments = segments;
        this.stride = publishers;
        this.seed = Mixing.mix(Mixing.mix(seed), publisher);
        this.event = publisher;
        draw();
    }

    @Override
    public long dueNs() {
        return dueNs;
    }

    @Override
    public long event() {
        return event;
    }

    @Override
    public void advance() {
        event += stride;
        draw();
    }

    @Override
    public long leftBefore(final long ns) {
        if (dueNs >= ns) {
            return 0;
        }
        double left = -arrived;
        for (int i = segment; i < segments.size(); i++) {
            final Schedule.Segment current = segments.get(i);
            final long inSegmentNs = Math.min(current.pace().durationNs(), ns - current.startNs());
            left += inSegmentNs <= 0 ? 0 : current.pace().before(inSegmentNs);
        }
        return 1 + Math.max(0, Math.round(left / stride));
    }

    private void draw() {
        while (segment < segments.size()) {
            arrived -= stride * Math.log1p(-Mixing.fraction(Mixing.mix(seed, gaps++)));
            final Schedule.Segment current = segments.get(segment);
            final long inSegmentNs = current.pace().dueNs(arrived);
            if (inSegmentNs < current.pace().durationNs()) {
                dueNs = current.startNs() + inSegmentNs;
                return;
            }
            segment++;
            arrived = 0;
        }
        dueNs = NONE;
    }
}
