package io.eventrouter.loadgen.fleet;

import io.eventrouter.identity.EntityId;
import io.eventrouter.identity.ScopeId;
import io.eventrouter.loadgen.json.Fields;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Whose an integration or a stream is. */
final class Scopes {
    private final FleetDirectory directory;

    Scopes(final FleetDirectory directory) {
        this.directory = directory;
    }

    /** Exactly one of user, product_id and organization_id; for the first, customers count too if they may. */
    ScopeId read(final Fields element, final boolean customersToo) {
        final List<String> found = Stream.of("user", "product_id", "organization_id")
                .filter(element::hasContent)
                .collect(Collectors.toList());
        if (found.size() != 1) {
            throw element.error(
                    "",
                    "must say whose it is with one of user, product_id and organization_id: found "
                            + (found.isEmpty() ? "none" : String.join(" and ", found)));
        }
        switch (found.get(0)) {
            case "user":
                return ScopeId.owner(user(element, customersToo));
            case "product_id":
                return ScopeId.product(product(element, "product_id"));
            default:
                return ScopeId.organization(organization(element));
        }
    }

    int product(final Fields element, final String field) {
        final int productId = element.productId(field);
        if (!directory.isProduct(productId)) {
            throw element.error(field, Unknown.product(productId));
        }
        return productId;
    }

    EntityId device(final Fields element, final String field) {
        final EntityId device = element.id(field);
        if (!directory.devices().contains(device)) {
            throw element.error(field, Unknown.device(device));
        }
        return device;
    }

    private EntityId user(final Fields element, final boolean customersToo) {
        final EntityId user = element.id("user");
        if (customersToo ? !directory.isOwner(user) : !directory.isUser(user)) {
            throw element.error("user", customersToo ? Unknown.owner(user) : Unknown.user(user));
        }
        return user;
    }

    private EntityId organization(final Fields element) {
        final EntityId organization = element.id("organization_id");
        if (!directory.isOrganization(organization)) {
            throw element.error("organization_id", Unknown.organization(organization));
        }
        return organization;
    }
}
