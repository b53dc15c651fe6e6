package io.eventrouter.loadgen.fleet;

import io.eventrouter.identity.EntityId;
import io.eventrouter.identity.Quoted;
import io.eventrouter.loadgen.input.InvalidElementException;
import io.eventrouter.loadgen.json.Fields;

/** The words for references to something that a fleet does not have, and for ids that it has already. */
public final class Unknown {
    private Unknown() {}

    /**
     * No such product.
     *
     * @param productId that was referred to.
     * @return the words.
     */
    public static String product(final long productId) {
        return "is not a product of the fleet: value=" + productId;
    }

    /**
     * No such device.
     *
     * @param device that was referred to.
     * @return the words.
     */
    public static String device(final EntityId device) {
        return "is not a device of the fleet: value=" + device;
    }

    /**
     * No such user.
     *
     * @param user that was referred to.
     * @return the words.
     */
    public static String user(final EntityId user) {
        return "is not a user of the fleet: value=" + user;
    }

    /**
     * No such user or customer.
     *
     * @param owner that was referred to.
     * @return the words.
     */
    public static String owner(final EntityId owner) {
        return "is neither a user nor a customer of the fleet: value=" + owner;
    }

    /**
     * No such organization.
     *
     * @param organization that was referred to.
     * @return the words.
     */
    public static String organization(final EntityId organization) {
        return "is not an organization of the fleet: value=" + organization;
    }

    /**
     * No such integration.
     *
     * @param integration that was referred to.
     * @return the words.
     */
    public static String integration(final String integration) {
        return "is not an integration that exists: value=" + Quoted.of(integration);
    }

    /**
     * An id that is taken.
     *
     * @param element that has it.
     * @param id that is taken.
     * @return the exception to throw.
     */
    public static InvalidElementException duplicate(final Fields element, final Object id) {
        return element.error("id", "is already taken: value=" + id);
    }
}
