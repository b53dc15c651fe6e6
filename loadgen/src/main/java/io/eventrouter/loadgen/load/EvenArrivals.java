package io.eventrouter.loadgen.load;

import java.math.BigInteger;
import java.util.List;

/** Every event at its fixed place: of n publishers, the k-th takes events k, k + n, k + 2n, and so on. */
final class EvenArrivals implements Arrivals {
    private final List<Schedule.Segment> segments;
    private final int stride;

    private int segment = -1;
    private long event;
    private long endOfSegment;
    private long dueNs;
    // Of a constant rate: how the due time grows from one event to the next, as a fraction.
    private long step;
    private long stepRest;
    private long rest;
    private long divisor;

    EvenArrivals(final List<Schedule.Segment> segments, final int publisher, final int publishers) {
        this.segments = segments;
        this.stride = publishers;
        this.event = publisher;
        enterSegment();
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
        if (event >= endOfSegment) {
            enterSegment();
        } else if (divisor > 0) {
            dueNs += step;
            rest += stepRest;
            if (rest >= divisor) {
                rest -= divisor;
                dueNs++;
            }
        } else {
            final Schedule.Segment current = segments.get(segment);
            dueNs = current.startNs() + current.pace().dueNs(event - current.firstEvent());
        }
    }

    @Override
    public long leftBefore(final long ns) {
        long left = 0;
        long next = event;
        for (int i = segment; i < segments.size(); i++) {
            final Schedule.Segment current = segments.get(i);
            final long inSegment = inSegmentBefore(current, next, ns);
            left += inSegment;
            next += inSegment * stride;
            if (next < current.firstEvent() + current.pace().count()) {
                return left;
            }
        }
        return left;
    }

    /** How many events from one on, a stride apart, are in a segment and due before a time. */
    private long inSegmentBefore(final Schedule.Segment in, final long first, final long ns) {
        final long end = in.firstEvent() + in.pace().count();
        long due = 0;
        long notDue = Math.max(0, (end - first + stride - 1) / stride);
        while (due < notDue) {
            final long middle = (due + notDue) >>> 1;
            if (in.startNs() + in.pace().dueNs(first + middle * stride - in.firstEvent()) < ns) {
                due = middle + 1;
            } else {
                notDue = middle;
            }
        }
        return due;
    }

    private void enterSegment() {
        while (event >= endOfSegment) {
            if (segment + 1 == segments.size()) {
                dueNs = NONE;
                return;
            }
            segment++;
            endOfSegment = segments.get(segment).firstEvent()
                    + segments.get(segment).pace().count();
        }
        final Schedule.Segment current = segments.get(segment);
        final long k = event - current.firstEvent();
        dueNs = current.startNs() + current.pace().dueNs(k);
        divisor = 0;
        if (current.pace() instanceof Pace.Constant constant) {
            divisor = constant.milliPerSecond();
            step = constant.dueNs(stride);
            stepRest = remainder(stride);
            rest = remainder(k);
        }
    }

    /** What is lost when event k is rounded down, in parts of the divisor. */
    private long remainder(final long k) {
        final long factor = Pace.NS_TIMES_MILLI % divisor;
        return BigInteger.valueOf(k % divisor)
                .multiply(BigInteger.valueOf(factor))
                .mod(BigInteger.valueOf(divisor))
                .longValueExact();
    }
}
