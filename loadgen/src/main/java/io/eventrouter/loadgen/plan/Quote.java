package io.eventrouter.loadgen.plan;

import io.eventrouter.loadgen.fleet.Plan;

/**
 * What an account would pay on one plan.
 *
 * @param plan that it would be on.
 * @param blocks that it needs; 0 if it does not fit the plan, or the plan has no listed price.
 * @param usdPerMonth for all of them.
 * @param limit which limit decides; {@link Limit#NONE} if one block is more than enough of everything.
 */
public record Quote(Plan plan, long blocks, long usdPerMonth, Limit limit) {
    /** What decides how many blocks it takes. */
    public enum Limit {
        /** One block suffices. */
        NONE,
        /** The data operations. */
        OPERATIONS,
        /** The number of devices. */
        DEVICES,
        /** Both alike. */
        BOTH
    }

    /**
     * The quote for an account.
     *
     * @param plan that it would be on.
     * @param operations a month.
     * @param devices of the account.
     * @return the quote.
     */
    public static Quote of(final Plan plan, final long operations, final long devices) {
        if (plan.isByContract()) {
            return new Quote(plan, 0, 0, Limit.NONE);
        }
        final long forOperations = plan.operationsPerMonth() == 0 ? 1 : blocks(operations, plan.operationsPerMonth());
        final long forDevices = plan.devices() == 0 ? 1 : blocks(devices, plan.devices());
        final long blocks = Math.max(forOperations, forDevices);
        final Limit limit = blocks == 1
                ? Limit.NONE
                : forOperations == forDevices
                        ? Limit.BOTH
                        : forOperations > forDevices ? Limit.OPERATIONS : Limit.DEVICES;
        if (blocks > 1 && !plan.isInBlocks()) {
            return new Quote(plan, 0, 0, limit);
        }
        return new Quote(plan, blocks, Math.multiplyExact(blocks, (long) plan.usdPerMonth()), limit);
    }

    /** Whether the account fits the plan. */
    public boolean isPossible() {
        return blocks > 0;
    }

    // An account has one block even if it uses nothing.
    private static long blocks(final long used, final long perBlock) {
        return Math.max(1, (used + perBlock - 1) / perBlock);
    }
}
