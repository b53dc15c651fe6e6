package io.eventrouter.limits;

/**
 * What one tenant may take of what all tenants share. Everything is without limit by default;
 * a limit that is not set costs no memory and next to no time.
 *
 * <p>Limits bound what is new. A start with lower ones than before takes over all that was kept, and refuses more of
 * it.
 *
 * <p>Rates are kept by token buckets, in the time at which an event was received or a command was submitted: what a
 * bucket refuses takes nothing out of it. A clock that is set back refuses for a second longer at most than an empty
 * bucket would; one that is set forward grants one burst at most. Every lane
 * has buckets of its own; as every lane carries out every command, that makes a difference for events only.
 *
 * <p><b>Threading:</b> one thread, before the launch; later changes have no effect.
 */
public final class TenantLimits {
    /** As a number: no limit. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    private int devicesPerOwner = UNLIMITED;
    private int devicesPerProduct = UNLIMITED;
    private int productsPerAccount = UNLIMITED;
    private int servicesPerScope = UNLIMITED;
    private RateLimit publishRatePerDevice;
    private RateLimit publishRatePerAccount;
    private RateLimit subscribeRatePerDevice;
    private RateLimit subscribeRatePerAccount;
    private int ringSharePerPublisher = 1;

    /** No limits. */
    public TenantLimits() {}

    private TenantLimits(final TenantLimits other) {
        devicesPerOwner = other.devicesPerOwner;
        devicesPerProduct = other.devicesPerProduct;
        productsPerAccount = other.productsPerAccount;
        servicesPerScope = other.servicesPerScope;
        publishRatePerDevice = other.publishRatePerDevice;
        publishRatePerAccount = other.publishRatePerAccount;
        subscribeRatePerDevice = other.subscribeRatePerDevice;
        subscribeRatePerAccount = other.subscribeRatePerAccount;
        ringSharePerPublisher = other.ringSharePerPublisher;
    }

    /**
     * The same limits, which later changes to these leave as they are.
     *
     * @return a copy.
     */
    public TenantLimits copy() {
        return new TenantLimits(this);
    }

    /**
     * How many devices a user or customer may have claimed; more claims are refused.
     *
     * @param devices 1 or more, or {@link #UNLIMITED} (the default).
     * @return this.
     * @throws IllegalArgumentException if it is out of range; the message has the value and the limits.
     */
    public TenantLimits devicesPerOwner(final int devices) {
        devicesPerOwner = checkNumber("devicesPerOwner", devices);
        return this;
    }

    /**
     * How many devices may be members of a product, in good standing or not; more are refused.
     *
     * @param devices 1 or more, or {@link #UNLIMITED} (the default).
     * @return this.
     * @throws IllegalArgumentException if it is out of range; the message has the value and the limits.
     */
    public TenantLimits devicesPerProduct(final int devices) {
        devicesPerProduct = checkNumber("devicesPerProduct", devices);
        return this;
    }

    /**
     * How many products a user or organization may have; more are refused.
     *
     * @param products 1 or more, or {@link #UNLIMITED} (the default).
     * @return this.
     * @throws IllegalArgumentException if it is out of range; the message has the value and the limits.
     */
    public TenantLimits productsPerAccount(final int products) {
        productsPerAccount = checkNumber("productsPerAccount", products);
        return this;
    }

    /**
     * How many integrations, Logic functions and streams, enabled or not, an owner, a product or an organization may
     * have together; more are refused. A Logic function is one for every product that its triggers name. Replacing one
     * is no more.
     *
     * @param services 1 or more, or {@link #UNLIMITED} (the default).
     * @return this.
     * @throws IllegalArgumentException if it is out of range; the message has the value and the limits.
     */
    public TenantLimits servicesPerScope(final int services) {
        servicesPerScope = checkNumber("servicesPerScope", services);
        return this;
    }

    /**
     * How many events a device may publish. More are refused at their place in the order; those are neither charged nor
     * delivered, and the refusal handler is told.
     *
     * @param eventsPerSecond on average, 1 to {@link RateLimit#MAX}; default no limit.
     * @param burst at once after a pause, 1 to {@link RateLimit#MAX}.
     * @return this.
     * @throws IllegalArgumentException if it is out of range; the message has the value and the limits.
     */
    public TenantLimits publishRatePerDevice(final int eventsPerSecond, final int burst) {
        publishRatePerDevice = new RateLimit(eventsPerSecond, burst);
        return this;
    }

