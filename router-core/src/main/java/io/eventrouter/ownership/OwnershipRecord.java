package io.eventrouter.ownership;

/**
 * What an ownership store keeps of one user, organization, product, customer or device. Mutable, to be used again.
 */
public final class OwnershipRecord {
    /** What the record is of; the ordinals are in files and stay. */
    public enum Kind {
        /** A user. */
        USER,
        /** An organization. */
        ORGANIZATION,
        /** A product; its id is in the first 64 bits of the record's. */
        PRODUCT,
        /** A customer. */
        CUSTOMER,
        /** A device. */
        DEVICE
    }

    /** What it is of. */
    public Kind kind;

    /** First 64 bits of its id. */
    public long idHigh;

    /** Last 32 bits of its id. */
    public int idLow;

    /** Owner of a device, account of a product; null for none. */
    public Kind ownerKind;

    /** First 64 bits of the owner's id. */
    public long ownerIdHigh;

    /** Last 32 bits of the owner's id. */
    public int ownerIdLow;

    /** Product of a device or customer; 0 for none. */
    public int productId;

    /** Bits of {@link DeviceFlags} for a device, without {@link DeviceFlags#ONLINE}; 1 for a paused account. */
    public int flags;

    /** The longest payload that a device can receive. */
    public int maxEventSize;

    /** Operations that the plan of an account grants; 0 for no thresholds. */
    public long operationsPerMonth;

    /** Forget everything but what the record is of. */
    public void clear() {
        ownerKind = null;
        ownerIdHigh = 0;
        ownerIdLow = 0;
        productId = 0;
        flags = 0;
        maxEventSize = 0;
        operationsPerMonth = 0;
    }
}
