package io.eventrouter.loadgen.scenario;

import io.eventrouter.command.HookTopics;
import java.util.List;
import java.util.Optional;

/**
 * Integrations that are alike: one in each product of a group, or in each account of a group.
 *
 * @param name of the group.
 * @param product whose integrations they are; empty if they are an account's.
 * @param account whose integrations they are; empty if they are a product's.
 * @param products that an organization's integration listens to; empty for the others.
 * @param event prefix of the names that trigger them.
 * @param responseSize of the answers, in bytes.
 * @param topics of the answers.
 * @param errorShare share of the answers that are errors, 0 to 1.
 */
public record IntegrationGroup(
        String name,
        Optional<ProductGroup> product,
        Optional<AccountGroup> account,
        List<ProductGroup> products,
        String event,
        Distribution responseSize,
        HookTopics topics,
        double errorShare) {
    public IntegrationGroup {
        products = List.copyOf(products);
    }

    /**
     * Whether an event of a device triggers one of these integrations.
     *
     * @param publisher the group of the device; a sandbox hears those of them that are claimed.
     * @param eventName whole name of the event.
     * @return true if it does.
     */
    public boolean isTriggeredBy(final DeviceGroup publisher, final String eventName) {
        return eventName.startsWith(event) && hears(publisher);
    }

    private boolean hears(final DeviceGroup publisher) {
        if (product.isPresent()) {
            return publisher.product().equals(product);
        }
        if (account.orElseThrow().isUser()) {
            return publisher.claiming().account().equals(account);
        }
        return publisher.product().isPresent()
                && products.contains(publisher.product().get());
    }
}
