package io.eventrouter.metering;

import io.eventrouter.identity.AccountId;

/**
 * An account has used a share of the operations that its plan grants for a month. Told once per share and month.
 *
 * @param account that has reached the threshold.
 * @param percent 70, 90 or 100.
 * @param usedOperations in this billing month, when the threshold was reached.
 * @param operationsPerMonth that the plan grants.
 * @param monthStartMs when the billing month began, in milliseconds since the epoch.
 */
public record UsageThreshold(
        AccountId account, int percent, long usedOperations, long operationsPerMonth, long monthStartMs) {}
