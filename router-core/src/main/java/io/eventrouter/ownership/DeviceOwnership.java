package io.eventrouter.ownership;

import io.eventrouter.identity.EntityId;
import java.util.Optional;

/**
 * Who owns a device, and which product it is in.
 *
 * @param device that this is about.
 * @param owner the user or customer who claimed it, empty for nobody.
 * @param ownedByCustomer whether the owner is a customer.
 * @param productId of the product that it is a member of, 0 for none.
 * @param quarantined whether it is kept out of the product's scope.
 * @param denied whether it was thrown out of the product's scope.
 * @param development whether it gets development firmware.
 * @param maxEventSize the longest payload that it can receive, in bytes.
 */
public record DeviceOwnership(
        EntityId device,
        Optional<EntityId> owner,
        boolean ownedByCustomer,
        int productId,
        boolean quarantined,
        boolean denied,
        boolean development,
        int maxEventSize) {
    /**
     * From a record.
     *
     * @param record of a device.
     * @return the same as a value.
     */
    public static DeviceOwnership of(final OwnershipRecord record) {
        return new DeviceOwnership(
                EntityId.of(record.idHigh, record.idLow),
                record.ownerKind == null
                        ? Optional.empty()
                        : Optional.of(EntityId.of(record.ownerIdHigh, record.ownerIdLow)),
                record.ownerKind == OwnershipRecord.Kind.CUSTOMER,
                record.productId,
                (record.flags & DeviceFlags.QUARANTINED) != 0,
                (record.flags & DeviceFlags.DENIED) != 0,
                (record.flags & DeviceFlags.DEVELOPMENT) != 0,
                record.maxEventSize);
    }

    /**
     * Whether the device is a member of its product in good standing.
     *
     * @return true if events reach it through the product.
     */
    public boolean isInGoodStanding() {
        return productId != 0 && !quarantined && !denied;
    }
}
