package io.eventrouter.command;

import io.eventrouter.event.EventLimits;
import io.eventrouter.event.EventNames;
import io.eventrouter.identity.EntityId;
import io.eventrouter.identity.ScopeId;
import java.util.List;
import java.util.Objects;

/**
 * An integration: something outside, such as a webhook, that is told of events by a prefix of their name.
 *
 * @param id of the integration: 1 to 64 bytes, unique among integrations.
 * @param scope whose integration it is: a user's sandbox, a product or an organization.
 * @param products that an organization's integration listens to; empty for the others.
 * @param prefix of event names, 1 to 64 bytes.
 * @param device the only device whose events trigger it, sandbox integrations only; null for any.
 * @param enabled whether events trigger it.
 * @param topics of its responses.
 */
public record Integration(
        String id,
        ScopeId scope,
        List<Integer> products,
        String prefix,
        EntityId device,
        boolean enabled,
        HookTopics topics) {
    /** The longest id of an integration, Logic function or stream. */
    public static final int MAX_ID_LENGTH = 64;

    public Integration {
        EventNames.check("integration id", id, 1, MAX_ID_LENGTH);
        Objects.requireNonNull(scope, "scope");
        EventNames.check("integration prefix", prefix, 1, EventLimits.MAX_PREFIX_LENGTH);
        products = Elements.copyOf("products", products);
        for (final int productId : products) {
            if (productId <= 0) {
                throw new IllegalArgumentException("product id must be positive: productId=" + productId);
            }
        }
        Objects.requireNonNull(topics, "topics");
        if (scope.kind() != ScopeId.Kind.ORGANIZATION && !products.isEmpty()) {
            throw new IllegalArgumentException(
                    "only an organization's integration lists products: scope=" + scope + ", products=" + products);
        }
        if (scope.kind() != ScopeId.Kind.OWNER && device != null) {
            throw new IllegalArgumentException(
                    "only a sandbox integration can name a device: scope=" + scope + ", device=" + device);
        }
    }

    /**
     * An integration in the sandbox of a user.
     *
     * @param id of the integration.
     * @param user whose sandbox it is in.
     * @param prefix of event names.
     * @return an enabled integration with the default topics.
     */
    public static Integration ofUser(final String id, final EntityId user, final String prefix) {
        return new Integration(id, ScopeId.owner(user), List.of(), prefix, null, true, HookTopics.SANDBOX_DEFAULT);
    }

    /**
     * An integration of a product.
     *
     * @param id of the integration.
     * @param productId of the product.
     * @param prefix of event names.
     * @return an enabled integration with the default topics.
     */
    public static Integration ofProduct(final String id, final int productId, final String prefix) {
        return new Integration(
                id, ScopeId.product(productId), List.of(), prefix, null, true, HookTopics.PRODUCT_DEFAULT);
    }

    /**
     * An integration of an organization.
     *
     * @param id of the integration.
     * @param organization whose it is.
     * @param products that it listens to.
     * @param prefix of event names.
     * @return an enabled integration with the default topics.
     */
    public static Integration ofOrganization(
            final String id, final EntityId organization, final List<Integer> products, final String prefix) {
        return new Integration(
                id, ScopeId.organization(organization), products, prefix, null, true, HookTopics.PRODUCT_DEFAULT);
    }

    /**
     * The same integration, triggered by the events of one device only.
     *
     * @param onlyDevice that triggers it.
     * @return the new definition.
     */
    public Integration limitedTo(final EntityId onlyDevice) {
        return new Integration(id, scope, products, prefix, onlyDevice, enabled, topics);
    }

    /**
     * The same integration, enabled or not.
     *
     * @param nowEnabled whether events trigger it.
     * @return the new definition.
     */
    public Integration enabled(final boolean nowEnabled) {
        return new Integration(id, scope, products, prefix, device, nowEnabled, topics);
    }

    /**
     * The same integration with other topics.
     *
     * @param newTopics of its responses.
     * @return the new definition.
     */
    public Integration withTopics(final HookTopics newTopics) {
        return new Integration(id, scope, products, prefix, device, enabled, newTopics);
    }
}
