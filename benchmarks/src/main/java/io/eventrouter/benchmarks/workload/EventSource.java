package io.eventrouter.benchmarks.workload;

import io.eventrouter.event.EventDraft;

/** Where a publisher's events come from. Any thread may draft any event. */
@FunctionalInterface
public interface EventSource {
    /**
     * Draft an event.
     *
     * @param event number, from 0.
     * @param draft to fill.
     * @return the draft.
     */
    EventDraft draft(long event, EventDraft draft);
}
