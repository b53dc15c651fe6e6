package io.eventrouter;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.NanoClock;

/**
 * Time that goes on only as far as all threads of a router do: while one of them stands still, as on a machine that has
 * no processor for it, so does the time. A limit then runs out because what is waited for does not come, and never
 * because it comes late. A handler that is not to come back has to wait a little again and again, or time ends with it.
 *
 * <p><b>Threading:</b> any thread.
 */
final class FairClock implements NanoClock, ThreadFactory {
    private static final long TICK_NS = TimeUnit.MILLISECONDS.toNanos(10);

    /** Without threads time goes on with those who look at it. */
    private static final long TICK_WITHOUT_THREADS_NS = TimeUnit.MILLISECONDS.toNanos(1);

    /** Between one and the next a thread has looked once at everything that it is told. */
    private static final int WAITS_PER_TICK = 2;

    private final ThreadMXBean states = ManagementFactory.getThreadMXBean();
    private final List<Turns> threads = new ArrayList<>();
    private final Set<String> interrupted = ConcurrentHashMap.newKeySet();
    private long nowNs;

    private final class Turns {
        final Thread thread;
        long waitsAtTick;

        Turns(final Thread thread) {
            this.thread = thread;
        }

        boolean areOver() {
            return thread.getState() == Thread.State.TERMINATED;
        }

        // Whoever has not begun or has just ended has waited for nothing yet.
        long waits() {
            final ThreadInfo info = states.getThreadInfo(thread.getId());
            return info == null ? waitsAtTick : info.getWaitedCount();
        }
    }

    @Override
    public synchronized Thread newThread(final Runnable task) {
        final Thread thread = new Thread(task) {
            @Override
            public void interrupt() {
                interrupted.add(getName());
                super.interrupt();
            }
        };
        thread.setDaemon(true);
        threads.add(new Turns(thread));
        return thread;
    }

    @Override
    public synchronized long nanoTime() {
        threads.removeIf(Turns::areOver);
        if (threads.isEmpty()) {
            nowNs += TICK_WITHOUT_THREADS_NS;
        } else if (threads.stream().allMatch(turns -> turns.waits() >= turns.waitsAtTick + WAITS_PER_TICK)) {
            threads.forEach(turns -> turns.waitsAtTick = turns.waits());
            nowNs += TICK_NS;
        }
        return nowNs;
    }

    /** Names of the threads that were interrupted. */
    Set<String> interrupted() {
        return interrupted;
    }

    /**
     * Wait until so much of this time has passed, or for a moment at least; returns whether an interrupt came
     * meanwhile.
     */
    boolean sleep(final long ns) {
        final long endNs = nanoTime() + ns;
        boolean wasInterrupted = false;
        do {
            LockSupport.parkNanos(100_000);
            wasInterrupted |= Thread.interrupted();
        } while (nanoTime() - endNs < 0);
        return wasInterrupted;
    }
}
