package io.eventrouter.loadgen.fleet;

/**
 * What an account pays for, in one month and, for plans that come in blocks, in one block.
 *
 * @param name of the plan.
 * @param operationsPerMonth that it grants; 0 for no monthly grant.
 * @param devices that it grants; 0 for no limit.
 * @param usdPerMonth what it costs in US dollars.
 * @param isInBlocks whether an account can have several.
 */
public record Plan(String name, long operationsPerMonth, int devices, int usdPerMonth, boolean isInBlocks) {
    /**
     * What some blocks grant together.
     *
     * @param blocks of the plan; without effect if it does not come in blocks.
     * @return data operations per month; 0 for no monthly grant.
     */
    public long operationsPerMonth(final int blocks) {
        return isInBlocks ? Math.multiplyExact(operationsPerMonth, (long) blocks) : operationsPerMonth;
    }

    /**
     * Whether it grants and costs what a contract says, which no file lists.
     *
     * @return true if it has neither a monthly grant nor a price.
     */
    public boolean isByContract() {
        return operationsPerMonth == 0 && devices == 0 && usdPerMonth == 0;
    }
}
