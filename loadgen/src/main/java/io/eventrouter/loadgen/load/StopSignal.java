package io.eventrouter.loadgen.load;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Asks a load to end early, such as when the process is told to end with Ctrl-C, and lets what ran be written before
 * the process is gone.
 *
 * <p><b>Threading:</b> any thread.
 */
public final class StopSignal implements AutoCloseable {
    private static final long WRITING_SECONDS = 30;

    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread hook = new Thread(this::stopAndWait, "interruption");
    private volatile boolean isRequested;

    /** A signal that nobody has given so far. */
    public StopSignal() {}

    /**
     * A signal that the end of the process gives, and that it then waits for.
     *
     * @return the signal; close it when everything is written.
     */
    public static StopSignal ofProcess() {
        final StopSignal signal = new StopSignal();
        Runtime.getRuntime().addShutdownHook(signal.hook);
        return signal;
    }

    /** Ask to stop. */
    public void request() {
        isRequested = true;
    }

    /**
     * Whether somebody asked to stop.
     *
     * @return true if so.
     */
    public boolean isRequested() {
        return isRequested;
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (final IllegalStateException e) {
            // The process is ending.
        }
    }

    private void stopAndWait() {
        request();
        try {
            closed.await(WRITING_SECONDS, TimeUnit.SECONDS);
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
