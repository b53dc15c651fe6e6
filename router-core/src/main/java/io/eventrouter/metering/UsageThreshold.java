package io.eventrouter.metering;

import io.eventrouter.identity.AccountId;

/**
 * An account has used a share of the operations that its plan grants for a month. Told once per share and month.
 *
 * @param sequence its place among usage records and thresholds, which is its identity; see
 *     {@link UsageRecord#sequence()}.
 * @param account that has reached the threshold.
 * @param percent 70, 90 or 100.
 * @param usedOperations in this billing month, when the threshold was reached.
 * @param operationsPerMonth that the plan grants.
 * @param monthStartMs when the billing month began, in milliseconds since the epoch.
 */
public record UsageThreshold(
        long sequence,
        AccountId account,
        int percent,
        long usedOperations,
        long operationsPerMonth,
        long monthStartMs) {
    /**
     * The same threshold under its sequence.
     *
     * @param itsSequence to give it.
     * @return the threshold.
     */
    public UsageThreshold withSequence(final long itsSequence) {
        return new UsageThreshold(itsSequence, account, percent, usedOperations, operationsPerMonth, monthStartMs);
    }
}
