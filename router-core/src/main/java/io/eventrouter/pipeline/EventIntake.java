package io.eventrouter.pipeline;

import io.eventrouter.command.HookTopics;
import io.eventrouter.delivery.AttemptOutcome;
import io.eventrouter.event.EventDraft;
import io.eventrouter.event.EventLimits;
import io.eventrouter.event.EventOrigin;
import io.eventrouter.event.PublishResult;
import io.eventrouter.metering.DataOperations;
import io.eventrouter.ownership.KnownIds;
import io.eventrouter.status.RouterCounter;
import io.eventrouter.status.RouterCounters;

/**
 * The data path: checks what publishers bring and puts it into the ring of its lane, or refuses it with a code.
 *
 * <p><b>Threading:</b> any thread. Never blocks, never allocates.
 */
public final class EventIntake {
    /** Bytes in a chunk of a hook response. */
    public static final int CHUNK_LENGTH = 512;

    /** No device takes a longer event, also if the cloud made it. */
    private static final int MAX_OPERATIONS_PER_ATTEMPT = DataOperations.of(EventLimits.MAX_MAX_EVENT_SIZE);

    private static final int HARDLY_EVER_READ = 0x5EED_5EED;

    private final LaneIntake[] lanes;
    private final LaneMap map;
    private final KnownIds knownIds;
    private final RouterCounters counters;
    private volatile boolean closed;

    /** Keeps the reads ahead alive: a read whose value goes nowhere is no read. */
    private int sink;

    /**
     * An open intake.
     *
     * @param lanes to put into.
     * @param map of events to lanes.
     * @param knownIds to ask whether an id is registered.
     * @param counters of what was refused.
     */
    EventIntake(final Lane[] lanes, final LaneMap map, final KnownIds knownIds, final RouterCounters counters) {
        this.lanes = new LaneIntake[lanes.length];
        for (int i = 0; i < lanes.length; i++) {
            this.lanes[i] = lanes[i].intake();
        }
        this.map = map;
        this.knownIds = knownIds;
        this.counters = counters;
    }

    /**
     * Publish one event.
     *
     * @param draft of the event.
     * @return its sequence, or a negative {@link PublishResult}.
     */
    public long publish(final EventDraft draft) {
        // Before slots are taken: what is read behind that waits until it is done.
        final int likelyDevice =
                bringsHandle(draft) ? draft.deviceHandle() : laneOfDevice(draft).likelyDevice(hashOfDevice(draft));
        final long problem = check(draft, likelyDevice);
        final long result = problem == 0 ? lanes[map.laneOf(draft)].put(draft, likelyDevice) : problem;
        return result < 0 ? refused(result) : result;
    }

