package io.eventrouter.benchmarks.peers;

import io.eventrouter.benchmarks.workload.EventSequence;

/**
 * An engine that finds the subscribers of events. Tenants do not hear each other; prefixes end at a level boundary.
 *
 * <p><b>Threading:</b> one thread.
 */
public interface Matcher extends AutoCloseable {
    /**
     * Add a subscription.
     *
     * @param subscriber number, from 1.
     * @param tenant number, from 0.
     * @param prefix of event names, ending with a slash.
     */
    void subscribe(int subscriber, int tenant, String prefix);

    /**
     * Get ready for events: whatever a user of the engine could have at hand when an event comes in is made here.
     *
     * @param events that will be matched.
     */
    void prepare(EventSequence events);

    /**
     * Find the subscribers of some events in a row.
     *
     * @param first index of the first event, which the engine was prepared for.
     * @param count of events.
     * @return subscribers that were found.
     */
    long match(int first, int count);

    /**
     * Name the subscribers of one event: to see that an engine finds the right ones. Not for measuring.
     *
     * @param event index of the event, which the engine was prepared for.
     * @return their numbers in any order, each as often as it was found.
     */
    int[] subscribersOf(int event);

    @Override
    default void close() {
        // Most engines are left to the garbage collector.
    }
}
