package io.eventrouter.loadgen.scenario;

import java.util.List;

/**
 * The sizes that a sweep goes through, axis by axis.
 *
 * @param devices numbers of devices in all.
 * @param subscriptions numbers of further subscriptions of each device.
 * @param fanOut numbers of further listeners in each product.
 * @param publishers numbers of publishing threads.
 * @param trialNs length of a trial in nanoseconds.
 */
public record SweepSetup(
        List<Integer> devices,
        List<Integer> subscriptions,
        List<Integer> fanOut,
        List<Integer> publishers,
        long trialNs) {
    /** The most further subscriptions of a device. */
    public static final int MAX_SUBSCRIPTIONS = 60;

    /** The most further listeners in a product. */
    public static final int MAX_FAN_OUT = 10_000_000;

    public SweepSetup {
        devices = List.copyOf(devices);
        subscriptions = List.copyOf(subscriptions);
        fanOut = List.copyOf(fanOut);
        publishers = List.copyOf(publishers);
    }
}
