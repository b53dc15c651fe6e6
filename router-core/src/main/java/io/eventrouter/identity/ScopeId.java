package io.eventrouter.identity;

import java.util.Objects;

/**
 * Where a subscriber listens: the events of an owner, of a product, or of all products of an organization.
 *
 * @param kind of scope.
 * @param id of the owner (user or customer) or organization; null for a product.
 * @param productId of the product, positive; 0 for the others.
 */
public record ScopeId(Kind kind, EntityId id, int productId) {
    /** Kinds of scope. */
    public enum Kind {
        /** Events of the devices that one user or customer owns, and of that user's API calls. */
        OWNER,
        /** Events of the members in good standing of a product. */
        PRODUCT,
        /** Events of every product that an organization owns. */
        ORGANIZATION
    }

    public ScopeId {
        Objects.requireNonNull(kind, "kind");
        if (kind == Kind.PRODUCT) {
            if (productId <= 0) {
                throw new IllegalArgumentException("product id must be positive: productId=" + productId);
            }
            if (id != null) {
                throw new IllegalArgumentException("the scope of a product has no other id: id=" + id);
            }
        } else {
            Objects.requireNonNull(id, "id");
            if (productId != 0) {
                throw new IllegalArgumentException(
                        "only the scope of a product has a product id: productId=" + productId);
            }
        }
    }

    /**
     * The scope of a user or customer.
     *
     * @param owner a user or customer.
     * @return the scope.
     */
    public static ScopeId owner(final EntityId owner) {
        return new ScopeId(Kind.OWNER, owner, 0);
    }

    /**
     * The scope of a product.
     *
     * @param productId positive.
     * @return the scope.
     */
    public static ScopeId product(final int productId) {
        return new ScopeId(Kind.PRODUCT, null, productId);
    }

    /**
     * The scope of an organization.
     *
     * @param organization that owns products.
     * @return the scope.
     */
    public static ScopeId organization(final EntityId organization) {
        return new ScopeId(Kind.ORGANIZATION, organization, 0);
    }

    @Override
    public String toString() {
        return kind == Kind.PRODUCT
                ? "product:" + productId
                : kind.name().toLowerCase(java.util.Locale.ROOT) + ":" + id;
    }
}