    /**
     * How many events all publishers of an account may publish together: those that would be dropped if the account
     * were paused, by its devices, and by API calls to its user stream and products. More are refused at their place in
     * the order, as for {@link #publishRatePerDevice}. Hook, Logic and system events follow from others and are not
     * limited. With several lanes each has a bucket of its own, so an account whose devices are in all of them may
     * publish as many times more.
     *
     * @param eventsPerSecond on average, 1 to {@link RateLimit#MAX}; default no limit.
     * @param burst at once after a pause, 1 to {@link RateLimit#MAX}.
     * @return this.
     * @throws IllegalArgumentException if it is out of range; the message has the value and the limits.
     */
    public TenantLimits publishRatePerAccount(final int eventsPerSecond, final int burst) {
        publishRatePerAccount = new RateLimit(eventsPerSecond, burst);
        return this;
    }

    /**
     * How often a device may subscribe; more often is refused. Taking subscriptions back is always allowed: there was
     * one of these before for each, and a device that is gone cannot try again.
     *
     * @param commandsPerSecond on average, 1 to {@link RateLimit#MAX}; default no limit.
     * @param burst at once after a pause, 1 to {@link RateLimit#MAX}.
     * @return this.
     * @throws IllegalArgumentException if it is out of range; the message has the value and the limits.
     */
    public TenantLimits subscribeRatePerDevice(final int commandsPerSecond, final int burst) {
        subscribeRatePerDevice = new RateLimit(commandsPerSecond, burst);
        return this;
    }

    /**
     * How often an account may have something subscribe: the devices that it pays for, integrations that are put or
     * enabled, Logic functions that are put, streams that are opened. More often is refused.
     *
     * @param commandsPerSecond on average, 1 to {@link RateLimit#MAX}; default no limit.
     * @param burst at once after a pause, 1 to {@link RateLimit#MAX}.
     * @return this.
     * @throws IllegalArgumentException if it is out of range; the message has the value and the limits.
     */
    public TenantLimits subscribeRatePerAccount(final int commandsPerSecond, final int burst) {
        subscribeRatePerAccount = new RateLimit(commandsPerSecond, burst);
        return this;
    }

    /**
     * Which part of a ring one publisher may take while the ring passes once, as long as more than half of the ring is
     * taken: of what is left then, no single one can take all. A publisher is a device, or for API and Logic events the
     * user or product that they are addressed to. Whoever has taken nothing in this turn may always publish once,
     * however long the event. Refused with {@link io.eventrouter.event.PublishResult#RING_SHARE_EXCEEDED}.
     *
     * @param part one in how many slots, 1 to 1,024; default 1, which is no limit; 16 is a good one for many
     *     publishers.
     * @return this.
     * @throws IllegalArgumentException if it is out of range; the message has the value and the limits.
     */
    public TenantLimits ringSharePerPublisher(final int part) {
        if (part < 1 || part > 1_024) {
            throw new IllegalArgumentException(
                    "ringSharePerPublisher must be one in [1, 1024]: ringSharePerPublisher=" + part);
        }
        ringSharePerPublisher = part;
        return this;
    }

    public int devicesPerOwner() {
        return devicesPerOwner;
    }

    public int devicesPerProduct() {
        return devicesPerProduct;
    }

    public int productsPerAccount() {
        return productsPerAccount;
    }

    public int servicesPerScope() {
        return servicesPerScope;
    }

    public RateLimit publishRatePerDevice() {
        return publishRatePerDevice;
    }

    public RateLimit publishRatePerAccount() {
        return publishRatePerAccount;
    }

    public RateLimit subscribeRatePerDevice() {
        return subscribeRatePerDevice;
    }

    public RateLimit subscribeRatePerAccount() {
        return subscribeRatePerAccount;
    }

    public int ringSharePerPublisher() {
        return ringSharePerPublisher;
    }

    boolean countsAnything() {
        return Math.min(Math.min(devicesPerOwner, devicesPerProduct), Math.min(productsPerAccount, servicesPerScope))
                != UNLIMITED;
    }

    private static int checkNumber(final String name, final int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be in [1, " + UNLIMITED + "]: " + name + "=" + value);
        }
        return value;
    }

    @Override
    public String toString() {
        return "devicesPerOwner=" + devicesPerOwner + ", devicesPerProduct=" + devicesPerProduct
                + ", productsPerAccount=" + productsPerAccount + ", servicesPerScope=" + servicesPerScope
                + ", publishRatePerDevice=" + publishRatePerDevice + ", publishRatePerAccount=" + publishRatePerAccount
                + ", subscribeRatePerDevice=" + subscribeRatePerDevice + ", subscribeRatePerAccount="
                + subscribeRatePerAccount + ", ringSharePerPublisher=" + ringSharePerPublisher;
    }
}
