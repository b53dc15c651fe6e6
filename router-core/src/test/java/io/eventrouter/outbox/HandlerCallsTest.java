package io.eventrouter.outbox;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Worker, supervisor and closing thread agree on what the handler has in hand. */
@Timeout(300)
class HandlerCallsTest {
    private final HandlerCalls calls = new HandlerCalls();

    @Test
    void shouldTellEveryCallFromAllOthers() {
        assertEquals(0, calls.inHand());
        assertTrue(calls.begin());
        final long first = calls.inHand();
        assertEquals(0, calls.end());
        assertEquals(0, calls.inHand());
        assertTrue(calls.begin());
        assertNotEquals(first, calls.inHand());
        assertFalse(calls.markOverdue(first), "it has ended");
        assertEquals(0, calls.end());
    }

    @Test
    void shouldMarkACallAsOverdueOnceAndOnlyThatOne() {
        calls.begin();
        final long call = calls.inHand();
        assertTrue(calls.markOverdue(call));
        assertFalse(calls.markOverdue(call));
        assertFalse(calls.markOverdue(calls.inHand()));
        assertEquals(HandlerCalls.OVERDUE, calls.end());
        calls.begin();
        assertEquals(0, calls.end());
    }

    @Test
    void shouldMarkACallAsOverdueWhoseOutboxIsAbandoned() {
        calls.begin();
        assertEquals(0, calls.abandon(), "it is in hand");
        assertEquals(1, calls.begun());
        assertTrue(calls.markOverdue(calls.inHand()));
        assertEquals(HandlerCalls.OVERDUE | HandlerCalls.ABANDONED, calls.end());
        assertFalse(calls.begin());
    }

    /** What the closing thread is told to have begun is what the worker has begun, whenever it asks. */
    @Test
    void shouldCountExactlyWhatWasBegunWhenItIsAbandoned() throws Exception {
        for (int round = 0; round < 2_000; round++) {
            final HandlerCalls raced = new HandlerCalls();
            final AtomicLong begun = new AtomicLong();
            final CyclicBarrier start = new CyclicBarrier(2);
            final Thread worker = new Thread(() -> {
                try {
                    start.await();
                } catch (final Exception broken) {
                    throw new IllegalStateException(broken);
                }
                while (raced.begin()) {
                    begun.getAndIncrement();
                    raced.end();
                }
            });
            worker.start();
            start.await();
            for (int spin = round % 50; spin > 0; spin--) {
                raced.markOverdue(raced.inHand());
            }
            final long ended = raced.abandon();
            final long told = raced.begun();
            worker.join();
            assertEquals(begun.get(), told, "round=" + round);
            assertTrue(ended == told || ended == told - 1, "ended=" + ended + ", begun=" + told);
        }
    }
}
