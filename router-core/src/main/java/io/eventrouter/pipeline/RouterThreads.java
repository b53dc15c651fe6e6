package io.eventrouter.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;

/**
 * The threads of a router, or whoever lends it one; and how others wait for what they do.
 *
 * <p><b>Threading:</b> any thread, but for starting and stopping.
 */
final class RouterThreads {
    private static final long MAX_IDLE_PARK_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long PARK_NS = TimeUnit.MICROSECONDS.toNanos(20);

    /**
     * A task that is forgotten when it begins. Since JDK 19 a thread that has ended still has its task, and an embedder
     * may keep the thread: that would keep the memory of a closed router.
     */
    private static final class Once implements Runnable {
        private Runnable task;

        Once(final Runnable task) {
            this.task = task;
        }

        @Override
        public void run() {
            final Runnable begun = task;
            task = null;
            begun.run();
        }
    }

    private final Agent[] routing;
    private final Agent[] background;
    private final NanoClock clock;
    private final boolean useInvoker;
    private final AtomicReference<Thread> invoking = new AtomicReference<>();
    private final AgentRunner[] runners;
    private final Thread[] started;
    private volatile boolean stopped;

    RouterThreads(final Agent[] routing, final Agent[] background, final NanoClock clock, final boolean useInvoker) {
        this.routing = routing;
        this.background = background;
        this.clock = clock;
        this.useInvoker = useInvoker;
        runners = new AgentRunner[routing.length + background.length];
        started = new Thread[runners.length];
    }

    void start(
            final Supplier<? extends IdleStrategy> routingIdle,
            final ErrorHandler errorHandler,
            final ThreadFactory threadFactory) {
        if (useInvoker) {
            return;
        }
        for (int i = 0; i < routing.length; i++) {
            runners[i] =
                    new AgentRunner(routingIdle.get(), errorHandler, null, new LastingAgent(routing[i], errorHandler));
        }
        for (int i = 0; i < background.length; i++) {
            runners[routing.length + i] = new AgentRunner(
                    new BackoffIdleStrategy(1, 1, 1_000, MAX_IDLE_PARK_NS),
                    errorHandler,
                    null,
                    new LastingAgent(background[i], errorHandler));
        }
        for (int i = 0; i < runners.length; i++) {
            final String name = runners[i].agent().roleName();
            started[i] = AgentRunner.startOnThread(
                    runners[i],
                    task -> Objects.requireNonNull(
                            threadFactory.newThread(new Once(task)),
                            () -> "threadFactory made no thread: thread=" + name));
            started[i].setName(name);
        }
    }

    /** Tell all that was started to end, and wait for each of them so long at most; nothing is run afterwards. */
    void stop(final int timeoutMs) {
        stopped = true;
        for (int i = 0; i < runners.length; i++) {
            if (started[i] != null) {
                stop(runners[i], timeoutMs);
            }
        }
    }

    // By throwing: a runner whose thread does not end goes on waiting, unless that is refused.
    private static void stop(final AgentRunner runner, final int timeoutMs) {
        try {
            runner.close(timeoutMs, thread -> {
                throw new IllegalStateException(thread.getName());
            });
        } catch (final IllegalStateException stillRunning) {
            // It ends as soon as it comes back from where it is.
        }
    }

    /** Names of the threads that have not ended. */
    List<String> running() {
        final List<String> names = new ArrayList<>();
        for (final Thread thread : started) {
            if (thread != null && thread.isAlive()) {
                names.add(thread.getName());
            }
        }
        final Thread lent = invoking.get();
        if (lent != null) {
            names.add(lent.getName());
        }
        return names;
    }

    /** Interrupt whoever runs an agent: its own thread, or the one that was lent to all. */
    void interrupt(final int runner) {
        if (started[runner] != null) {
            started[runner].interrupt();
        }
        final Thread lent = invoking.get();
        if (lent != null && lent != Thread.currentThread()) {
            lent.interrupt();
        }
    }

