package io.eventrouter.loadgen.plan;

import io.eventrouter.identity.AccountId;
import io.eventrouter.loadgen.fleet.DeviceState;
import io.eventrouter.loadgen.fleet.FleetState;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How large a fleet is, as far as plans and memory go.
 *
 * @param devices in all.
 * @param offline those that are, and so neither publish nor hear.
 * @param byAccount devices that each account pays for, by the account as text; also of accounts without any.
 * @param withoutAccount devices that nobody pays for.
 * @param subscriptions of all devices.
 * @param prefixes different ones in each scope, which is what a router keeps; at most so many.
 * @param routerBytes that a router grew by when the fleet was loaded; 0 if that was not measured.
 */
public record FleetSize(
        long devices,
        long offline,
        Map<String, Long> byAccount,
        long withoutAccount,
        long subscriptions,
        long prefixes,
        long routerBytes) {
    /**
     * The size of a fleet.
     *
     * @param fleet to measure.
     * @return the size.
     */
    static FleetSize of(final FleetState fleet) {
        final Map<String, Long> byAccount = new TreeMap<>();
        fleet.accounts().forEach(account -> byAccount.put(account.toString(), 0L));
        final Set<Object> prefixes = new HashSet<>();
        long offline = 0;
        long withoutAccount = 0;
        long subscriptions = 0;
        for (final DeviceState device : fleet.devices()) {
            offline += device.isOnline() ? 0 : 1;
            final AccountId account = fleet.accountOf(device);
            if (account == null) {
                withoutAccount++;
            } else {
                byAccount.merge(account.toString(), 1L, Long::sum);
            }
            subscriptions += device.subscriptions().size();
            for (final String prefix : device.subscriptions()) {
                if (device.isClaimed()) {
                    prefixes.add(new ScopedPrefix(device.owner(), prefix));
                }
                if (device.standingProductId() != 0) {
                    prefixes.add(new ScopedPrefix(device.standingProductId(), prefix));
                }
            }
        }
        return new FleetSize(
                fleet.devices().size(), offline, byAccount, withoutAccount, subscriptions, prefixes.size(), 0);
    }

    private record ScopedPrefix(Object scope, String prefix) {}
}
