package io.eventrouter.loadgen.plan;

import io.eventrouter.loadgen.fleet.DeviceState;
import io.eventrouter.loadgen.fleet.FleetState;
import io.eventrouter.loadgen.scope.EventScopes;
import io.eventrouter.loadgen.scope.FleetEvent;
import io.eventrouter.loadgen.scope.Policies;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which devices one event reaches and what its deliveries cost, by sections 4 and 5 of docs/routing-rules.md: sums over
 * the devices that subscribed, without the router.
 *
 * <p>Devices that never acknowledge are not among them; {@link #reaches} says whether an event reaches one.
 */
final class FanOut {
    /**
     * What the deliveries of one event cost one payer because of one subscription.
     *
     * @param payer that pays.
     * @param prefix that was subscribed to; the id of the device in it is replaced.
     */
    record Line(Payer payer, String prefix) {}

    /** Sums of one line. */
    static final class Sum {
        private long devices;
        private long operations;
        private long retries;

        /** How many devices one event reaches. */
        long devices() {
            return devices;
        }

        /** What that costs, all attempts together. */
        long operations() {
            return operations;
        }

        /** What of it is for attempts that are not the first. */
        long retries() {
            return retries;
        }

        private void add(final DeviceState device, final long operationsPerAttempt) {
            final int attempts = device.outcome().attempts();
            devices++;
            operations += operationsPerAttempt * attempts;
            retries += operationsPerAttempt * (attempts - 1);
        }

        private void add(final Sum other) {
            devices += other.devices;
            operations += other.operations;
            retries += other.retries;
        }
    }

    /** What is the same for every event that a product's members hear, so that a broadcast is added up once. */
    private record Broadcast(int productId, String prefix, int payloadLength, boolean isUnclaimedOnly) {}

    private static final String OWN_ID = "<its id>";

    private final FleetState fleet;
    private final FanOutIndex index;
    private final Policies policies;
    private final Map<Broadcast, Sum> broadcasts = new HashMap<>();

    FanOut(final FleetState fleet, final FanOutIndex index, final Policies policies) {
        this.fleet = fleet;
        this.index = index;
        this.policies = policies;
    }

    /** The costs of one event. */
    Map<Line, Sum> of(final FleetEvent event, final EventScopes scopes) {
        final Map<Line, Sum> lines = new HashMap<>();
        if (scopes.hearingOwner() != null) {
            index.forEachOfOwner(scopes.hearingOwner(), event.name(), (prefix, devices) -> {
                for (final DeviceState device : devices) {
                    if (event.payloadLength() <= device.maxEventSize()) {
                        line(lines, device, prefix).add(device, event.operationsPerAttempt());
                    }
                }
            });
        }
        if (policies.isHeardThroughProduct(event.origin(), false)) {
            final boolean isUnclaimedOnly = !policies.isHeardThroughProduct(event.origin(), true);
            index.forEachOfProduct(
                    scopes.productId(),
                    event.name(),
                    (prefix, devices) -> addMembers(lines, event, scopes, isUnclaimedOnly, prefix, devices));
        }
        return lines;
    }

    /** Whether an event reaches a device, as far as presence does not matter. */
    boolean reaches(final DeviceState device, final FleetEvent event, final EventScopes scopes) {
        final boolean isOfOwner = device.isClaimed() && device.owner().equals(scopes.hearingOwner());
        final boolean isOfProduct = scopes.productId() != 0
                && device.standingProductId() == scopes.productId()
                && policies.isHeardThroughProduct(event.origin(), device.isClaimed());
        return (isOfOwner || isOfProduct)
                && event.payloadLength() <= device.maxEventSize()
                && FanOutIndex.matchOrNull(device, event.name()) != null;
    }

    /** Who pays for a device; null for nobody. */
    Payer payer(final DeviceState device) {
        final var account = fleet.accountOf(device);
        return account == null ? null : new Payer(account, device.standingProductId());
    }

    /** A prefix as it can be compared between devices. */
    static String pattern(final String prefix, final DeviceState device) {
        return prefix.replace(device.id().toString(), OWN_ID);
    }

    private void addMembers(
            final Map<Line, Sum> lines,
            final FleetEvent event,
            final EventScopes scopes,
            final boolean isUnclaimedOnly,
            final String prefix,
            final List<DeviceState> devices) {
        // The owner's devices hear it through their owner; where nobody does, one sum will do for all publishers.
        final boolean isBroadcast = isUnclaimedOnly || scopes.hearingOwner() == null;
        final Sum all = broadcasts.computeIfAbsent(
                new Broadcast(scopes.productId(), prefix, event.payloadLength(), isUnclaimedOnly),
                broadcast -> sum(event, devices, isUnclaimedOnly));
        final Sum members = new Sum();
        members.add(all);
        if (!isBroadcast) {
            subtractDevicesOfOwner(members, event, scopes, prefix);
        }
        if (members.devices > 0) {
            line(lines, devices.get(0), prefix).add(members);
        }
    }

    private static Sum sum(final FleetEvent event, final List<DeviceState> devices, final boolean isUnclaimedOnly) {
        final Sum sum = new Sum();
        for (final DeviceState device : devices) {
            if (event.payloadLength() <= device.maxEventSize() && !(isUnclaimedOnly && device.isClaimed())) {
                sum.add(device, event.operationsPerAttempt());
            }
        }
        return sum;
    }

    private void subtractDevicesOfOwner(
            final Sum members, final FleetEvent event, final EventScopes scopes, final String prefix) {
        index.forEachOfOwner(scopes.hearingOwner(), event.name(), (ownPrefix, devices) -> {
            if (ownPrefix.equals(prefix)) {
                for (final DeviceState device : devices) {
                    if (device.standingProductId() == scopes.productId()
                            && event.payloadLength() <= device.maxEventSize()) {
                        final int attempts = device.outcome().attempts();
                        members.devices--;
                        members.operations -= event.operationsPerAttempt() * attempts;
                        members.retries -= event.operationsPerAttempt() * (attempts - 1);
                    }
                }
            }
        });
    }

    private Sum line(final Map<Line, Sum> lines, final DeviceState device, final String prefix) {
        return lines.computeIfAbsent(new Line(payer(device), pattern(prefix, device)), line -> new Sum());
    }
}
