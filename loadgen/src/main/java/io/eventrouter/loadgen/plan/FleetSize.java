package io.eventrouter.loadgen.plan;

import io.eventrouter.identity.AccountId;
import io.eventrouter.loadgen.fleet.DeviceState;
import io.eventrouter.loadgen.fleet.FleetState;
import java.util.Map;
import java.util.TreeMap;

/**
 * How large a fleet is, as far as plans and memory go.
 *
 * @param devices in all.
 * @param offline those that are, and so neither publish nor hear.
 * @param byAccount devices that each account pays for, by the account as text; also of accounts without any.
 * @param withoutAccount devices that nobody pays for.
 * @param subscriptions of all devices.
 * @param tableBytes that the tables of a router hold with the fleet in them.
 */
public record FleetSize(
        long devices,
        long offline,
        Map<String, Long> byAccount,
        long withoutAccount,
        long subscriptions,
        long tableBytes) {
    /**
     * The size of a fleet.
     *
     * @param fleet to measure.
     * @param tableBytes that a router with this fleet reported.
     * @return the size.
     */
    static FleetSize of(final FleetState fleet, final long tableBytes) {
        final Map<String, Long> byAccount = new TreeMap<>();
        fleet.accounts().forEach(account -> byAccount.put(account.toString(), 0L));
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
        }
        return new FleetSize(fleet.devices().size(), offline, byAccount, withoutAccount, subscriptions, tableBytes);
    }
}
