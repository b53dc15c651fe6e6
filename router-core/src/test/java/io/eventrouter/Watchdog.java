package io.eventrouter;

import java.lang.management.ManagementFactory;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Runs something that is to end, and if it does not, says what it was, where it is, and whether it has worked all the
 * time or has waited for something, be it only for a processor. An interrupt, which is all that a timeout of JUnit has,
 * neither ends a loop nor tells which of a thousand seeds it was.
 */
public final class Watchdog {
    /** For runs that take less than a second. */
    private static final int PATIENCE_SECONDS = 300;

    private Watchdog() {}

    /** Something that is to end. */
    public interface Run {
        /** Do it. */
        void run() throws Throwable;
    }

    /**
     * Run it on a thread of its own, and wait.
     *
     * @param what it is, for the message.
     * @param run that is to end.
     * @throws AssertionError if it does not end, or its own.
     */
    public static void watch(final String what, final Run run) throws Throwable {
        watch(what, PATIENCE_SECONDS, run);
    }

    static void watch(final String what, final int seconds, final Run run) throws Throwable {
        final FutureTask<Throwable> task = new FutureTask<>(problemOf(run));
        final Thread thread = new Thread(task, "watched");
        thread.setDaemon(true);
        thread.start();
        // One by one: if the whole process is stopped for a while, that is one of them at most.
        for (int second = 0; second < seconds && !task.isDone(); second++) {
            await(task);
        }
        if (!task.isDone()) {
            final AssertionError stall = new AssertionError(
                    what + " has not ended in " + seconds + " s, of which it has" + " used a processor for "
                            + usedSeconds(thread) + " s; it is " + thread.getState() + " here:");
            stall.setStackTrace(thread.getStackTrace());
            task.cancel(true);
            throw stall;
        }
        final Throwable problem = task.get();
        if (problem != null) {
            throw problem;
        }
    }

    private static void await(final FutureTask<?> task) throws InterruptedException, ExecutionException {
        try {
            task.get(1, TimeUnit.SECONDS);
        } catch (final TimeoutException notYet) {
            // The caller counts.
        }
    }

    private static Callable<Throwable> problemOf(final Run run) {
        return () -> {
            try {
                run.run();
                return null;
            } catch (final Throwable problem) {
                return problem;
            }
        };
    }

    private static double usedSeconds(final Thread thread) {
        return ManagementFactory.getThreadMXBean().getThreadCpuTime(thread.getId()) / 1e9;
    }
}
