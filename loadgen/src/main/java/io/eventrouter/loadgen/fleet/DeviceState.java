package io.eventrouter.loadgen.fleet;

import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.identity.EntityId;
import java.util.List;

/**
 * What a device is at one moment.
 *
 * <p><b>Threading:</b> as its {@link FleetState}.
 */
public final class DeviceState {
    private final EntityId id;
    private final int maxEventSize;
    private final AttemptOutcome outcome;
    private EntityId owner;
    private int productId;
    private boolean isQuarantined;
    private boolean isDenied;
    private boolean isOnline;
    private List<String> subscriptions = List.of();

    DeviceState(final EntityId id, final int maxEventSize, final AttemptOutcome outcome) {
        this.id = id;
        this.maxEventSize = maxEventSize;
        this.outcome = outcome;
    }

    /** Its id. */
    public EntityId id() {
        return id;
    }

    /** The longest payload that it can receive, in bytes. */
    public int maxEventSize() {
        return maxEventSize;
    }

    /** How it answers every attempt to deliver to it. */
    public AttemptOutcome outcome() {
        return outcome;
    }

    /** The user or customer that claimed it; null for none. */
    public EntityId owner() {
        return owner;
    }

    /** Whether it has an owner. */
    public boolean isClaimed() {
        return owner != null;
    }

    /** The product that it is a member of, in good standing or not; 0 for none. */
    public int productId() {
        return productId;
    }

    /** Whether its membership is suspended because its firmware names a product that it was not added to. */
    public boolean isQuarantined() {
        return isQuarantined;
    }

    /** Whether its product has turned it away. */
    public boolean isDenied() {
        return isDenied;
    }

    /** The product in which it is in good standing; 0 for none. */
    public int standingProductId() {
        return isQuarantined || isDenied ? 0 : productId;
    }

    /** Whether it can be reached. */
    public boolean isOnline() {
        return isOnline;
    }

    /** The prefixes that it subscribed to, each once. */
    public List<String> subscriptions() {
        return subscriptions;
    }

    void setOwner(final EntityId newOwner) {
        owner = newOwner;
    }

    void setProductId(final int newProductId) {
        productId = newProductId;
    }

    void setQuarantined(final boolean nowQuarantined) {
        isQuarantined = nowQuarantined;
    }

    void setDenied(final boolean nowDenied) {
        isDenied = nowDenied;
    }

    void setOnline(final boolean nowOnline) {
        isOnline = nowOnline;
    }

    void setSubscriptions(final List<String> prefixes) {
        subscriptions = prefixes;
    }
}
