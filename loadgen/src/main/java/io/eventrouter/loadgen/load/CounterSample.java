package io.eventrouter.loadgen.load;

import io.eventrouter.EventRouter;
import io.eventrouter.status.RouterCounter;
import java.util.EnumMap;
import java.util.Map;

/** The router's counters at some time, or what they grew by. Immutable. */
public final class CounterSample {
    private final Map<RouterCounter, Long> values;

    private CounterSample(final Map<RouterCounter, Long> values) {
        this.values = values;
    }

    static CounterSample of(final EventRouter router) {
        final Map<RouterCounter, Long> values = new EnumMap<>(RouterCounter.class);
        for (final RouterCounter counter : RouterCounter.values()) {
            values.put(counter, router.counter(counter));
        }
        return new CounterSample(values);
    }

    CounterSample minus(final CounterSample earlier) {
        final Map<RouterCounter, Long> growth = new EnumMap<>(RouterCounter.class);
        values.forEach((counter, value) -> growth.put(counter, value - earlier.get(counter)));
        return new CounterSample(growth);
    }

    /**
     * The value of a counter.
     *
     * @param counter to read.
     * @return the value.
     */
    public long get(final RouterCounter counter) {
        return values.get(counter);
    }

    /**
     * Deliveries to all kinds of recipients.
     *
     * @return the sum.
     */
    public long deliveries() {
        return get(RouterCounter.DELIVERIES_TO_DEVICES)
                + get(RouterCounter.DELIVERIES_TO_INTEGRATIONS)
                + get(RouterCounter.DELIVERIES_TO_LOGIC_FUNCTIONS)
                + get(RouterCounter.DELIVERIES_TO_STREAMS);
    }

    /**
     * Data operations of all accounts.
     *
     * @return the sum.
     */
    public long operations() {
        return get(RouterCounter.PUBLISH_OPERATIONS) + get(RouterCounter.SUBSCRIBE_OPERATIONS);
    }
}
