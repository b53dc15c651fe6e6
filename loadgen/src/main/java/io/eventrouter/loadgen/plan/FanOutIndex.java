package io.eventrouter.loadgen.plan;

import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.identity.EntityId;
import io.eventrouter.loadgen.fleet.DeviceState;
import io.eventrouter.loadgen.fleet.FleetState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The devices of a fleet by where they listen and to what, so that one event need not ask all of them. Of the prefixes
 * of a device only those count that do not begin with another one of it: of these at most one matches a name.
 *
 * <p>Devices that are offline are left out. Those that never acknowledge are kept apart, as only the first event that
 * reaches them does. Immutable once made.
 */
final class FanOutIndex {
    /** The devices that listen in one scope. */
    private static final class Listeners {
        private final Map<String, List<DeviceState>> byPrefix = new HashMap<>();
        private long lengths;

        private void add(final String prefix, final DeviceState device) {
            byPrefix.computeIfAbsent(prefix, unused -> new ArrayList<>(1)).add(device);
            lengths |= 1L << prefix.length() - 1;
        }

        private void forEachMatch(final String name, final BiConsumer<String, List<DeviceState>> matches) {
            for (long rest = lengths; rest != 0; rest &= rest - 1) {
                final int length = Long.numberOfTrailingZeros(rest) + 1;
                if (length > name.length()) {
                    return;
                }
                final String prefix = name.substring(0, length);
                final List<DeviceState> devices = byPrefix.get(prefix);
                if (devices != null) {
                    matches.accept(prefix, devices);
                }
            }
        }
    }

    private final Map<EntityId, Listeners> byOwner = new HashMap<>();
    private final Map<Integer, Listeners> byProduct = new HashMap<>();
    private final List<DeviceState> neverAcknowledging = new ArrayList<>();

    FanOutIndex(final FleetState fleet) {
        for (final DeviceState device : fleet.devices()) {
            if (!device.isOnline() || device.subscriptions().isEmpty()) {
                continue;
            }
            if (device.outcome() == AttemptOutcome.FAILED) {
                neverAcknowledging.add(device);
            } else {
                add(device);
            }
        }
    }

    /** Hand over the devices of an owner that subscribed to a name, by prefix. */
    void forEachOfOwner(final EntityId owner, final String name, final BiConsumer<String, List<DeviceState>> matches) {
        final Listeners listeners = owner == null ? null : byOwner.get(owner);
        if (listeners != null) {
            listeners.forEachMatch(name, matches);
        }
    }

    /** Hand over the members in good standing of a product that subscribed to a name, by prefix. */
    void forEachOfProduct(final int productId, final String name, final BiConsumer<String, List<DeviceState>> matches) {
        final Listeners listeners = productId == 0 ? null : byProduct.get(productId);
        if (listeners != null) {
            listeners.forEachMatch(name, matches);
        }
    }

    /** The devices that are online until the first event reaches them. */
    List<DeviceState> neverAcknowledging() {
        return neverAcknowledging;
    }

    /** The prefix of a device that a delivery is due to; null if it did not subscribe to the name. */
    static String matchOrNull(final DeviceState device, final String name) {
        String shortest = null;
        for (final String prefix : device.subscriptions()) {
            if (name.startsWith(prefix) && (shortest == null || prefix.length() < shortest.length())) {
                shortest = prefix;
            }
        }
        return shortest;
    }

    private void add(final DeviceState device) {
        for (final String prefix : device.subscriptions()) {
            if (prefix.equals(matchOrNull(device, prefix))) {
                if (device.isClaimed()) {
                    byOwner.computeIfAbsent(device.owner(), owner -> new Listeners())
                            .add(prefix, device);
                }
                if (device.standingProductId() != 0) {
                    byProduct
                            .computeIfAbsent(device.standingProductId(), product -> new Listeners())
                            .add(prefix, device);
                }
            }
        }
    }
}
