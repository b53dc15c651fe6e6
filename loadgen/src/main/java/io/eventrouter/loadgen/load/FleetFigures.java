package io.eventrouter.loadgen.load;

/**
 * How large a fleet is that was loaded.
 *
 * @param accounts that the scenario names.
 * @param products of them.
 * @param owners customers and developers.
 * @param devices in all.
 * @param devicesOnline of those, at first.
 * @param devicesClaimed of those, at first.
 * @param subscriptions of the devices that are online.
 * @param integrations around them.
 * @param logicFunctions around them.
 * @param streams around them.
 * @param commands that it took to load it.
 * @param loadNs how long that took, in nanoseconds.
 * @param routerBytes what the router keeps outside the Java heap, roughly; 0 if that is not known.
 */
public record FleetFigures(
        int accounts,
        int products,
        int owners,
        int devices,
        long devicesOnline,
        long devicesClaimed,
        long subscriptions,
        int integrations,
        int logicFunctions,
        int streams,
        long commands,
        long loadNs,
        long routerBytes) {}
