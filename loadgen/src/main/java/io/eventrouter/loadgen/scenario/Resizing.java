package io.eventrouter.loadgen.scenario;

import java.util.ArrayList;
import java.util.List;

/** The same scenario, larger, smaller, longer or shorter. */
public final class Resizing {
    private Resizing() {}

    /**
     * So many devices in all; the groups keep their proportions, and at least one device each.
     *
     * @param scenario to change.
     * @param devices in all, at least as many as there are groups.
     * @return the changed scenario.
     */
    public static Scenario withDevices(final Scenario scenario, final int devices) {
        final List<DeviceGroup> groups = scenario.fleet().devices();
        final long before = scenario.fleet().deviceCount();
        final List<DeviceGroup> resized = new ArrayList<>();
        long counted = 0;
        int used = 0;
        for (int i = 0; i < groups.size(); i++) {
            counted += groups.get(i).count();
            final int groupsBehind = groups.size() - 1 - i;
            final int end = (int) Math.min(counted * devices / before, (long) devices - groupsBehind);
            final int count = Math.max(1, end - used);
            resized.add(groups.get(i).withCount(count));
            used += count;
        }
        return scenario.withFleet(scenario.fleet().withDevices(resized));
    }

    /**
     * All phases together as long as this; they keep their proportions.
     *
     * @param load to change.
     * @param durationNs in nanoseconds, at least one for each phase.
     * @return the changed load.
     */
    public static Load lasting(final Load load, final long durationNs) {
        final double factor = (double) durationNs / load.durationNs();
        final List<Phase> phases = new ArrayList<>();
        long before = 0;
        long used = 0;
        for (int i = 0; i < load.phases().size(); i++) {
            before += load.phases().get(i).durationNs();
            final boolean isLast = i == load.phases().size() - 1;
            final long endNs = isLast ? durationNs : Math.round(before * factor);
            final long lengthNs = Math.max(1, endNs - used);
            phases.add(load.phases().get(i).lasting(lengthNs));
            used += lengthNs;
        }
        return load.withPhases(phases);
    }
}
