package io.eventrouter.pipeline;

import io.eventrouter.command.HookTopics;
import io.eventrouter.command.TopicTemplate;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.event.EventDraft;
import io.eventrouter.event.EventLimits;
import io.eventrouter.event.EventOrigin;
import io.eventrouter.event.PublishResult;
import io.eventrouter.metering.DataOperations;
import io.eventrouter.ownership.KnownIds;
import io.eventrouter.routing.SlotLayout;
import io.eventrouter.status.RouterCounter;
import io.eventrouter.status.RouterCounters;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The data path: checks what publishers bring and puts it into the ring, or refuses it with a code.
 *
 * <p><b>Threading:</b> any thread. Never blocks, never allocates.
 */
public final class EventIntake {
    /** Bytes in a chunk of a hook response. */
    public static final int CHUNK_LENGTH = 512;

    /** In place of a result: the draft is valid and has no place yet. */
    private static final long VALID = Long.MIN_VALUE;

    /** Several events of one publisher take so many slots at once at most, if no single one needs more. */
    private static final int MAX_SLOTS_PER_CLAIM = 256;

    private static final int MAX_OPERATIONS_PER_ATTEMPT = DataOperations.of(EventLimits.MAX_CLOUD_PAYLOAD_LENGTH);

    private final CommandRing ring;
    private final UnsafeBuffer buffer;
    private final KnownIds knownIds;
    private final RouterCounters counters;
    private final EpochClock clock;
    private volatile boolean closed;

    /**
     * An open intake.
     *
     * @param ring to put into.
     * @param knownIds to ask whether an id is registered.
     * @param counters of what was refused.
     * @param clock for events that come without a time.
     */
    public EventIntake(
            final CommandRing ring, final KnownIds knownIds, final RouterCounters counters, final EpochClock clock) {
        this.ring = ring;
        this.buffer = ring.buffer();
        this.knownIds = knownIds;
        this.counters = counters;
        this.clock = clock;
    }

    /**
     * Publish one event.
     *
     * @param draft of the event.
     * @return its sequence, or a negative {@link PublishResult}.
     */
    public long publish(final EventDraft draft) {
        final long problem = check(draft);
        final long result = problem == 0 ? put(draft) : problem;
        return result < 0 ? refused(result) : result;
    }

    /**
     * Publish several events in their order, with as few claims of the ring as they allow.
     *
     * @param drafts of the events.
     * @param count how many of them, from the first.
     * @param results filled with the sequence of each event, or a negative {@link PublishResult}.
     * @return how many were let in.
     */
    public int publishAll(final EventDraft[] drafts, final int count, final long[] results) {
        for (int i = 0; i < count; i++) {
            final long problem = check(drafts[i]);
            results[i] = problem == 0 ? VALID : problem;
        }
        long place = 0;
        for (int first = 0; first < count && place >= 0; ) {
            final int end = endOfClaim(drafts, first, count, results);
            place = putAll(drafts, first, end, results);
            first = end;
        }
        int accepted = 0;
        for (int i = 0; i < count; i++) {
            if (results[i] >= 0) {
                accepted++;
            } else {
                results[i] = refused(results[i] == VALID ? place : results[i]);
            }
        }
        return accepted;
    }

    /**
     * Publish the events that answer for an integration.
     *
     * @param topics of the integration.
     * @param isError whether the answer is an error.
     * @param draft from the hook, with the name of the event that triggered it and the whole body.
     * @return sequence of the first, or a negative {@link PublishResult}.
     */
    public long publishHookResponse(final HookTopics topics, final boolean isError, final EventDraft draft) {
        final long problem =
                draft.origin() == EventOrigin.HOOK ? checkBeforeChunking(draft) : PublishResult.INCOMPLETE_DRAFT;
        if (problem != 0) {
            return refused(problem);
        }
        if (draft.payloadLength() == 0) {
            return takePlace();
        }
        final int bodyLength = Math.min(draft.payloadLength(), EventLimits.MAX_CLOUD_PAYLOAD_LENGTH);
        final boolean chunked = isError || !topics.unchunked();
        final int chunkLength = chunked ? CHUNK_LENGTH : bodyLength;
        final long result =
                putChunks(isError ? topics.error() : topics.response(), draft, bodyLength, chunkLength, chunked);
        return result < 0 ? refused(result) : result;
    }

