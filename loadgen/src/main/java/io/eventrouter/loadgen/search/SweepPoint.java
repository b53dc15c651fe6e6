package io.eventrouter.loadgen.search;

import io.eventrouter.loadgen.load.FleetFigures;

/**
 * What a sweep has found at one step of an axis.
 *
 * @param axis of the sweep.
 * @param value of the step.
 * @param fleet that was loaded.
 * @param outcome of the search for the highest rate.
 */
public record SweepPoint(SweepAxis axis, int value, FleetFigures fleet, SearchOutcome outcome) {}
