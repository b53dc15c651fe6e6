package io.eventrouter.loadgen.fleet;

import io.eventrouter.identity.EntityId;
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
    public static String product(final int productId) {
        return "product is not in the fleet: product_id=" + productId;
    }

    /**
     * No such device.
     *
     * @param field that referred to it.
     * @param device that was referred to.
     * @return the words.
     */
    public static String device(final String field, final EntityId device) {
        return "device is not in the fleet: " + field + "=" + device;
    }

    /**
     * No such user.
     *
     * @param field that referred to it.
     * @param user that was referred to.
     * @return the words.
     */
    public static String user(final String field, final EntityId user) {
        return "user is not in the fleet: " + field + "=" + user;
    }

    /**
     * No such user or customer.
     *
     * @param field that referred to it.
     * @param owner that was referred to.
     * @return the words.
     */
    public static String owner(final String field, final EntityId owner) {
        return "owner is neither a user nor a customer of the fleet: " + field + "=" + owner;
    }

    /**
     * An id that is taken.
     *
     * @param element that has it.
     * @param id that is taken.
     * @return the exception to throw.
     */
    public static InvalidElementException duplicate(final Fields element, final Object id) {
        return element.error("id", "id is already taken: id=" + id);
    }
}
