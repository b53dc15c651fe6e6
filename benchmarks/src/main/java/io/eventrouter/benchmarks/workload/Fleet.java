package io.eventrouter.benchmarks.workload;

import io.eventrouter.identity.EntityId;

/**
 * A fleet as a platform has it: companies with ten products each, devices that are members of one product, users who
 * have claimed ten devices of a product each, but for one device in eight that nobody claimed yet. In every product
 * 100 devices, spread over its users, subscribe to one prefix of {@link ReadingNames} each. Nothing of it is kept:
 * every device is computed from its number, so that a generator of ten million devices costs no memory.
 *
 * <p>Every event of a claimed device is in three scopes: those of its owner, product and organization. In the product
 * it meets one subscribed device. Of the owners in a product of up to 1,000 devices, nearly all have a device that
 * subscribes; in a larger one, 100 at most.
 */
public final class Fleet {
    /** Devices that subscribe in each product. */
    public static final int SUBSCRIPTIONS_PER_PRODUCT = ReadingNames.PREFIXES;

    /** What the integration of every product listens to: one event in a hundred. */
    public static final String PRODUCT_INTEGRATION_PREFIX = "valve/fault/";

    /** What the stream of every organization listens to: one event in a hundred. */
    public static final String ORGANIZATION_STREAM_PREFIX = "truck/fault/";

    private static final int DEVICES_PER_USER = 10;
    private static final int PRODUCTS_PER_ORGANIZATION = 10;
    private static final int UNCLAIMED_ONE_IN = 8;

    private final int devices;
    private final int products;
    private final int devicesPerProduct;
    private final int subscribingProducts;
    private final long seed;

    /**
     * A fleet.
     *
     * @param devices in the fleet, at least as many as subscriptions; a multiple of the number of products.
     * @param subscriptions in the fleet; a multiple of {@link #SUBSCRIPTIONS_PER_PRODUCT}.
     * @param seed of the ids.
     */
    public Fleet(final int devices, final int subscriptions, final long seed) {
        if (subscriptions <= 0 || subscriptions % SUBSCRIPTIONS_PER_PRODUCT != 0) {
            throw new IllegalArgumentException("subscriptions must be a positive multiple of "
                    + SUBSCRIPTIONS_PER_PRODUCT + ": subscriptions=" + subscriptions);
        }
        this.products = subscriptions / SUBSCRIPTIONS_PER_PRODUCT;
        if (devices < subscriptions || devices % products != 0) {
            throw new IllegalArgumentException("devices must be at least subscriptions=" + subscriptions
                    + " and a multiple of products=" + products + ": devices=" + devices);
        }
        this.devices = devices;
        this.devicesPerProduct = devices / products;
        this.subscribingProducts = products;
        this.seed = seed;
    }

    private Fleet(final Fleet other, final int subscribingProducts) {
        this.devices = other.devices;
        this.products = other.products;
        this.devicesPerProduct = other.devicesPerProduct;
        this.subscribingProducts = subscribingProducts;
        this.seed = other.seed;
    }

    /**
     * The same fleet, but that nobody subscribes outside of the first products.
     *
     * @param firstProducts how many of them, at most {@link #products()}.
     * @return the fleet.
     */
    public Fleet subscribingOnlyIn(final int firstProducts) {
        if (firstProducts < 0 || firstProducts > products) {
            throw new IllegalArgumentException(
                    "firstProducts must be 0 to products=" + products + ": firstProducts=" + firstProducts);
        }
        return new Fleet(this, firstProducts);
    }

    /** Shows a fleet, thing by thing. */
    public interface Visitor {
        /** An organization. */
        void organization(EntityId organization);

        /** A product and the organization that owns it. */
        void product(int productId, EntityId organization);

        /** A user. */
        void user(EntityId user);

        /** A device, its product, its owner or null, and its subscription or null. */
        void device(EntityId device, int productId, EntityId owner, String prefix);
    }

    /**
     * Show the fleet in an order in which nothing refers to what comes later.
     *
     * @param visitor to show it to.
     */
    public void visit(final Visitor visitor) {
        for (int i = 0; i < organizations(); i++) {
            visitor.organization(organization(i));
        }
        for (int i = 0; i < products; i++) {
            visitor.product(i + 1, organization(i / PRODUCTS_PER_ORGANIZATION));
        }
        for (int i = 0; i < users(); i++) {
            visitor.user(user(i));
        }
        for (int i = 0; i < devices; i++) {
            visitor.device(device(i), productOf(i) + 1, ownerOf(i), prefixOf(i));
        }
    }

    public int devices() {
        return devices;
    }

    public int products() {
        return products;
    }

    public int organizations() {
        return (products + PRODUCTS_PER_ORGANIZATION - 1) / PRODUCTS_PER_ORGANIZATION;
    }

    public int users() {
        return products * ((devicesPerProduct + DEVICES_PER_USER - 1) / DEVICES_PER_USER);
    }

    /**
     * Users, organizations and products together.
     *
     * @return the number.
     */
    public int accounts() {
        return users() + organizations() + products;
    }

    public EntityId device(final int device) {
        return EntityId.of(idHigh(device), idLow(device));
    }

    public long idHigh(final int device) {
        return mix(seed + device);
    }

    public int idLow(final int device) {
        return (int) (mix(seed ^ device) >>> 16);
    }

    /**
     * The product of a device.
     *
     * @param device number.
     * @return number of the product, from 0; its id is one more.
     */
    public int productOf(final int device) {
        return device % products;
    }

    /**
     * A device of a product.
     *
     * @param product number.
     * @param member 0 to {@link #devicesPerProduct()} - 1.
     * @return number of the device.
     */
    public int member(final int product, final int member) {
        return product + products * member;
    }

    public int devicesPerProduct() {
        return devicesPerProduct;
    }

    /**
     * Who claimed a device: its users have devices of one product.
     *
     * @param device number.
     * @return the user, or null.
     */
    public EntityId ownerOf(final int device) {
        final int member = device / products;
        return member % UNCLAIMED_ONE_IN == UNCLAIMED_ONE_IN - 1
                ? null
                : user(productOf(device) + products * (member / DEVICES_PER_USER));
    }

    /**
     * What a device subscribes to.
     *
     * @param device number.
     * @return a prefix, or null.
     */
    public String prefixOf(final int device) {
        final int member = device / products;
        final int every = devicesPerProduct / SUBSCRIPTIONS_PER_PRODUCT;
        return productOf(device) < subscribingProducts
                        && member % every == 0
                        && member / every < SUBSCRIPTIONS_PER_PRODUCT
                ? ReadingNames.prefix(member / every)
                : null;
    }

    private static EntityId organization(final int number) {
        return EntityId.of(mix(number), 2);
    }

    private static EntityId user(final int number) {
        return EntityId.of(mix(number), 1);
    }

    private static long mix(final long value) {
        long bits = value * 0x9E3779B97F4A7C15L;
        bits = (bits ^ bits >>> 32) * 0xD6E8FEB86659FD93L;
        return bits ^ bits >>> 32;
    }
}
