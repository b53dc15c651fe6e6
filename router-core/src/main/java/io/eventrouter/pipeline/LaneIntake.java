package io.eventrouter.pipeline;

import io.eventrouter.command.TopicTemplate;
import io.eventrouter.event.EventDraft;
import io.eventrouter.event.EventLimits;
import io.eventrouter.event.PublishResult;
import io.eventrouter.memory.IdIndex;
import io.eventrouter.routing.SlotLayout;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Puts valid events into the ring of one lane.
 *
 * <p>Whoever fails between taking slots and publishing them notes the slots where it fails, see {@link LeftSlots}. A
 * method cannot do that, for the stack may have ended; so the same three lines end every method that takes slots.
 *
 * <p><b>Threading:</b> any thread. Never blocks, never allocates.
 */
final class LaneIntake {
    /** Several events of one publisher take so many slots at once at most, if no single one needs more. */
    private static final int MAX_SLOTS_PER_CLAIM = 256;

    private final CommandRing ring;
    private final LeftSlots left;
    private final UnsafeBuffer buffer;
    private final LaneMap map;
    private final int lane;
    private final EpochClock clock;
    private final RingShares shares;
    private final IdIndex devices;
    private volatile boolean closed;

    LaneIntake(
            final CommandRing ring,
            final LaneMap map,
            final int lane,
            final EpochClock clock,
            final RingShares shares,
            final IdIndex devices) {
        this.ring = ring;
        this.left = ring.left();
        this.buffer = ring.buffer();
        this.map = map;
        this.lane = lane;
        this.clock = clock;
        this.shares = shares;
        this.devices = devices;
    }

    /** Let nothing in any more. */
    void close() {
        closed = true;
    }

    /** What a device is looked up by. */
    long hashOfDevice(final long idHigh, final int idLow) {
        return devices.hash(idHigh, idLow);
    }

    /**
     * Read where a device will be looked up; returns what was read, for the caller to keep: a read whose value goes
     * nowhere is no read.
     */
    int readAhead(final long hashOfDevice) {
        return devices.warmPeek(hashOfDevice);
    }

    /** The handle that a device most likely has, or 0. */
    int likelyDevice(final long hashOfDevice) {
        return devices.peek(hashOfDevice);
    }

    /** The same for whoever keeps it: a device is found however far the index has put it. */
    int deviceHandle(final long hashOfDevice) {
        return devices.peekFar(hashOfDevice);
    }

    /** Put an event in; returns its sequence or a negative {@link PublishResult}, as all methods that put do. */
    long put(final EventDraft draft, final int likelyDevice) {
        final int slots = slots(draft);
        final long publishedAtMs = publishedAtMs(draft);
        final long place = take(draft, slots);
        if (place < 0) {
            return place;
        }
        try {
            if (closed) {
                return refuse(place, slots);
            }
            SlotLayout.writeEvent(buffer, ring.offset(place), draft, publishedAtMs, likelyDevice);
            return finish(place, slots);
        } catch (final Throwable problem) {
            // No calls, no monitor: the stack may have ended. The routing thread does the rest.
            left.claims[(int) place & left.mask] = place + 1 << LeftSlots.COUNT_BITS | slots;
            left.isAny = true;
            throw problem;
        }
    }

    /** Put the drafts in that wait for a place in this lane, in their order, and replace their results. */
    void putAll(final EventDraft[] drafts, final int count, final long[] results) {
        long result = 0;
        long refused = RingShares.NOBODY;
        int first = 0;
        while (first < count && result >= 0) {
            int slots = 0;
            int slotsOfLongest = 0;
            int end = first;
            while (end < count) {
                final int more = isWaiting(results[end]) ? slots(drafts[end]) : 0;
                if (slots + more > MAX_SLOTS_PER_CLAIM && end > first) {
                    break;
                }
                slots += more;
                slotsOfLongest = Math.max(slotsOfLongest, more);
                end++;
            }
            final boolean limited = shares.areLimited(slots);
            if (limited || refused != RingShares.NOBODY) {
                refused = shares.refuse(drafts, first, end, results, lane, limited, refused);
                slots = slots(drafts, first, end, results);
            }
            result = putRange(drafts, first, end, slots, slotsOfLongest, results, limited);
            first = end;
        }
        for (int i = 0; i < count && result < 0; i++) {
            results[i] = isWaiting(results[i]) ? result : results[i];
        }
    }

