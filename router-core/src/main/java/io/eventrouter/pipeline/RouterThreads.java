package io.eventrouter.pipeline;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.IdleStrategy;

/**
 * The threads of a router, or whoever lends it one; and how others wait for what they do.
 *
 * <p><b>Threading:</b> any thread, but for starting and stopping.
 */
final class RouterThreads {
    private static final long MAX_IDLE_PARK_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long PARK_NS = TimeUnit.MICROSECONDS.toNanos(20);

    private final Agent[] routing;
    private final Agent[] background;
    private final boolean useInvoker;
    private final AtomicReference<Thread> invoking = new AtomicReference<>();
    private final AgentRunner[] runners;
    private volatile boolean stopped;

    RouterThreads(final Agent[] routing, final Agent[] background, final boolean useInvoker) {
        this.routing = routing;
        this.background = background;
        this.useInvoker = useInvoker;
        runners = new AgentRunner[routing.length + background.length];
    }

    void start(
            final Supplier<? extends IdleStrategy> routingIdle,
            final ErrorHandler errorHandler,
            final ThreadFactory threadFactory) {
        if (useInvoker) {
            return;
        }
        for (int i = 0; i < routing.length; i++) {
            runners[i] = new AgentRunner(routingIdle.get(), errorHandler, null, routing[i]);
        }
        for (int i = 0; i < background.length; i++) {
            runners[routing.length + i] = new AgentRunner(
                    new BackoffIdleStrategy(1, 1, 1_000, MAX_IDLE_PARK_NS), errorHandler, null, background[i]);
        }
        for (final AgentRunner runner : runners) {
            AgentRunner.startOnThread(runner, threadFactory)
                    .setName(runner.agent().roleName());
        }
    }

    /** Stop what was started; nothing is run afterwards. */
    void stop() {
        for (final AgentRunner runner : runners) {
            if (runner != null && runner.thread() != null) {
                runner.close();
            }
        }
        stopped = true;
    }

    /** Run one round on the calling thread; 0 if there was nothing to do. */
    int invoke() {
        if (!useInvoker) {
            throw new IllegalStateException("the router runs on threads of its own: useInvoker=false");
        }
        return runRound();
    }

    /** Wait until something holds; false if the time ran out. A router without threads is run by whoever waits. */
    boolean await(final BooleanSupplier condition, final long timeoutNs) {
        final long startNs = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (timeoutNs <= 0 || System.nanoTime() - startNs > timeoutNs) {
                return false;
            }
            if (useInvoker) {
                runRound();
            } else {
                LockSupport.parkNanos(PARK_NS);
            }
        }
        return true;
    }

    /** Run a router without threads until something holds; with threads, that is up to them. */
    void invokeUntil(final BooleanSupplier condition) {
        while (useInvoker && !condition.getAsBoolean()) {
            runRound();
        }
    }

    /** Whether the caller runs the router: whatever it waited for could never come. */
    boolean isOwnThread() {
        final Thread current = Thread.currentThread();
        if (current == invoking.get()) {
            return true;
        }
        for (final AgentRunner runner : runners) {
            if (runner != null && runner.thread() == current) {
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
            invoking.set(null);
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
