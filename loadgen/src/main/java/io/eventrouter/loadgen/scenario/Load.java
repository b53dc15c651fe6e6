package io.eventrouter.loadgen.scenario;

import java.util.List;
import java.util.Optional;

/**
 * The load that is put on a router.
 *
 * @param rate of events that are scheduled; empty for the fleet's own.
 * @param isPoisson whether arrivals are random and independent, rather than evenly spaced.
 * @param publishers how many threads publish.
 * @param warmUpNs of the warm-up, in nanoseconds.
 * @param maxLagNs how late the generator may be, in nanoseconds.
 * @param phases one after the other; at least one.
 */
public record Load(
        Optional<Rate> rate, boolean isPoisson, int publishers, long warmUpNs, long maxLagNs, List<Phase> phases) {
    /** Threads that publish, at most. */
    public static final int MAX_PUBLISHERS = 64;

    /** The longest load, and the longest warm-up: 4 hours. */
    public static final long MAX_DURATION_NS = 14_400_000_000_000L;

    public Load {
        phases = List.copyOf(phases);
    }

    /**
     * Length of all phases together.
     *
     * @return nanoseconds.
     */
    public long durationNs() {
        return phases.stream().mapToLong(Phase::durationNs).sum();
    }

    /** The same load at another rate. */
    public Load withRate(final Rate newRate) {
        return new Load(Optional.of(newRate), isPoisson, publishers, warmUpNs, maxLagNs, phases);
    }

    /** The same load from so many threads. */
    public Load withPublishers(final int newPublishers) {
        return new Load(rate, isPoisson, newPublishers, warmUpNs, maxLagNs, phases);
    }

    /** The same load with another warm-up. */
    public Load withWarmUpNs(final long newWarmUpNs) {
        return new Load(rate, isPoisson, publishers, newWarmUpNs, maxLagNs, phases);
    }

    /** The same load in other phases. */
    public Load withPhases(final List<Phase> newPhases) {
        return new Load(rate, isPoisson, publishers, warmUpNs, maxLagNs, newPhases);
    }
}
