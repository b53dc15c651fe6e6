package io.eventrouter.oracle;

import io.eventrouter.identity.EntityId;
import java.util.ArrayList;
import java.util.List;

/** A device as the oracle remembers it: plain fields, changed by commands only. */
final class NaiveDevice {
    final EntityId id;
    EntityId owner;
    int productId;
    boolean quarantined;
    boolean denied;
    boolean development;
    boolean online;
    int maxEventSize;
    final List<String> subscriptions = new ArrayList<>();

    NaiveDevice(final EntityId id, final int maxEventSize) {
        this.id = id;
        this.maxEventSize = maxEventSize;
    }

    /** The same device, but offline and without subscriptions. */
    NaiveDevice copyOfKept() {
        final NaiveDevice copy = new NaiveDevice(id, maxEventSize);
        copy.owner = owner;
        copy.productId = productId;
        copy.quarantined = quarantined;
        copy.denied = denied;
        copy.development = development;
        return copy;
    }

    boolean isClaimed() {
        return owner != null;
    }
}