    /**
     * Report how the attempts to hand one event to one device ended.
     *
     * @param idHigh first 64 bits of the device's id.
     * @param idLow last 32 bits of the device's id.
     * @param operationsPerAttempt of the delivery.
     * @param outcome of the attempts.
     * @return the sequence of the report, or a negative {@link PublishResult}.
     */
    public long reportAttempts(
            final long idHigh, final int idLow, final int operationsPerAttempt, final AttemptOutcome outcome) {
        long result = checkReport(idHigh, idLow, operationsPerAttempt, outcome);
        if (result == 0) {
            result = take(1);
            if (result >= 0) {
                SlotLayout.writeAttempts(ring.address(result), idHigh, idLow, operationsPerAttempt, outcome.ordinal());
                result = finish(result, 1);
            }
        }
        if (result < 0) {
            counters.add(RouterCounter.ATTEMPT_REPORTS_REFUSED, 1);
        }
        return result;
    }

    private long checkReport(
            final long idHigh, final int idLow, final int operationsPerAttempt, final AttemptOutcome outcome) {
        if (closed) {
            return PublishResult.CLOSED;
        }
        if (outcome == null || operationsPerAttempt < 0 || operationsPerAttempt > MAX_OPERATIONS_PER_ATTEMPT) {
            return PublishResult.INVALID_REPORT;
        }
        return knownIds.mayContain(idHigh, idLow) ? 0 : PublishResult.UNKNOWN_DEVICE;
    }

    /**
     * Put a command into the ring.
     *
     * @param pending the command.
     * @return its sequence, or {@link PublishResult#BACK_PRESSURED} or {@link PublishResult#CLOSED}.
     */
    public long offer(final PendingCommand pending) {
        pending.sequence = closed ? PublishResult.CLOSED : take(1);
        if (pending.sequence < 0) {
            return pending.sequence;
        }
        final long sequence = pending.sequence;
        ring.pending(sequence, pending);
        SlotLayout.writeCommand(ring.address(sequence));
        final long result = finish(sequence, 1);
        if (result < 0) {
            pending.sequence = result;
        }
        return result;
    }

    /**
     * Let nothing in any more but the command that closes the router, which goes behind everything that was let in.
     *
     * @param close the command.
     * @return false if there is no room for it yet; nothing else is let in already.
     */
    public boolean close(final PendingCommand close) {
        closed = true;
        final long sequence = ring.tryTake(1);
        if (sequence < 0) {
            return false;
        }
        ring.pending(sequence, close);
        SlotLayout.writeCommand(ring.address(sequence));
        ring.publish(sequence, 1);
        return true;
    }

    /**
     * Whether anything is let in.
     *
     * @return false once closing has begun.
     */
    boolean isOpen() {
        return !closed;
    }

    private long check(final EventDraft draft) {
        if (closed) {
            return PublishResult.CLOSED;
        }
        final long problem = draft.validate();
        return problem == 0 ? checkKnown(draft) : problem;
    }

    private long checkBeforeChunking(final EventDraft draft) {
        if (closed) {
            return PublishResult.CLOSED;
        }
        final long problem = draft.validate();
        return problem == 0 || problem == PublishResult.PAYLOAD_TOO_LONG ? checkKnown(draft) : problem;
    }

    private long checkKnown(final EventDraft draft) {
        final EventOrigin origin = draft.origin();
        if (origin.hasDevice()) {
            return knownIds.mayContain(draft.idHigh(), draft.idLow()) ? 0 : PublishResult.UNKNOWN_DEVICE;
        }
        if (origin != EventOrigin.API_USER && !knownIds.mayContain(draft.productId(), 0)) {
            return PublishResult.UNKNOWN_PRODUCT;
        }
        return draft.hasId() && !knownIds.mayContain(draft.idHigh(), draft.idLow()) ? PublishResult.UNKNOWN_USER : 0;
    }

    private static int slots(final EventDraft draft) {
        return CommandRing.slots(SlotLayout.length(draft.nameLength(), draft.payloadLength()));
    }