    /** Put a body in, in chunks, each as an event. */
    long putChunks(
            final TopicTemplate topic,
            final EventDraft draft,
            final int bodyLength,
            final int chunkLength,
            final boolean chunked) {
        final int topicLength = topic.length(draft.nameLength());
        final int chunks = (bodyLength + chunkLength - 1) / chunkLength;
        final int longestName = topicLength + suffixLength(chunks - 1, chunked);
        if (longestName == 0 || longestName > EventLimits.MAX_CLOUD_NAME_LENGTH) {
            return PublishResult.INVALID_NAME_LENGTH;
        }
        int slots = 0;
        for (int chunk = 0; chunk < chunks; chunk++) {
            slots += slots(topicLength, chunk, bodyLength, chunkLength, chunked);
        }
        final long publishedAtMs = publishedAtMs(draft);
        final long first = take(draft, slots);
        if (first < 0) {
            return first;
        }
        try {
            if (closed) {
                return refuse(first, slots);
            }
            long place = first;
            for (int chunk = 0; chunk < chunks; chunk++) {
                final int offset = ring.offset(place);
                final int length = Math.min(chunkLength, bodyLength - chunk * chunkLength);
                final int nameLength = topicLength + suffixLength(chunk, chunked);
                SlotLayout.writeChunk(buffer, offset, draft, nameLength, chunk * chunkLength, length, publishedAtMs);
                writeName(topic, draft, SlotLayout.nameOffset(offset), chunk, chunked);
                SlotLayout.concludeName(buffer, offset, nameLength);
                place += slots(topicLength, chunk, bodyLength, chunkLength, chunked);
            }
            return finish(first, slots);
        } catch (final Throwable problem) {
            // No calls, no monitor: the stack may have ended. The routing thread does the rest.
            left.claims[(int) first & left.mask] = first + 1 << LeftSlots.COUNT_BITS | slots;
            left.isAny = true;
            throw problem;
        }
    }

    /** Put a report of attempts in. */
    long putAttempts(final long idHigh, final int idLow, final int operationsPerAttempt, final int outcome) {
        final int slots = 1;
        final long place = take(slots);
        if (place < 0) {
            return place;
        }
        try {
            if (closed) {
                return refuse(place, slots);
            }
            SlotLayout.writeAttempts(ring.address(place), idHigh, idLow, operationsPerAttempt, outcome);
            return finish(place, slots);
        } catch (final Throwable problem) {
            // No calls, no monitor: the stack may have ended. The routing thread does the rest.
            left.claims[(int) place & left.mask] = place + 1 << LeftSlots.COUNT_BITS | slots;
            left.isAny = true;
            throw problem;
        }
    }

    /** No event, but a place in the order, so that its caller can wait for what came before. */
    long takePlace() {
        final int slots = 1;
        final long place = take(slots);
        if (place < 0) {
            return place;
        }
        try {
            abandon(place, slots);
            return map.sequence(place, lane);
        } catch (final Throwable problem) {
            // No calls, no monitor: the stack may have ended. The routing thread does the rest.
            left.claims[(int) place & left.mask] = place + 1 << LeftSlots.COUNT_BITS | slots;
            left.isAny = true;
            throw problem;
        }
    }

    /** Slots that an event takes. */
    static int slots(final EventDraft draft) {
        return CommandRing.slots(SlotLayout.length(draft.nameLength(), draft.payloadLength()));
    }