    /**
     * See to it that what every thread has written by now is visible here, and that it sees what was written here: a
     * thread whose stack is looked at stands still for that. It costs them nothing, while fences in their loops would.
     */
    void synchronizeWithAll() {
        for (final Thread thread : started) {
            if (thread != null) {
                thread.getStackTrace();
            }
        }
        final Thread lent = invoking.get();
        if (lent != null) {
            lent.getStackTrace();
        }
    }

    /** Whether no other thread can be running an agent: that of its runner never began or has ended. */
    boolean isDead(final int runner) {
        final Thread lent = invoking.get();
        return useInvoker
                ? lent == null || lent == Thread.currentThread()
                : started[runner] == null || !started[runner].isAlive();
    }

    /** Run one round on the calling thread; 0 if there was nothing to do. */
    int invoke() {
        if (!useInvoker) {
            throw new IllegalStateException("the router runs on threads of its own: useInvoker=false");
        }
        return runRound();
    }

    /** Now, by the clock that measures how long is waited. */
    long nowNs() {
        return clock.nanoTime();
    }

    /** Wait until something holds; false if the time ran out. A router without threads is run by whoever waits. */
    boolean await(final BooleanSupplier condition, final long timeoutNs) {
        return await(BooleanSupplier::getAsBoolean, condition, timeoutNs);
    }

    /** The same for a condition of something, which its caller can make once for all. */
    <T> boolean await(final Predicate<? super T> condition, final T subject, final long timeoutNs) {
        final long startNs = clock.nanoTime();
        boolean wasInterrupted = false;
        try {
            while (!condition.test(subject)) {
                if (timeoutNs <= 0 || clock.nanoTime() - startNs > timeoutNs) {
                    return false;
                }
                if (useInvoker) {
                    runRound();
                } else {
                    // Whoever is interrupted goes on waiting, and would not sleep meanwhile.
                    wasInterrupted |= Thread.interrupted();
                    LockSupport.parkNanos(PARK_NS);
                }
            }
            return true;
        } finally {
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Run a router without threads until something is done; with threads, that is up to them. */
    void invokeUntilDone(final Future<?> future) {
        while (useInvoker && !future.isDone()) {
            runRound();
        }
    }

    /** Whether the caller runs the router: whatever it waited for could never come. */
    boolean isOwnThread() {
        final Thread current = Thread.currentThread();
        if (current == invoking.get()) {
            return true;
        }
        for (final Thread thread : started) {
            if (thread == current) {
                return true;
            }
        }
        return false;
    }

    void checkMayWait(final String method) {
        if (isOwnThread()) {
            throw new IllegalStateException(method + " would wait for the very thread that it is called on: thread="
                    + Thread.currentThread().getName());
        }
    }

    /**
     * Do the work of a thread that has ended on the calling one, which counts as the router's own meanwhile: handlers
     * that run there may wait for the router as little as ever. 0 if another thread has the router.
     */
    int substitute(final IntSupplier work) {
        if (!invoking.compareAndSet(null, Thread.currentThread())) {
            return 0;
        }
        try {
            return work.getAsInt();
        } finally {
            invoking.set(null);
        }
    }

    // One thread at a time; others find that there is nothing for them to do.
    private int runRound() {
        if (!invoking.compareAndSet(null, Thread.currentThread())) {
            Thread.yield();
            return 0;
        }
        try {
            return stopped ? 0 : workOfAll();
        } catch (final RuntimeException | Error fault) {
            throw fault;
        } catch (final Exception fault) {
            throw new IllegalStateException(fault);
        } finally {
            if (stopped) {
                giveBack();
            }
            invoking.set(null);
        }
    }

    // Nobody is waited for any more: what this thread was not seen to leave is for it to give back.
    private void giveBack() {
        for (final Agent lane : routing) {
            lane.onClose();
        }
        for (final Agent agent : background) {
            agent.onClose();
        }
    }

    private int workOfAll() throws Exception {
        int work = 0;
        for (final Agent lane : routing) {
            work += lane.doWork();
        }
        for (final Agent agent : background) {
            work += agent.doWork();
        }
        return work;
    }
}
