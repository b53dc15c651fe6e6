package io.eventrouter.outbox;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.ErrorHandler;

/**
 * The threads that call handlers: as many as were asked for, and one for each handler that does not return. A worker
 * that is stuck in a handler is replaced, and ends when the handler returns.
 *
 * <p><b>Threading:</b> any.
 */
final class OutboxWorkers {
    /** A worker and the delivery that it was last seen with. */
    private static final class Watch {
        private final OutboxWorker worker;
        private Outbox outbox;
        private long call;
        private long sinceNs;

        Watch(final OutboxWorker worker) {
            this.worker = worker;
        }

        boolean isStuck(final long nowNs, final long timeoutNs) {
            final Outbox served = worker.serving();
            final long inHand = served == null ? 0 : served.inHand();
            if (inHand == 0 || served != outbox || inHand != call) {
                outbox = served;
                call = inHand;
                sinceNs = nowNs;
                return false;
            }
            return nowNs - sinceNs > timeoutNs && served.markStuck(call);
        }
    }

    private final OutboxesContext context;
    private final Queue<Outbox> line;
    private final QueueMemory memory;
    private final ErrorHandler errorHandler;
    private final List<Watch> watches = new ArrayList<>();
    private final List<OutboxWorker> replaced = new ArrayList<>();
    private int started;

    /** Whether the worker that was asked for last could not be started; that has been told. */
    private boolean isRefused;

    private boolean stopped;

    OutboxWorkers(final OutboxesContext context, final Queue<Outbox> line, final QueueMemory memory) {
        this.context = context;
        this.line = line;
        this.memory = memory;
        errorHandler = context.errorHandler();
    }

    OutboxWorker newWorker() {
        return new OutboxWorker(
                line,
                memory,
                context.deliveriesPerTurn(),
                context.idleStrategies().get(),
                errorHandler);
    }

    /** Replace workers that are stuck or whose threads have ended, and start those that are missing. */
    synchronized void watch(final long nowNs) {
        replaced.removeIf(worker -> !worker.thread().isAlive());
        watches.removeIf(watch -> !watch.worker.thread().isAlive());
        for (int i = watches.size() - 1; i >= 0; i--) {
            final Watch watch = watches.get(i);
            if (watch.isStuck(nowNs, context.stuckTimeoutNs())) {
                watches.remove(i);
                replaced.add(watch.worker);
                watch.worker.stop();
                errorHandler.onError(new IllegalStateException("a handler does not return: subscriber=" + watch.outbox
                        + ", stuckTimeoutNs=" + context.stuckTimeoutNs()));
            }
        }
        start();
    }

    // A machine that has no thread to give is asked again the next time.
    private void start() {
        while (!stopped && watches.size() < context.workers()) {
            final OutboxWorker worker = newWorker();
            try {
                worker.start(context.threadFactory(), "event-router-outbox-" + started);
            } catch (final Throwable refused) {
                // Once: it is asked for again hundreds of times a second.
                if (!isRefused) {
                    isRefused = true;
                    errorHandler.onError(refused);
                }
                return;
            }
            isRefused = false;
            started++;
            watches.add(new Watch(worker));
        }
    }

    synchronized boolean isOwnThread(final Thread thread) {
        return watches.stream().anyMatch(watch -> watch.worker.thread() == thread)
                || replaced.stream().anyMatch(worker -> worker.thread() == thread);
    }

    /** Let all threads end; those in a handler are interrupted. Waits for the others. */
    synchronized void stop(final long timeoutNs) {
        stopped = true;
        final List<OutboxWorker> all = new ArrayList<>(replaced);
        watches.forEach(watch -> all.add(watch.worker));
        all.forEach(OutboxWorker::stop);
        all.stream()
                .filter(worker -> worker.serving() != null)
                .forEach(worker -> worker.thread().interrupt());
        final long startNs = System.nanoTime();
        while (all.stream().anyMatch(worker -> worker.thread().isAlive()) && System.nanoTime() - startNs < timeoutNs) {
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(100));
        }
    }
}
