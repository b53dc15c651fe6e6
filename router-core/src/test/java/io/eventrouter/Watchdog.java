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
    /** Runs that take less than a second; a machine that stands still for minutes is no fault of theirs. */
    public static final long PATIENCE_SECONDS = 300;

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

    static void watch(final String what, final long seconds, final Run run) throws Throwable {
        final FutureTask<Throwable> task = new FutureTask<>(problemOf(run));
        final Thread thread = new Thread(task, "watched");
        thread.setDaemon(true);
        thread.start();
        final Throwable problem;
        try {
            problem = task.get(seconds, TimeUnit.SECONDS);
        } catch (final TimeoutException itDoesNotEnd) {
            final AssertionError stall = new AssertionError(
                    what + " has not ended in " + seconds + " s, of which it has" + " used a processor for "
                            + usedSeconds(thread) + " s; it is " + thread.getState() + " here:");
            stall.setStackTrace(thread.getStackTrace());
            task.cancel(true);
            throw stall;
        } catch (final ExecutionException cannotBe) {
            throw new AssertionError(cannotBe);
        }
        if (problem != null) {
            throw problem;
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
