package io.eventrouter.pipeline;

import io.eventrouter.usage.DurableUsage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.ErrorHandler;

/**
 * The end of what outlives the process, when the threads that work with it were told to end: writes the usage that is
 * left, and closes the data directory when nobody uses it any more.
 *
 * <p>A disk that takes nothing when a router is closed may do so a minute later. So what it has not taken stays in
 * memory, and the directory open, until it is kept or somebody says that it need not be.
 *
 * <p><b>Threading:</b> one thread, which is none of the router's, but for {@link #onAcknowledgingEnd()}.
 */
final class KeptDataCloser {
    private static final long PARK_NS = TimeUnit.MILLISECONDS.toNanos(1);

    private final KeptData kept;
    private final DurableUsage usage;
    private final RouterThreads threads;
    private final RoutingAgent[] routing;
    private final AcknowledgingAgent acknowledging;
    private final ErrorHandler errorHandler;

    /** Whether usage was looked at since its thread has ended; what that said before may not be true any more. */
    private boolean isWritten;

    private volatile boolean isReleased;
    private boolean isClosed;
    private boolean hasAcknowledgingEnded;

    KeptDataCloser(
            final KeptData kept,
            final RouterThreads threads,
            final RoutingAgent[] routing,
            final AcknowledgingAgent acknowledging,
            final ErrorHandler errorHandler) {
        this.kept = kept;
        this.usage = kept.usage();
        this.threads = threads;
        this.routing = routing;
        this.acknowledging = acknowledging;
        this.errorHandler = errorHandler;
    }

    /** Whether, a moment ago, all windows that were closed were durable and handed over. */
    boolean isUsageSettled() {
        return usage == null || usage.isSettled();
    }

    /** Whether usage is left that a later call may keep. A lane whose thread was given up takes its own with it. */
    boolean isUsageWaiting() {
        return !isReleased && !isUsageKept() && RoutingAgent.haveStopped(routing);
    }

    /**
     * Write the usage that is left and hand it over, on the calling thread, if no other does that any more.
     *
     * @param waitNs how long to try again, if the disk does not take it.
     * @param workNs how long to go on with what there is to do, at least.
     * @return whether all of it is kept.
     */
    boolean keepUsage(final long waitNs, final long workNs) {
        // Handlers run here; they find the thread as they would their own.
        final boolean wasInterrupted = Thread.interrupted();
        if (usage != null && hasUsageThreadEnded()) {
            usage.hurry();
        }
        final long startNs = threads.nowNs();
        long elapsedNs = 0;
        int work = 1;
        while (!isUsageKept() && elapsedNs <= (work > 0 ? Math.max(waitNs, workNs) : waitNs)) {
            work = threads.substitute(this::work);
            if (work == 0) {
                LockSupport.parkNanos(PARK_NS);
            }
            elapsedNs = threads.nowNs() - startNs;
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
        return isUsageKept();
    }

    private boolean isUsageKept() {
        return usage == null || isWritten && isAllPut() && usage.isSettled();
    }

    // Behind a window that was on its way there is the one that was open when the lane stopped.
    private int work() {
        if (!hasUsageThreadEnded()) {
            return 0;
        }
        isWritten = true;
        final boolean wasAllPut = isAllPut();
        for (final RoutingAgent agent : routing) {
            if (agent.ending().isStopped()) {
                agent.emitLastUsage();
            }
        }
        return workOfUsage() + (wasAllPut == isAllPut() ? 0 : 1);
    }

    // Whatever fails, such as the clock, is tried again like what the disk does not take.
    private int workOfUsage() {
        try {
            return usage.work();
        } catch (final RuntimeException | Error problem) {
            errorHandler.onError(problem);
            return 0;
        }
    }

    private boolean isAllPut() {
        for (final RoutingAgent agent : routing) {
            if (!agent.ending().isStopped() || !agent.hasEmittedLastUsage()) {
                return false;
            }
        }
        return true;
    }

    /** Whether nothing more is tried; on any thread. */
    boolean isReleased() {
        return isReleased;
    }

    /** Nothing more is tried: give back what no thread uses. What one may still use waits until it ends. */
    synchronized void release() {
        if (!isReleased) {
            isReleased = true;
            for (final RoutingAgent agent : routing) {
                if (agent.ending().isStopped()) {
                    agent.lane().core().close();
                }
            }
        }
        closeIfUnused();
    }

    /** The acknowledging thread has ended, which was not seen to stop when it was told to. */
    synchronized void onAcknowledgingEnd() {
        hasAcknowledgingEnded = true;
        closeIfUnused();
    }

    // Files that a thread may still write to stay as they are, and the directory with them.
    private void closeIfUnused() {
        if (isReleased
                && !isClosed
                && (acknowledging.ending().isStopped() || hasAcknowledgingEnded)
                && (usage == null || hasUsageThreadEnded())) {
            isClosed = true;
            kept.close(errorHandler);
        }
    }

    // The agent of usage comes behind the acknowledging one.
    private boolean hasUsageThreadEnded() {
        return threads.isDead(routing.length + 1);
    }
}
