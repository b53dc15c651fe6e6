package io.eventrouter.loadgen.load;

import java.math.BigInteger;

/**
 * How fast the events of one phase come. Event k, from 0, is due when k events were due before it: with constant rate r
 * at k/r, rounded down to whole nanoseconds and never accumulating an error. Immutable.
 */
sealed interface Pace {
    /** Nanoseconds in a second times thousandths in one, as rates are in thousandths a second. */
    long NS_TIMES_MILLI = 1_000_000_000_000L;

    /** Length of the phase in nanoseconds. */
    long durationNs();

    /** Events that are due before its end. */
    long count();

    /** When event k is due, in nanoseconds from the start of the phase. */
    long dueNs(long k);

    /** When so much of an event is due as random arrivals have come to; {@code Long.MAX_VALUE} for never. */
    long dueNs(double events);

    /** How many events are due before a time, which is one in the phase, on average over random arrivals. */
    double before(long ns);

    /** Rate at the start, in thousandths a second. */
    long fromMilliPerSecond();

    /** The same rate all the time. */
    record Constant(long durationNs, long milliPerSecond) implements Pace {
        @Override
        public long count() {
            // k is due before the end if k * 10^12 / rate < duration, rounded down or not.
            return BigInteger.valueOf(durationNs)
                    .multiply(BigInteger.valueOf(milliPerSecond))
                    .add(BigInteger.valueOf(NS_TIMES_MILLI - 1))
                    .divide(BigInteger.valueOf(NS_TIMES_MILLI))
                    .longValueExact();
        }

        @Override
        public long dueNs(final long k) {
            // Split, so that nothing overflows up to 2^63 ns and 10^12 events a second.
            final long whole = k / milliPerSecond * NS_TIMES_MILLI;
            final long rest = k % milliPerSecond;
            final long high = Math.multiplyHigh(rest, NS_TIMES_MILLI);
            final long low = rest * NS_TIMES_MILLI;
            return whole
                    + (high == 0 && low >= 0
                            ? low / milliPerSecond
                            : BigInteger.valueOf(rest)
                                    .multiply(BigInteger.valueOf(NS_TIMES_MILLI))
                                    .divide(BigInteger.valueOf(milliPerSecond))
                                    .longValueExact());
        }

        @Override
        public long dueNs(final double events) {
            return milliPerSecond == 0 ? Long.MAX_VALUE : (long) (events * NS_TIMES_MILLI / milliPerSecond);
        }

        @Override
        public double before(final long ns) {
            return (double) milliPerSecond / NS_TIMES_MILLI * ns;
        }

        @Override
        public long fromMilliPerSecond() {
            return milliPerSecond;
        }
    }

    /** Evenly from one rate to another. */
    record Ramp(long durationNs, long fromMilliPerSecond, long toMilliPerSecond) implements Pace {
        @Override
        public long count() {
            final double mean = (fromMilliPerSecond + (double) toMilliPerSecond) / 2;
            return (long) Math.ceil(mean / NS_TIMES_MILLI * durationNs);
        }

        @Override
        public long dueNs(final long k) {
            return dueNs((double) k);
        }

        @Override
        public long dueNs(final double events) {
            // Solves from * t + slope / 2 * t^2 = events in the form that loses no digits.
            final double from = (double) fromMilliPerSecond / NS_TIMES_MILLI;
            final double slope = (toMilliPerSecond - fromMilliPerSecond) / (double) NS_TIMES_MILLI / durationNs;
            final double root = from * from + 2 * slope * events;
            if (root < 0) {
                return Long.MAX_VALUE;
            }
            final double divisor = from + Math.sqrt(root);
            return divisor == 0 ? 0 : (long) (2 * events / divisor);
        }

        @Override
        public double before(final long ns) {
            final double slope = (toMilliPerSecond - fromMilliPerSecond) / (double) durationNs;
            return (fromMilliPerSecond + slope * ns / 2) / NS_TIMES_MILLI * ns;
        }
    }

    /** So many events at one moment, again and again, from the start of the phase. */
    record Bursts(long durationNs, long size, long everyNs) implements Pace {
        @Override
        public long count() {
            return Math.multiplyExact((durationNs + everyNs - 1) / everyNs, size);
        }

        @Override
        public long dueNs(final long k) {
            return k / size * everyNs;
        }

        @Override
        public long dueNs(final double events) {
            return dueNs((long) events);
        }

        @Override
        public double before(final long ns) {
            return ns == 0 ? 0 : (double) ((ns - 1) / everyNs + 1) * size;
        }

        @Override
        public long fromMilliPerSecond() {
            return Math.round((double) size * NS_TIMES_MILLI / everyNs);
        }
    }
}
