package io.eventrouter.benchmarks.runner;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Interrupts the thread that measures when the process is told to end, such as with Ctrl-C, and lets what was measured
 * be written before the process is gone.
 *
 * <p><b>Threading:</b> belongs to the thread that measures.
 */
final class Interruption {
    private static final long WRITING_SECONDS = 30;

    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread measuring = Thread.currentThread();
    private final Thread hook = new Thread(this::interruptAndWait, "interruption");

    private Interruption() {}

    /**
     * Watch over this thread.
     *
     * @return to be ended when everything is written.
     * @throws InterruptedException if the process is ending already.
     */
    static Interruption ofProcess() throws InterruptedException {
        final Interruption interruption = new Interruption();
        try {
            Runtime.getRuntime().addShutdownHook(interruption.hook);
        } catch (final IllegalStateException e) {
            throw new InterruptedException("the process is ending");
        }
        return interruption;
    }

    /** Let the process go. */
    void end() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (final IllegalStateException e) {
            // The process is ending.
        }
    }

    // A thread that is just about to wait for a process is interrupted as soon as it does, so none is left running.
    private void interruptAndWait() {
        measuring.interrupt();
        try {
            ended.await(WRITING_SECONDS, TimeUnit.SECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