    private long put(final EventDraft draft) {
        final int slots = slots(draft);
        final long publishedAtMs = publishedAtMs(draft);
        final long sequence = take(slots);
        if (sequence < 0) {
            return sequence;
        }
        try {
            SlotLayout.writeEvent(buffer, ring.offset(sequence), draft, publishedAtMs);
        } catch (final Throwable problem) {
            abandon(sequence, slots);
            throw problem;
        }
        return finish(sequence, slots);
    }

    private static int endOfClaim(final EventDraft[] drafts, final int first, final int count, final long[] results) {
        int slots = 0;
        int end = first;
        while (end < count) {
            slots += results[end] == VALID ? slots(drafts[end]) : 0;
            if (slots > MAX_SLOTS_PER_CLAIM && end > first) {
                return end;
            }
            end++;
        }
        return end;
    }

    // Puts the valid drafts of a range into slots that are taken at once; if there is no place, they stay as they are.
    private long putAll(final EventDraft[] drafts, final int first, final int end, final long[] results) {
        int slots = 0;
        for (int i = first; i < end; i++) {
            slots += results[i] == VALID ? slots(drafts[i]) : 0;
        }
        if (slots == 0) {
            return 0;
        }
        final long firstSequence = take(slots);
        if (firstSequence < 0) {
            return firstSequence;
        }
        try {
            long sequence = firstSequence;
            for (int i = first; i < end; i++) {
                if (results[i] == VALID) {
                    SlotLayout.writeEvent(buffer, ring.offset(sequence), drafts[i], publishedAtMs(drafts[i]));
                    results[i] = sequence;
                    sequence += slots(drafts[i]);
                }
            }
        } catch (final Throwable problem) {
            abandon(firstSequence, slots);
            throw problem;
        }
        final long place = finish(firstSequence, slots);
        for (int i = first; i < end && place < 0; i++) {
            results[i] = results[i] >= 0 ? place : results[i];
        }
        return place;
    }

    private long putChunks(
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
        final long first = take(slots);
        if (first < 0) {
            return first;
        }
        try {
            long sequence = first;
            for (int chunk = 0; chunk < chunks; chunk++) {
                final int offset = ring.offset(sequence);
                final int length = Math.min(chunkLength, bodyLength - chunk * chunkLength);
                final int nameLength = topicLength + suffixLength(chunk, chunked);
                SlotLayout.writeChunk(buffer, offset, draft, nameLength, chunk * chunkLength, length, publishedAtMs);
                writeName(topic, draft, SlotLayout.nameOffset(offset), chunk, chunked);
                SlotLayout.concludeName(buffer, offset, nameLength);
                sequence += slots(topicLength, chunk, bodyLength, chunkLength, chunked);
            }
        } catch (final Throwable problem) {
            abandon(first, slots);
            throw problem;
        }
        return finish(first, slots);
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

    // No event, but a place in the order, so that its caller can wait for what came before.
    private long takePlace() {
        final long sequence = take(1);
        if (sequence >= 0) {
            abandon(sequence, 1);
        }
        return sequence < 0 ? refused(sequence) : sequence;
    }

    private long publishedAtMs(final EventDraft draft) {
        return draft.publishedAtMs() == EventDraft.NOW ? clock.time() : draft.publishedAtMs();
    }

    private long take(final int slots) {
        final long sequence = ring.tryTake(slots);
        return sequence == CommandRing.NO_ROOM ? PublishResult.BACK_PRESSURED : sequence;
    }

    // Whoever finds the flag down has taken its slots before the closing command did, and is routed before it.
    private long finish(final long sequence, final int slots) {
        if (closed) {
            abandon(sequence, slots);
            return PublishResult.CLOSED;
        }
        ring.publish(sequence, slots);
        return sequence;
    }

    // Slots that were taken must be published whatever happens, or nothing behind them is ever routed.
    private void abandon(final long sequence, final int slots) {
        for (int i = 0; i < slots; i++) {
            SlotLayout.writeVoid(ring.address(sequence + i));
        }
        ring.publish(sequence, slots);
    }

    private long refused(final long code) {
        counters.add(RouterCounter.ofRefusal(code), 1);
        return code;
    }
}
