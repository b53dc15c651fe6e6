package io.eventrouter.oracle;

import io.eventrouter.identity.AccountId;
import io.eventrouter.identity.EntityId;
import io.eventrouter.ownership.DeviceOwnership;
import io.eventrouter.ownership.OwnershipRecord;
import io.eventrouter.ownership.OwnershipStore;
import java.util.SortedMap;
import java.util.TreeMap;

/** What outlives a router, in words: a line for each user, organization, product, customer and device. */
public final class KeptState {
    private KeptState() {}

    /** What a store has. */
    public static SortedMap<String, String> of(final OwnershipStore store) {
        final SortedMap<String, String> lines = new TreeMap<>();
        store.forEach(record -> {
            if (lines.put(key(record), value(record)) != null) {
                throw new IllegalStateException("kept twice: " + key(record));
            }
        });
        return lines;
    }

    /** What a router says of a device. */
    public static String line(final DeviceOwnership device) {
        return device(
                device.owner().map(EntityId::toString).orElse("none"),
                device.ownedByCustomer(),
                device.productId(),
                device.quarantined(),
                device.denied(),
                device.development(),
                device.maxEventSize());
    }

    /** What has to be kept of a fleet. */
    static SortedMap<String, String> of(final NaiveFleet fleet) {
        final SortedMap<String, String> lines = new TreeMap<>();
        fleet.users.forEach(user -> lines.put("user:" + user, account(fleet, AccountId.user(user))));
        fleet.organizations.forEach(organization ->
                lines.put("organization:" + organization, account(fleet, AccountId.organization(organization))));
        fleet.products.forEach((product, account) -> lines.put("product:" + product, "account=" + account));
        fleet.customers.forEach((customer, product) -> lines.put("customer:" + customer, "product=" + product));
        fleet.devices.values().forEach(device -> lines.put("device:" + device.id, device(fleet, device)));
        return lines;
    }

    private static String account(final NaiveFleet fleet, final AccountId account) {
        return account(fleet.paused.contains(account), fleet.operationsPerMonth.get(account));
    }

    private static String device(final NaiveFleet fleet, final NaiveDevice device) {
        return device(
                device.owner == null ? "none" : device.owner.toString(),
                fleet.customers.containsKey(device.owner),
                device.productId,
                device.quarantined,
                device.denied,
                device.development,
                device.maxEventSize);
    }

    private static String key(final OwnershipRecord record) {
        switch (record.kind) {
            case USER:
                return "user:" + id(record);
            case ORGANIZATION:
                return "organization:" + id(record);
            case PRODUCT:
                return "product:" + record.idHigh;
            case CUSTOMER:
                return "customer:" + id(record);
            default:
                return "device:" + id(record);
        }
    }

    private static String value(final OwnershipRecord record) {
        switch (record.kind) {
            case USER:
            case ORGANIZATION:
                return account(record.flags == 1, record.operationsPerMonth);
            case PRODUCT:
                final EntityId owner = EntityId.of(record.ownerIdHigh, record.ownerIdLow);
                final boolean isUsers = record.ownerKind == OwnershipRecord.Kind.USER;
                return "account=" + (isUsers ? AccountId.user(owner) : AccountId.organization(owner));
            case CUSTOMER:
                return "product=" + record.productId;
            default:
                return line(DeviceOwnership.of(record));
        }
    }

    private static String id(final OwnershipRecord record) {
        return EntityId.toText(record.idHigh, record.idLow);
    }

    private static String account(final boolean paused, final long operationsPerMonth) {
        return "paused=" + paused + " operationsPerMonth=" + operationsPerMonth;
    }

    private static String device(
            final String owner,
            final boolean ownedByCustomer,
            final int productId,
            final boolean quarantined,
            final boolean denied,
            final boolean development,
            final int maxEventSize) {
        return "owner=" + owner + (ownedByCustomer ? " (customer)" : "") + " product=" + productId + " quarantined="
                + quarantined + " denied=" + denied + " development=" + development + " maxEventSize=" + maxEventSize;
    }
}
