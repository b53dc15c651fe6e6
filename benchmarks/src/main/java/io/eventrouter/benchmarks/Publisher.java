package io.eventrouter.benchmarks;

import io.eventrouter.EventRouter;
import io.eventrouter.benchmarks.workload.EventSource;
import io.eventrouter.event.EventDraft;
import io.eventrouter.event.PublishResult;

/**
 * Publishes events of a source, one at a time or sixteen at once, and comes again when the ring is full.
 *
 * <p><b>Threading:</b> one thread.
 */
final class Publisher {
    /** Events in one call of {@link #publishTogether}. */
    static final int EVENTS_TOGETHER = 16;

    private final EventRouter router;
    private final EventSource events;
    private final long firstEvent;
    private final EventDraft draft = new EventDraft();
    private final EventDraft[] drafts = new EventDraft[EVENTS_TOGETHER];
    private final long[] results = new long[EVENTS_TOGETHER];
    private long nextEvent;
    private long published;
    private long lastSequence;

    /**
     * A publisher that has published nothing.
     *
     * @param router to publish to.
     * @param events to publish.
     * @param firstEvent to begin with.
     */
    Publisher(final EventRouter router, final EventSource events, final long firstEvent) {
        this.router = router;
        this.events = events;
        this.firstEvent = firstEvent;
        this.nextEvent = firstEvent;
        for (int i = 0; i < EVENTS_TOGETHER; i++) {
            drafts[i] = new EventDraft();
        }
    }

    void publishOneAtATime(final int count) {
        for (int i = 0; i < count; i++) {
            events.draft(nextEvent++, draft);
            publish(draft);
        }
    }

    /** Publish one event, with a number that its deliveries have. */
    void publishNext(final long correlationId) {
        publish(events.draft(nextEvent++, draft).correlationId(correlationId));
    }

    private void publish(final EventDraft other) {
        long sequence = router.publish(other);
        while (sequence == PublishResult.BACK_PRESSURED) {
            Thread.yield();
            sequence = router.publish(other);
        }
        if (sequence < 0) {
            throw new IllegalStateException(other.explain(sequence));
        }
        lastSequence = sequence;
        published++;
    }

    /** Publish events, a multiple of {@link #EVENTS_TOGETHER}. */
    void publishTogether(final int count) {
        for (int i = 0; i < count; i += EVENTS_TOGETHER) {
            for (int j = 0; j < EVENTS_TOGETHER; j++) {
                events.draft(nextEvent++, drafts[j]);
            }
            while (router.publishAll(drafts, EVENTS_TOGETHER, results) != EVENTS_TOGETHER) {
                if (results[0] != PublishResult.BACK_PRESSURED) {
                    throw new IllegalStateException(drafts[0].explain(results[0]));
                }
                Thread.yield();
            }
            lastSequence = results[EVENTS_TOGETHER - 1];
            published += EVENTS_TOGETHER;
        }
    }

    long firstEvent() {
        return firstEvent;
    }

    long published() {
        return published;
    }

    /** That of the last event; 0, which is long routed, before the first. */
    long lastSequence() {
        return lastSequence;
    }
}
