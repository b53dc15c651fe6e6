package io.eventrouter.loadgen.scenario;

import java.util.Optional;

/**
 * How the highest rate is searched for.
 *
 * @param from rate of the first trial; empty to measure where to begin.
 * @param trialNs length of a trial in nanoseconds.
 * @param confirmNs length of the confirming run in nanoseconds.
 * @param precision relative width of the range at which to stop, 0 to 1.
 */
public record SearchSetup(Optional<Rate> from, long trialNs, long confirmNs, double precision) {}
