package io.eventrouter.loadgen.load;

import io.eventrouter.loadgen.feed.ReplayFailedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The threads of publishers that run at the same time. */
final class PublisherThreads {
    private final List<Thread> threads = new ArrayList<>();
    private final StopSignal stop;
    private volatile Throwable failure;
    private volatile long lastEndNs;
    private long endedBytes;

    private PublisherThreads(final StopSignal stop) {
        this.stop = stop;
    }

    static PublisherThreads start(final List<Publisher> publishers, final long startNs, final StopSignal stop) {
        final PublisherThreads threads = new PublisherThreads(stop);
        for (final Publisher publisher : publishers) {
            final Thread thread =
                    new Thread(() -> threads.run(publisher, startNs), "publisher-" + threads.threads.size());
            thread.setDaemon(true);
            threads.threads.add(thread);
        }
        threads.threads.forEach(Thread::start);
        return threads;
    }

    private void run(final Publisher publisher, final long startNs) {
        try {
            publisher.run(startNs, stop);
        } catch (final Throwable e) {
            failure = e;
            stop.request();
        }
        ended(Allocation.bytesOf(Thread.currentThread()));
    }

    private synchronized void ended(final long bytes) {
        endedBytes += bytes;
        lastEndNs = System.nanoTime();
    }

    /** What the publishers have allocated so far, in bytes. */
    synchronized long allocatedBytes() {
        long bytes = endedBytes;
        for (final Thread thread : threads) {
            bytes += Math.max(0, Allocation.bytesOf(thread));
        }
        return bytes;
    }

    /** Wait, but not longer than until all of them have ended; false if they have. */
    boolean sleep(final long ns) {
        final long deadlineNs = System.nanoTime() + ns;
        try {
            for (final Thread thread : threads) {
                final long leftNs = deadlineNs - System.nanoTime();
                if (leftNs <= 0) {
                    break;
                }
                TimeUnit.NANOSECONDS.timedJoin(thread, leftNs);
            }
        } catch (final InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ReplayFailedException("interrupted", e);
        }
        return threads.stream().anyMatch(Thread::isAlive);
    }

    /** When the last of them ended. */
    long lastEndNs() {
        return lastEndNs;
    }

    /** Ask them to stop. */
    void request() {
        stop.request();
    }

    /** Ask them to stop, and wait until they have. */
    void stop() {
        request();
        while (sleep(TimeUnit.SECONDS.toNanos(1))) {
            // They look at the signal between events.
        }
        throwIfFailed();
    }

    void throwIfFailed() {
        if (failure != null) {
            throw new ReplayFailedException("the load generator failed: " + failure, failure);
        }
    }
}
