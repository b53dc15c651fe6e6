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

    boolean isClaimed() {
        return owner != null;
    }
}
