package io.eventrouter.outbox;

import java.util.Queue;
import java.util.concurrent.ThreadFactory;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.IdleStrategy;

/**
 * Gives outboxes their turns, one after the other, in the order in which they stood in line.
 *
 * <p><b>Threading:</b> its own thread, or whoever runs an {@link Outboxes} without threads; the others may be called by
 * any.
 */
final class OutboxWorker implements Runnable {
    private final Queue<Outbox> line;
    private final QueueMemory memory;
    private final int deliveriesPerTurn;
    private final IdleStrategy idleStrategy;
    private final ErrorHandler errorHandler;
    private volatile boolean stopped;
    private volatile Outbox serving;
    private Thread thread;

    OutboxWorker(
            final Queue<Outbox> line,
            final QueueMemory memory,
            final int deliveriesPerTurn,
            final IdleStrategy idleStrategy,
            final ErrorHandler errorHandler) {
        this.line = line;
        this.memory = memory;
        this.deliveriesPerTurn = deliveriesPerTurn;
        this.idleStrategy = idleStrategy;
        this.errorHandler = errorHandler;
    }

    void start(final ThreadFactory threadFactory, final String name) {
        final Thread newThread = threadFactory.newThread(this);
        newThread.setName(name);
        thread = newThread;
        newThread.start();
    }

    /** End behind the turn that it is in. */
    void stop() {
        stopped = true;
    }

    Thread thread() {
        return thread;
    }

    /** The outbox whose turn it is; null for none. */
    Outbox serving() {
        return serving;
    }

    @Override
    public void run() {
        try {
            while (!stopped) {
                idleStrategy.idle(turn());
            }
        } catch (final Throwable fault) {
            // Of the idle strategy, or for lack of memory: another worker takes its place.
            errorHandler.onError(fault);
        }
    }

    /** One turn of one outbox. Returns how many deliveries were handed over. */
    int turn() {
        final Outbox outbox = line.poll();
        if (outbox == null) {
            return 0;
        }
        serving = outbox;
        try {
            return outbox.serve(deliveriesPerTurn);
        } catch (final Throwable fault) {
            errorHandler.onError(fault);
            return 0;
        } finally {
            serving = null;
            outbox.endTurn(memory);
            // Left behind by a handler; whoever comes next must not meet it.
            Thread.interrupted();
        }
    }
}
