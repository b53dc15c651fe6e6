package io.eventrouter.outbox;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Which delivery the handler of an outbox has in hand, as worker, supervisor and closing thread agree on it: one word,
 * changed as a whole.
 *
 * <pre>
 *   begun &lt;&lt; 3 | IN_HAND | OVERDUE | ABANDONED
 * </pre>
 *
 * <b>Threading:</b> {@link #begin} and {@link #end} by the worker whose turn it is; the others by any thread.
 */
final class HandlerCalls {
    /** Nothing is handed over any more. */
    static final long ABANDONED = 1;

    /** The handler has not returned for too long; somebody else does its worker's work. */
    static final long OVERDUE = 2;

    private static final long IN_HAND = 4;
    private static final int BEGUN_SHIFT = 3;

    private final AtomicLong word = new AtomicLong();

    /** The next delivery is about to be handed over; false if none may be, because the outbox was abandoned. */
    boolean begin() {
        final long resting = word.get();
        return (resting & ABANDONED) == 0 && word.compareAndSet(resting, resting + (1 << BEGUN_SHIFT) + IN_HAND);
    }

    /** The handler has returned. What became of it meanwhile: {@link #OVERDUE}, {@link #ABANDONED}, both or 0. */
    long end() {
        long inHand = word.get();
        while (!word.compareAndSet(inHand, inHand & ~(IN_HAND | OVERDUE))) {
            inHand = word.get();
        }
        return inHand & (OVERDUE | ABANDONED);
    }

    /** What tells the call in hand from all others; 0 if there is none. */
    long inHand() {
        final long now = word.get();
        return (now & IN_HAND) == 0 ? 0 : now;
    }

    /** Mark a call that {@link #inHand()} told as overdue; false if it has ended or is marked already. */
    boolean markOverdue(final long call) {
        return (call & (IN_HAND | OVERDUE)) == IN_HAND && word.compareAndSet(call, call | OVERDUE);
    }

    /** Let nothing be handed over any more. Returns how many had ended by then; one more may be in hand. */
    long abandon() {
        final long last = word.updateAndGet(before -> before | ABANDONED);
        return (last >>> BEGUN_SHIFT) - ((last & IN_HAND) == 0 ? 0 : 1);
    }

    /** How many calls were begun so far. */
    long begun() {
        return word.get() >>> BEGUN_SHIFT;
    }

    boolean isAbandoned() {
        return (word.get() & ABANDONED) != 0;
    }
}
