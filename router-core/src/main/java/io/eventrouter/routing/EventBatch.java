package io.eventrouter.routing;

/**
 * Events that are routed together, and what was found out about each: plain arrays, event by event.
 *
 * <p>A batch holds no commands, so nothing that a look-up depends on changes between its events: a handler's answer
 * can take a device offline, but neither entries nor the lists of subscribers change by that.
 */
final class EventBatch {
    /** Events in a batch at most: enough look-ups to keep the memory busy, few enough to stay in the cache. */
    static final int MAX_EVENTS = 64;

    final long[] addresses = new long[MAX_EVENTS];
    final long[] sequences = new long[MAX_EVENTS];

    final int[] devices = new int[MAX_EVENTS];
    final int[] owners = new int[MAX_EVENTS];
    final int[] ownersOfHearingDevices = new int[MAX_EVENTS];
    final int[] products = new int[MAX_EVENTS];
    final int[] payers = new int[MAX_EVENTS];
    final long[] results = new long[MAX_EVENTS];

    /** How many entries match. */
    final int[] hits = new int[MAX_EVENTS];

    /** How many device subscriptions match, also such as nothing reaches right now. */
    final int[] receivers = new int[MAX_EVENTS];

    /** Positions to read ahead at, for one pass: two for every event. */
    final long[] positions = new long[2 * MAX_EVENTS];

    /** Keeps the reads ahead alive: a read whose value goes nowhere is no read. */
    int sink;

    int count;

    /** How many events, from the first, have begun to be routed; other threads look when the router is given up. */
    int begun;

    /** How many events, from the first, were looked up. */
    int lookedUp;

    boolean isFull() {
        return count == MAX_EVENTS;
    }

    void add(final long address, final long sequence) {
        addresses[count] = address;
        sequences[count++] = sequence;
    }

    /** Forget the first events. */
    void removeFirst(final int removed) {
        for (int i = removed; i < count; i++) {
            addresses[i - removed] = addresses[i];
            sequences[i - removed] = sequences[i];
        }
        count -= removed;
        begun = 0;
    }
}
