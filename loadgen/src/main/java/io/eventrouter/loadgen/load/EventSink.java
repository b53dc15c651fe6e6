package io.eventrouter.loadgen.load;

import io.eventrouter.EventRouter;
import io.eventrouter.command.HookTopics;
import io.eventrouter.event.EventDraft;

/** Where publishers hand events over: the router, or nothing, to find out what the publishers themselves can do. */
interface EventSink {
    /** As {@link EventRouter#publishAll}. */
    int publishAll(EventDraft[] drafts, int count, long[] results);

    /** As {@link EventRouter#publishHookResponse}. */
    long publishAnswer(HookTopics topics, boolean isError, EventDraft draft);

    /**
     * A sink that hands everything over to a router.
     *
     * @param router that takes it.
     * @return the sink.
     */
    static EventSink of(final EventRouter router) {
        return new EventSink() {
            @Override
            public int publishAll(final EventDraft[] drafts, final int count, final long[] results) {
                return router.publishAll(drafts, count, results);
            }

            @Override
            public long publishAnswer(final HookTopics topics, final boolean isError, final EventDraft draft) {
                return router.publishHookResponse(topics, isError, draft);
            }
        };
    }

    /** A sink that accepts everything and does nothing with it; one for each publisher. */
    final class Nothing implements EventSink {
        private long sequence;

        @Override
        public int publishAll(final EventDraft[] drafts, final int count, final long[] results) {
            for (int i = 0; i < count; i++) {
                results[i] = sequence++;
            }
            return count;
        }

        @Override
        public long publishAnswer(final HookTopics topics, final boolean isError, final EventDraft draft) {
            return sequence++;
        }
    }
}
