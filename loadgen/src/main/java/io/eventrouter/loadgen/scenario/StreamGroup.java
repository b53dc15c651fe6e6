package io.eventrouter.loadgen.scenario;

import java.util.Optional;

/**
 * Open streams that are alike.
 *
 * @param name of the group.
 * @param product whose events they show; empty if they are an account's.
 * @param account whose events they show; empty if they are a product's.
 * @param prefix of event names; empty for all.
 * @param countPerSource how many are open for each product or account.
 */
public record StreamGroup(
        String name,
        Optional<ProductGroup> product,
        Optional<AccountGroup> account,
        String prefix,
        int countPerSource) {}
