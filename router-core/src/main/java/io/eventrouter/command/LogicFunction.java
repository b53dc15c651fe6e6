package io.eventrouter.command;

import io.eventrouter.event.EventLimits;
import io.eventrouter.event.EventNames;
import java.util.List;

/**
 * A Logic function and the events that run it.
 *
 * @param id of the function: 1 to 64 bytes, unique among Logic functions.
 * @param enabled whether any trigger runs it.
 * @param triggers any of which runs it; one event runs it at most once.
 */
public record LogicFunction(String id, boolean enabled, List<Trigger> triggers) {
    /**
     * Runs a function when an event of a product has exactly this name.
     *
     * @param productId of the product, positive.
     * @param eventName the whole name, 1 to 255 bytes.
     * @param enabled whether it runs the function.
     */
    public record Trigger(int productId, String eventName, boolean enabled) {
        public Trigger {
            if (productId <= 0) {
                throw new IllegalArgumentException("product id must be positive: productId=" + productId);
            }
            EventNames.check("trigger name", eventName, 1, EventLimits.MAX_CLOUD_NAME_LENGTH);
        }
    }

    public LogicFunction {
        EventNames.check("logic function id", id, 1, Integration.MAX_ID_LENGTH);
        triggers = Elements.copyOf("triggers", triggers);
    }
}
