package io.eventrouter.loadgen.scenario;

import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Events that the API publishes to each product of a group, or to the stream of each user of a group.
 *
 * @param name of the events; a template without a device.
 * @param product that is published to; empty if it is a user's stream.
 * @param user account whose stream is published to; empty if it is a product.
 * @param everyNs from one publish to the next, for each product or user, in nanoseconds.
 * @param size of the payload, in bytes.
 * @param topics that there are for {@code {topic}}; 0 without it.
 */
public record Broadcast(
        Template name,
        Optional<ProductGroup> product,
        Optional<AccountGroup> user,
        Distribution everyNs,
        Distribution size,
        int topics) {
    /**
     * How many products or users are published to.
     *
     * @return the number.
     */
    public int sourceCount() {
        return product.map(ProductGroup::totalCount)
                .orElseGet(() -> user.orElseThrow().count());
    }

    /**
     * How many events a second each of them gets.
     *
     * @return the rate.
     */
    public double meanPerSecond() {
        return TimeUnit.SECONDS.toNanos(1) / everyNs.mean();
    }
}
