package io.eventrouter.loadgen.scenario;

import java.util.List;

/** A distribution of sizes in bytes or durations in nanoseconds, all 0 or more. Immutable. */
public sealed interface Distribution {
    /**
     * The mean.
     *
     * @return the mean.
     */
    double mean();

    /**
     * The least value.
     *
     * @return the value.
     */
    long min();

    /**
     * The greatest value.
     *
     * @return the value; {@link Long#MAX_VALUE} if there is none.
     */
    long max();

    /**
     * The value that a share of all values does not exceed: with shares at random, values at random.
     *
     * @param share 0 to less than 1.
     * @return the value.
     */
    long valueAt(double share);

    /**
     * Always the same.
     *
     * @param value the only one.
     */
    record Fixed(long value) implements Distribution {
        @Override
        public double mean() {
            return value;
        }

        @Override
        public long min() {
            return value;
        }

        @Override
        public long max() {
            return value;
        }

        @Override
        public long valueAt(final double share) {
            return value;
        }
    }

    /**
     * Every whole number in a range alike.
     *
     * @param min the least.
     * @param max the greatest.
     */
    record Uniform(long min, long max) implements Distribution {
        @Override
        public double mean() {
            return min + (max - min) / 2.0;
        }

        @Override
        public long valueAt(final double share) {
            return Math.min(max, min + (long) (share * (max - min + 1.0)));
        }
    }

    /**
     * Exponential, cut.
     *
     * @param uncutMean mean before cutting.
     * @param max the greatest; what would be more is this.
     */
    record Exponential(long uncutMean, long max) implements Distribution {
        @Override
        public double mean() {
            return max == Long.MAX_VALUE ? uncutMean : -uncutMean * Math.expm1(-(double) max / uncutMean);
        }

        @Override
        public long min() {
            return 0;
        }

        @Override
        public long valueAt(final double share) {
            return Math.min(max, Math.round(-uncutMean * Math.log1p(-share)));
        }
    }

    /**
     * Some values, each with its share.
     *
     * @param entries whose shares add up to 1.
     */
    record Mix(List<Entry> entries) implements Distribution {
        /**
         * One of the values.
         *
         * @param value itself.
         * @param share of it, 0 to 1.
         */
        public record Entry(long value, double share) {}

        public Mix {
            entries = List.copyOf(entries);
        }

        @Override
        public double mean() {
            return entries.stream()
                    .mapToDouble(entry -> entry.value() * entry.share())
                    .sum();
        }

        @Override
        public long min() {
            return entries.stream().mapToLong(Entry::value).min().orElseThrow();
        }

        @Override
        public long max() {
            return entries.stream().mapToLong(Entry::value).max().orElseThrow();
        }

        @Override
        public long valueAt(final double share) {
            double sum = 0;
            for (final Entry entry : entries) {
                sum += entry.share();
                if (share < sum) {
                    return entry.value();
                }
            }
            return entries.get(entries.size() - 1).value();
        }
    }
}