    // Puts the waiting drafts of a range into slots that are taken at once; if there is no place, they wait on.
    private long putRange(
            final EventDraft[] drafts,
            final int first,
            final int end,
            final int slots,
            final int slotsOfLongest,
            final long[] results,
            final boolean limited) {
        if (slots == 0) {
            return 0;
        }
        final long firstPlace = take(slots);
        if (firstPlace < 0) {
            for (int i = first; i < end && limited; i++) {
                if (isWaiting(results[i])) {
                    shares.discount(shares.publisher(drafts[i]), slots(drafts[i]));
                }
            }
            return firstPlace;
        }
        try {
            if (closed) {
                return refuse(firstPlace, slots);
            }
            final long nowMs = clock.time();
            long place = firstPlace;
            for (int i = first; i < end; i++) {
                final EventDraft draft = drafts[i];
                if (isWaiting(results[i])) {
                    SlotLayout.writeEvent(
                            buffer,
                            ring.offset(place),
                            draft,
                            publishedAtMs(draft, nowMs),
                            WaitingDraft.likelyDevice(results[i]));
                    results[i] = map.sequence(place, lane);
                    place += slots(draft);
                }
            }
            ring.publish(firstPlace, slots, slotsOfLongest);
            return map.sequence(firstPlace, lane);
        } catch (final Throwable problem) {
            // No calls, no monitor: the stack may have ended. The routing thread does the rest.
            left.claims[(int) firstPlace & left.mask] = firstPlace + 1 << LeftSlots.COUNT_BITS | slots;
            left.isAny = true;
            throw problem;
        }
    }

    private boolean isWaiting(final long result) {
        return WaitingDraft.isOf(lane, result);
    }

    private int slots(final EventDraft[] drafts, final int first, final int end, final long[] results) {
        int slots = 0;
        for (int i = first; i < end; i++) {
            slots += isWaiting(results[i]) ? slots(drafts[i]) : 0;
        }
        return slots;
    }

    private void writeName(
            final TopicTemplate topic,
            final EventDraft draft,
            final int offset,
            final int chunk,
            final boolean chunked) {
        final int end =
                topic.write(buffer, offset, draft.idHigh(), draft.idLow(), draft.nameBuffer(), draft.nameLength());
        if (chunked) {
            buffer.putByte(end, (byte) '/');
            buffer.putNaturalIntAscii(end + 1, chunk);
        }
    }

    private static int slots(
            final int topicLength,
            final int chunk,
            final int bodyLength,
            final int chunkLength,
            final boolean chunked) {
        final int length = Math.min(chunkLength, bodyLength - chunk * chunkLength);
        return CommandRing.slots(SlotLayout.length(topicLength + suffixLength(chunk, chunked), length));
    }

    private static int suffixLength(final int chunk, final boolean chunked) {
        if (!chunked) {
            return 0;
        }
        return chunk < 10 ? 2 : chunk < 100 ? 3 : 4;
    }

    private long publishedAtMs(final EventDraft draft) {
        return draft.publishedAtMs() == EventDraft.NOW ? clock.time() : draft.publishedAtMs();
    }

    private static long publishedAtMs(final EventDraft draft, final long nowMs) {
        return draft.publishedAtMs() == EventDraft.NOW ? nowMs : draft.publishedAtMs();
    }

    private long take(final EventDraft draft, final int slots) {
        return shares.areLimited(slots) ? takeOfShare(shares.publisher(draft), slots) : take(slots);
    }

    private long takeOfShare(final long publisherHash, final int slots) {
        if (!shares.tryCount(publisherHash, slots)) {
            return PublishResult.RING_SHARE_EXCEEDED;
        }
        final long place = take(slots);
        if (place < 0) {
            shares.discount(publisherHash, slots);
        }
        return place;
    }

    private long take(final int slots) {
        final long place = ring.tryTake(slots);
        return place == CommandRing.NO_ROOM ? PublishResult.BACK_PRESSURED : place;
    }

    // Only whoever takes slots and then finds the router open is sure to have them before the closing command has its
    // own, and to be routed; all others void theirs.
    private long refuse(final long place, final int slots) {
        abandon(place, slots);
        return PublishResult.CLOSED;
    }

    private long finish(final long place, final int slots) {
        ring.publish(place, slots);
        return map.sequence(place, lane);
    }

    // Slots that were taken must be published whatever happens, or nothing behind them is ever routed.
    private void abandon(final long place, final int slots) {
        for (int i = 0; i < slots; i++) {
            SlotLayout.writeVoid(ring.address(place + i));
        }
        ring.publish(place, slots);
    }
}
