package io.eventrouter.loadgen.search;

import io.eventrouter.loadgen.scenario.DeviceGroup;
import io.eventrouter.loadgen.scenario.Resizing;
import io.eventrouter.loadgen.scenario.Scenario;
import io.eventrouter.loadgen.scenario.SubscriptionPattern;
import io.eventrouter.loadgen.scenario.SweepSetup;
import io.eventrouter.loadgen.scenario.Template;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Something that a sweep makes larger, step by step, while all else stays. */
public enum SweepAxis {
    /** Devices in all. */
    DEVICES(SweepSetup::devices) {
        @Override
        public Scenario at(final Scenario scenario, final int value) {
            return Resizing.withDevices(scenario, value);
        }
    },
    /** Further subscriptions of each device, to names that nobody publishes. */
    SUBSCRIPTIONS(SweepSetup::subscriptions) {
        @Override
        public Scenario at(final Scenario scenario, final int value) {
            return value == 0
                    ? scenario
                    : withSubscription(
                            scenario,
                            group -> new SubscriptionPattern(
                                    Template.parse("sweep/{device}/{topic}/"), 1, value, value));
        }
    },
    /** Further devices of each product that hear all that its devices publish by their first pattern. */
    FAN_OUT(SweepSetup::fanOut) {
        @Override
        public Scenario at(final Scenario scenario, final int value) {
            return value == 0 ? scenario : withSubscription(scenario, group -> listeners(group, value));
        }
    },
    /** Publishing threads. */
    PUBLISHERS(SweepSetup::publishers) {
        @Override
        public Scenario at(final Scenario scenario, final int value) {
            return scenario.withLoad(scenario.load().withPublishers(value));
        }
    };

    private final Function<SweepSetup, List<Integer>> values;

    SweepAxis(final Function<SweepSetup, List<Integer>> values) {
        this.values = values;
    }

    /**
     * The steps of this axis.
     *
     * @param setup of the sweep.
     * @return the values; none if the sweep does not go along this axis.
     */
    public List<Integer> values(final SweepSetup setup) {
        return values.apply(setup);
    }

    /**
     * The scenario at a step.
     *
     * @param scenario to change.
     * @param value of the step.
     * @return the changed scenario.
     */
    public abstract Scenario at(Scenario scenario, int value);

    private static Scenario withSubscription(
            final Scenario scenario, final Function<DeviceGroup, SubscriptionPattern> further) {
        final List<DeviceGroup> groups = new ArrayList<>();
        for (final DeviceGroup group : scenario.fleet().devices()) {
            final List<SubscriptionPattern> subscriptions = new ArrayList<>(group.subscriptions());
            final SubscriptionPattern pattern = further.apply(group);
            if (pattern != null) {
                subscriptions.add(pattern);
            }
            groups.add(group.withSubscriptions(subscriptions));
        }
        return scenario.withFleet(scenario.fleet().withDevices(groups));
    }

    private static SubscriptionPattern listeners(final DeviceGroup group, final int value) {
        if (group.product().isEmpty() || group.publishes().isEmpty()) {
            return null;
        }
        final String first = group.publishes().get(0).name().parts().get(0);
        if (first.equals(Template.DEVICE)) {
            return null;
        }
        final double share = (double) value * group.product().get().totalCount() / group.count();
        final String prefix =
                first.equals(Template.TOPIC) ? Template.topicText(0).replace("0", "") : first;
        return new SubscriptionPattern(Template.parse(prefix), Math.min(1, share), 0, 1);
    }
}
