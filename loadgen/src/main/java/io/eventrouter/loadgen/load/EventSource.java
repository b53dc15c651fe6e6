package io.eventrouter.loadgen.load;

import io.eventrouter.event.EventDraft;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Something that publishes: devices of a group by one of their patterns, or the API. Immutable; any thread.
 */
interface EventSource {
    /** Nothing answers. */
    int[] NOBODY = {};

    /**
     * How many events of the fleet's own come from it in a second.
     *
     * @return the rate.
     */
    double perSecond();

    /**
     * Into how many equal shares its publishers fall if each account or product is to have one of its own.
     *
     * @return at least 1.
     */
    int shares();

    /**
     * Fill in origin, name and payload of an event.
     *
     * @param draft to fill in.
     * @param publisherBits random bits that choose the publisher; in order, if shares of publishers are to be in order.
     * @param bits random bits, of which the rest of the event is a function.
     * @param scratch of {@link NameTable#scratch()}.
     * @return the integrations that answer, by their place in {@link Answers}; not to be changed.
     */
    int[] fill(EventDraft draft, long publisherBits, long bits, UnsafeBuffer scratch);
}
