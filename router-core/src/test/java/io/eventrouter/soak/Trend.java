package io.eventrouter.soak;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Whether something stays flat over a run: what it grows by over all samples at the median of the slopes between any
 * two of them, and what it has grown by from the first third to the last, must stay under a bound. A single outlier
 * moves neither.
 */
final class Trend {
    private Trend() {}

    /** What is wrong with a series of samples; empty if all of them are flat. */
    static List<String> findings(final List<Resources> samples) {
        final List<String> findings = new ArrayList<>();
        find("live heap", samples, Resources::heap, 4 << 20, findings);
        find("direct memory", samples, Resources::direct, 1 << 20, findings);
        // The allocator of the system and the collector's own tables take some tens of MiB over the first minutes.
        find("resident memory beside the heap", samples, Resources::resident, 64 << 20, findings);
        find("open files", samples, Resources::files, 2, findings);
        find("threads", samples, Resources::threads, 2, findings);
        return findings;
    }

    private static void find(
            final String name,
            final List<Resources> samples,
            final ToLongFunction<Resources> value,
            final long bound,
            final List<String> findings) {
        final double[] values =
                samples.stream().mapToLong(value).asDoubleStream().toArray();
        final int third = values.length / 3;
        final double grown = median(Arrays.copyOfRange(values, values.length - third, values.length))
                - median(Arrays.copyOfRange(values, 0, third));
        final double slope = medianSlope(values);
        if (grown > bound) {
            findings.add(name + " has grown by " + grown + ", bound=" + bound);
        }
        if (slope * values.length > bound) {
            findings.add(name + " grows by " + slope + " a sample, over " + values.length + " samples, bound=" + bound);
        }
    }

    private static double medianSlope(final double[] values) {
        final double[] slopes = new double[values.length * (values.length - 1) / 2];
        int count = 0;
        for (int i = 0; i < values.length; i++) {
            for (int j = i + 1; j < values.length; j++) {
                slopes[count++] = (values[j] - values[i]) / (j - i);
            }
        }
        return median(slopes);
    }

    private static double median(final double[] values) {
        final double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
