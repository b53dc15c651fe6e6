package io.eventrouter.identity;

import java.util.Objects;

/**
 * An account that pays for data operations: the developer sandbox of a user, or an organization.
 *
 * <p>Ordered by kind and id: a hash map of accounts stays fast when somebody chooses ids of one hash.
 *
 * @param kind whose account it is.
 * @param id of the user or organization.
 */
public record AccountId(Kind kind, EntityId id) implements Comparable<AccountId> {
    /** Who pays. */
    public enum Kind {
        /** The developer sandbox of a user. */
        USER("user"),
        /** An organization. */
        ORGANIZATION("organization");

        private final String label;

        Kind(final String label) {
            this.label = label;
        }
    }

    public AccountId {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(id, "id");
    }

    /**
     * The sandbox of a user.
     *
     * @param user whose sandbox it is.
     * @return the account.
     */
    public static AccountId user(final EntityId user) {
        return new AccountId(Kind.USER, user);
    }

    /**
     * The account of an organization.
     *
     * @param organization that pays.
     * @return the account.
     */
    public static AccountId organization(final EntityId organization) {
        return new AccountId(Kind.ORGANIZATION, organization);
    }

    /**
     * Read the printed form.
     *
     * @param text {@code user:<id>} or {@code organization:<id>}.
     * @return the account.
     * @throws IllegalArgumentException if the text is anything else.
     */
    public static AccountId parse(final String text) {
        for (final Kind kind : Kind.values()) {
            if (text.startsWith(kind.label + ":")) {
                return new AccountId(kind, EntityId.parse(text.substring(kind.label.length() + 1)));
            }
        }
        throw new IllegalArgumentException(
                "account must be user:<id> or organization:<id>: account=" + Quoted.of(text));
    }

    @Override
    public int compareTo(final AccountId other) {
        final int ofKind = kind.compareTo(other.kind);
        return ofKind == 0 ? id.compareTo(other.id) : ofKind;
    }

    @Override
    public String toString() {
        return kind.label + ":" + id;
    }
}
