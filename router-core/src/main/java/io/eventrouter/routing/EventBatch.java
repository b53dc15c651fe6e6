package io.eventrouter.routing;

import org.agrona.DirectBuffer;

/**
 * Events that are routed together, and what was found out about each: plain arrays, event by event.
 *
 * <p>A batch holds no commands, so nothing that a look-up depends on changes between its events: a handler's answer
 * can take a device offline, but neither entries nor the lists of subscribers change by that.
 */
final class EventBatch {
    /** Events in a batch at most: enough look-ups to keep the memory busy, few enough to stay in the cache. */
    static final int MAX_EVENTS = 64;

    /** Prefixes that an event is looked up by at most: 64 lengths for devices in two scopes, for others in three. */
    private static final int MAX_PROBES_OF_EVENT = 5 * Long.SIZE + 1;

    private static final int MAX_PROBES = 8 * MAX_EVENTS + MAX_PROBES_OF_EVENT;

    final DirectBuffer buffer;
    final int[] offsets = new int[MAX_EVENTS];
    final long[] sequences = new long[MAX_EVENTS];

    final long[] idHashes = new long[MAX_EVENTS];
    final int[] devices = new int[MAX_EVENTS];
    final int[] owners = new int[MAX_EVENTS];
    final int[] ownersOfHearingDevices = new int[MAX_EVENTS];
    final int[] products = new int[MAX_EVENTS];
    final long[] results = new long[MAX_EVENTS];
    final int[] endsOfProbes = new int[MAX_EVENTS];

    final int[] probeScopes = new int[MAX_PROBES];
    final int[] probeKinds = new int[MAX_PROBES];
    final int[] probeLengths = new int[MAX_PROBES];
    final long[] probeHashes = new long[MAX_PROBES];
    final long[] probeHomes = new long[MAX_PROBES];
    final int[] probeEntries = new int[MAX_PROBES];

    /** Positions to read ahead at, for one pass. */
    final long[] positions = new long[MAX_PROBES];

    int count;
    int probes;

    EventBatch(final DirectBuffer buffer) {
        this.buffer = buffer;
    }

    boolean isFull() {
        return count == MAX_EVENTS;
    }

    void add(final int offset, final long sequence) {
        offsets[count] = offset;
        sequences[count++] = sequence;
    }

    void addProbe(final int scope, final int kind, final int length, final long hash, final long home) {
        probeScopes[probes] = scope;
        probeKinds[probes] = kind;
        probeLengths[probes] = length;
        probeHashes[probes] = hash;
        probeHomes[probes++] = home;
    }

    boolean hasRoomForProbesOfAnotherEvent() {
        return probes <= MAX_PROBES - MAX_PROBES_OF_EVENT;
    }

    int firstProbe(final int event) {
        return event == 0 ? 0 : endsOfProbes[event - 1];
    }

    /** Forget the first events, and what was found out about all. */
    void removeFirst(final int removed) {
        for (int i = removed; i < count; i++) {
            offsets[i - removed] = offsets[i];
            sequences[i - removed] = sequences[i];
        }
        count -= removed;
        probes = 0;
    }
}
