package io.eventrouter.metering;

/** How fine the emitted records are. */
public enum UsageGranularity {
    /** One record for each account, product and device. */
    DEVICE,
    /** One record for each account and product; devices outside products roll up to their account. */
    PRODUCT,
    /** One record for each account. */
    ACCOUNT
}
