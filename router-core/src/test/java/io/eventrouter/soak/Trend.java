package io.eventrouter.soak;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Whether something stays flat over a run: what it grows by over all samples at the median of the slopes between any two
 * of them, and what it has grown by from the first third to the last, must stay under a bound. A single outlier moves
 * neither. Of resident memory, the least of each third and the middle of each third must both have grown to be a finding.
 */
final class Trend {
    private Trend() {}

    /** What is wrong with a series of samples; empty if all of them are flat. */
    static List<String> findings(final List<Resources> samples) {
        final List<String> findings = new ArrayList<>();
        find("live heap", samples, Resources::heap, 4 << 20, findings);
        find("direct memory", samples, Resources::direct, 1 << 20, findings);
        findKept("resident memory", samples, Resources::resident, 48 << 20, findings);
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
        final double[] values = values(samples, value);
        final double grown = median(lastThird(values)) - median(firstThird(values));
        final double slope = medianSlope(values);
        if (grown > bound) {
            findings.add(name + " has grown by " + grown + ", bound=" + bound);
        }
        if (slope * values.length > bound) {
            findings.add(name + " grows by " + slope + " a sample, over " + values.length + " samples, bound=" + bound);
        }
    }

    // The allocator of the system and the collector keep some tens of MiB that were given back, and let them go when
    // they
    // please: the middle rises with what they keep for a while, and the least of the first third is low if they let
    // much
    // go just then. What a router keeps raises both.
    private static void findKept(
            final String name,
            final List<Resources> samples,
            final ToLongFunction<Resources> value,
            final long bound,
            final List<String> findings) {
        final double[] values = values(samples, value);
        final double leastGrown = least(lastThird(values)) - least(firstThird(values));
        final double middleGrown = median(lastThird(values)) - median(firstThird(values));
        if (leastGrown > bound && middleGrown > bound) {
            findings.add("the least " + name + " has grown by " + leastGrown + ", the middle by " + middleGrown
                    + ", bound=" + bound);
        }
    }

    private static double[] values(final List<Resources> samples, final ToLongFunction<Resources> value) {
        return samples.stream().mapToLong(value).asDoubleStream().toArray();
    }

    private static double[] firstThird(final double[] values) {
        return Arrays.copyOfRange(values, 0, values.length / 3);
    }

    private static double[] lastThird(final double[] values) {
        return Arrays.copyOfRange(values, values.length - values.length / 3, values.length);
    }

    static double medianSlope(final double[] values) {
        final double[] slopes = new double[values.length * (values.length - 1) / 2];
        int count = 0;
        for (int i = 0; i < values.length; i++) {
            for (int j = i + 1; j < values.length; j++) {
                slopes[count++] = (values[j] - values[i]) / (j - i);
            }
        }
        return median(slopes);
    }

    private static double least(final double[] values) {
        return Arrays.stream(values).min().orElseThrow();
    }

    private static double median(final double[] values) {
        final double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }
}