    /**
     * Publish several events, those of each lane in their order and with as few claims of its ring as they allow.
     *
     * @param drafts of the events.
     * @param count how many of them, from the first.
     * @param results filled with the sequence of each event, or a negative {@link PublishResult}.
     * @return how many were let in.
     */
    public int publishAll(final EventDraft[] drafts, final int count, final long[] results) {
        for (int i = 0; i < count; i++) {
            results[i] = bringsHandle(drafts[i]) ? 0 : hashOfDevice(drafts[i]);
        }
        int read = 0;
        for (int i = 0; i < count; i++) {
            read ^= bringsHandle(drafts[i]) ? 0 : laneOfDevice(drafts[i]).readAhead(results[i]);
        }
        // Publishers share the sink: what each of them wrote there, others would have to wait for.
        if (read == HARDLY_EVER_READ) {
            sink = read;
        }
        long lanesInUse = 0;
        for (int i = 0; i < count; i++) {
            final int likelyDevice = bringsHandle(drafts[i])
                    ? drafts[i].deviceHandle()
                    : laneOfDevice(drafts[i]).likelyDevice(results[i]);
            final long problem = check(drafts[i], likelyDevice);
            if (problem == 0) {
                final int lane = map.laneOf(drafts[i]);
                lanesInUse |= 1L << lane;
                results[i] = WaitingDraft.of(lane, likelyDevice);
            } else {
                results[i] = problem;
            }
        }
        for (long left = lanesInUse; left != 0; left &= left - 1) {
            final int lane = Long.numberOfTrailingZeros(left);
            lanes[lane].putAll(drafts, count, results);
        }
        int accepted = 0;
        for (int i = 0; i < count; i++) {
            if (results[i] >= 0) {
                accepted++;
            } else {
                refused(results[i]);
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
        final long result = problem == 0 ? putResponse(topics, isError, draft) : problem;
        return result < 0 ? refused(result) : result;
    }

    /**
     * Report how the attempts to hand one event to one device ended.
     *
     * @param idHigh first 64 bits of the device's id.
     * @param idLow last 32 bits of the device's id.
     * @param operationsPerAttempt of the delivery, 0 to 16.
     * @param outcome of the attempts.
     * @return the sequence of the report, or a negative {@link PublishResult}.
     */
    public long reportAttempts(
            final long idHigh, final int idLow, final int operationsPerAttempt, final AttemptOutcome outcome) {
        final long problem = checkReport(idHigh, idLow, operationsPerAttempt, outcome);
        final long result = problem == 0
                ? lanes[map.laneOf(idHigh, idLow)].putAttempts(idHigh, idLow, operationsPerAttempt, outcome.ordinal())
                : problem;
        if (result < 0) {
            counters.add(RouterCounter.ATTEMPT_REPORTS_REFUSED, 1);
        }
        return result;
    }

    /**
     * The handle of a device, for drafts that bring it along. All lanes register the same devices in the same order.
     *
     * @param idHigh first 64 bits of the device's id.
     * @param idLow last 32 bits of the device's id.
     * @return the handle that it most likely has, or 0.
     */
    public int deviceHandle(final long idHigh, final int idLow) {
        return lanes[0].deviceHandle(lanes[0].hashOfDevice(idHigh, idLow));
    }

    /** Let nothing in any more; what has its place by now stays. */
    void close() {
        closed = true;
        for (final LaneIntake lane : lanes) {
            lane.close();
        }
    }

    /**
     * Whether anything is let in.
     *
     * @return false once closing has begun.
     */
    boolean isOpen() {
        return !closed;
    }

    // Publishers have time for look-ups while the routing thread has none: it only confirms what they find. Of an event
    // without a device, or of which nothing is known yet, what they find is of no use and does no harm.
    private LaneIntake laneOfDevice(final EventDraft draft) {
        return lanes[map.laneOf(draft.idHigh(), draft.idLow())];
    }

    // What is no handle is looked up, what is none of this device costs the routing thread a look-up.
    private static boolean bringsHandle(final EventDraft draft) {
        return draft.deviceHandle() > 0;
    }

    // All lanes look devices up by the same hash.
    private long hashOfDevice(final EventDraft draft) {
        return lanes[0].hashOfDevice(draft.idHigh(), draft.idLow());
    }

    private long putResponse(final HookTopics topics, final boolean isError, final EventDraft draft) {
        final LaneIntake lane = lanes[map.laneOf(draft)];
        if (draft.payloadLength() == 0) {
            return lane.takePlace();
        }
        final int bodyLength = Math.min(draft.payloadLength(), EventLimits.MAX_CLOUD_PAYLOAD_LENGTH);
        final boolean chunked = isError || !topics.unchunked();
        final int chunkLength = chunked ? CHUNK_LENGTH : bodyLength;
        return lane.putChunks(isError ? topics.error() : topics.response(), draft, bodyLength, chunkLength, chunked);
    }

    private long checkReport(
            final long idHigh, final int idLow, final int operationsPerAttempt, final AttemptOutcome outcome) {
        if (closed) {
            return PublishResult.CLOSED;
        }
        // The first attempt has been charged when it is reported on, so there was one.
        if (outcome == null
                || outcome.attempts() == 0
                || operationsPerAttempt < 0
                || operationsPerAttempt > MAX_OPERATIONS_PER_ATTEMPT) {
            return PublishResult.INVALID_REPORT;
        }
        return knownIds.mayContain(idHigh, idLow) ? 0 : PublishResult.UNKNOWN_DEVICE;
    }

    private long check(final EventDraft draft, final int likelyDevice) {
        if (closed) {
            return PublishResult.CLOSED;
        }
        final long problem = draft.validate();
        return problem == 0 ? checkKnown(draft, likelyDevice) : problem;
    }

    private long checkBeforeChunking(final EventDraft draft) {
        if (closed) {
            return PublishResult.CLOSED;
        }
        final long problem = draft.validate();
        return problem == 0 || problem == PublishResult.PAYLOAD_TOO_LONG ? checkKnown(draft, 0) : problem;
    }

    // Nearly every device that is registered is found in the index, so the filter is read only for those that are not.
    private long checkKnown(final EventDraft draft, final int likelyDevice) {
        final EventOrigin origin = draft.origin();
        if (origin.hasDevice()) {
            return likelyDevice != 0 || knownIds.mayContain(draft.idHigh(), draft.idLow())
                    ? 0
                    : PublishResult.UNKNOWN_DEVICE;
        }
        if (origin != EventOrigin.API_USER && !knownIds.mayContain(draft.productId(), 0)) {
            return PublishResult.UNKNOWN_PRODUCT;
        }
        return draft.hasId() && !knownIds.mayContain(draft.idHigh(), draft.idLow()) ? PublishResult.UNKNOWN_USER : 0;
    }

    private long refused(final long code) {
        counters.add(RouterCounter.ofRefusal(code), 1);
        return code;
    }
}
