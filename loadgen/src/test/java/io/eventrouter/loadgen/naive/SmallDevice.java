package io.eventrouter.loadgen.naive;

import java.util.List;

/** A device of a random fleet. */
public final class SmallDevice {
    final String id;
    final String owner;
    final int product;
    final boolean isQuarantined;
    final boolean isDenied;
    final int maxEventSize;
    final int attempts;
    final List<String> subscriptions;
    boolean isOnline;

    SmallDevice(
            final String id,
            final String owner,
            final int product,
            final boolean isQuarantined,
            final boolean isDenied,
            final boolean isOnline,
            final int maxEventSize,
            final int attempts,
            final List<String> subscriptions) {
        this.id = id;
        this.owner = owner;
        this.product = product;
        this.isQuarantined = isQuarantined;
        this.isDenied = isDenied;
        this.isOnline = isOnline;
        this.maxEventSize = maxEventSize;
        this.attempts = attempts;
        this.subscriptions = subscriptions;
    }

    /** The product in which it is in good standing, or 0. */
    int standing() {
        return isQuarantined || isDenied ? 0 : product;
    }

    String json() {
        return "{\"id\":\"" + id + "\"" + (owner == null ? "" : ",\"user_id\":\"" + owner + "\"")
                + (product == 0 ? "" : ",\"product_id\":" + product) + ",\"quarantined\":" + isQuarantined
                + ",\"denied\":" + isDenied + ",\"online\":" + isOnline + ",\"max_event_size\":" + maxEventSize
                + ",\"attempts\":" + (attempts == 4 ? "\"never\"" : attempts)
                + ",\"subscriptions\":["
                + String.join(
                        ",",
                        subscriptions.stream().map(text -> '"' + text + '"').toList())
                + "]}";
    }
}
