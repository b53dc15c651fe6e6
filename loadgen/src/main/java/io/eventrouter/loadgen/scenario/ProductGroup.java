package io.eventrouter.loadgen.scenario;

/**
 * Products that are alike.
 *
 * @param name of the group; of the product itself if there is one.
 * @param account the accounts that own them.
 * @param countPerAccount how many each of these accounts has.
 */
public record ProductGroup(String name, AccountGroup account, int countPerAccount) {
    /**
     * Products of all accounts; product i belongs to account i / {@link #countPerAccount()} of its group.
     *
     * @return the number.
     */
    public int totalCount() {
        return account.count() * countPerAccount;
    }
}
