package io.eventrouter.command;

/**
 * Why a command was refused. Most of it depends on the state, and is decided at the command's place in the order; a
 * disk that takes no change, or a router that is closed, refuses it before it has one.
 */
public enum Refusal {
    /** No such device is registered. */
    UNKNOWN_DEVICE("device is not registered"),
    /** No such user is registered. */
    UNKNOWN_USER("user is not registered"),
    /** No such user or customer is registered. */
    UNKNOWN_OWNER("owner is not registered"),
    /** No such organization is registered. */
    UNKNOWN_ORGANIZATION("organization is not registered"),
    /** No such product is registered. */
    UNKNOWN_PRODUCT("product is not registered"),
    /** No such integration exists. */
    UNKNOWN_INTEGRATION("integration does not exist"),
    /** No such Logic function exists. */
    UNKNOWN_LOGIC_FUNCTION("logic function does not exist"),
    /** No such stream is open. */
    UNKNOWN_STREAM("stream is not open"),
    /** The id is taken. */
    ALREADY_REGISTERED("id is already registered"),
    /** The router holds as many devices as it was started for. */
    DEVICE_LIMIT("no more devices fit"),
    /** The router holds as many users, organizations, products and customers as it was started for. */
    ACCOUNT_LIMIT("no more users, organizations, products and customers fit"),
    /** The device holds as many subscriptions as it may. */
    SUBSCRIPTION_LIMIT("no more subscriptions fit on the device"),
    /** The owner has as many devices as it may. */
    OWNER_DEVICE_LIMIT("the owner may have no more devices"),
    /** The product has as many devices as it may. */
    PRODUCT_DEVICE_LIMIT("the product may have no more devices"),
    /** The account has as many products as it may. */
    PRODUCT_LIMIT("the account may have no more products"),
    /** The scope has as many integrations, Logic functions and streams as it may. */
    SERVICE_LIMIT("the scope may have no more integrations, Logic functions and streams"),
    /** The device subscribes faster than it may. */
    DEVICE_SUBSCRIBE_RATE("the device subscribes faster than it may"),
    /** What the account pays for subscribes faster than it may. */
    ACCOUNT_SUBSCRIBE_RATE("the account subscribes faster than it may"),
    /** Subscriptions have all the memory that they may have. */
    MATCHING_MEMORY_LIMIT("no more subscriptions fit into memory"),
    /** The disk has no room to keep the change; nothing has changed. It is taken again as soon as there is room. */
    STORAGE_FULL("disk is full, so the change could not be kept"),
    /** The disk does not work; nothing has changed. Changes are taken again as soon as it works. */
    STORAGE_UNAVAILABLE("disk does not work, so the change could not be kept"),
    /** The router is closed, or was before the command was carried out. */
    CLOSED("router is closed");

    private final String sentence;

    Refusal(final String sentence) {
        this.sentence = sentence;
    }

    /**
     * The reason in words.
     *
     * @return the words.
     */
    public String sentence() {
        return sentence;
    }
}
